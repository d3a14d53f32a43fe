"""What a seller types in the inbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField

from ..actions.messages import LONGEST


class AnswerForm(forms.Form):
    """An answer to a customer."""

    text = TextField(label=_("Your answer"), max_length=LONGEST, rows=3)

    use_required_attribute = False


class NoteForm(forms.Form):
    """A note for one's own eyes."""

    note = TextField(label=_("Note (only you see it)"), max_length=1000, rows=2)

    use_required_attribute = False


class SavedAnswerForm(forms.Form):
    """An answer to keep ready."""

    title = LineField(label=_("Short name"), max_length=40, help_text=_("what stands on the button, such as: Price"))
    text = TextField(label=_("Text"), max_length=1000, rows=5)

    use_required_attribute = False
