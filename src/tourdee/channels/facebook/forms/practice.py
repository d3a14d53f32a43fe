"""What a customer of the twin writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField


class PlayForm(forms.Form):
    """What a customer writes, and where."""

    post = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    name = LineField(label=_("Name of the customer"), max_length=80, initial="คุณนก")
    text = TextField(label=_("What the customer writes"), max_length=500, rows=2, initial="CF 2")
