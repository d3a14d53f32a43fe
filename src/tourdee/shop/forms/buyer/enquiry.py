"""A question to a shop."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField


class EnquiryForm(forms.Form):
    """Name, where to answer, the question. ``website`` is a trap: people don't see it, programs fill it in."""

    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    contact = LineField(
        label=_("Phone, LINE or e-mail"), max_length=120, min_length=3, help_text=_("where the shop can answer you"),
    )  # fmt: skip
    message = TextField(label=_("Your question"), max_length=1000, min_length=2, rows=4)
    website = forms.CharField(
        label=_("Leave this empty"), required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    use_required_attribute = False

    def clean_website(self) -> str:
        """Whoever filled in what nobody sees is refused."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please leave this field empty."))
        return ""
