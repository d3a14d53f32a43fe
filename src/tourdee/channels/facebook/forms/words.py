"""An answer to a comment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import TextField

from ..actions.answers import LONGEST


class ReplyForm(forms.Form):
    """What to say, and who may read it."""

    text = TextField(label=_("Your answer"), max_length=LONGEST, rows=3)
    privately = forms.BooleanField(label=_("By Messenger, for this person alone"), required=False)
    key = forms.SlugField(max_length=64, widget=forms.HiddenInput)
