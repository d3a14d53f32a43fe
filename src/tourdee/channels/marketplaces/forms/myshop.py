"""The key of LINE SHOPPING, and what is to be on sale there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField

LONGEST_KEY = 200


class KeyForm(forms.Form):
    """The API key."""

    key = LineField(
        label=_("API key"),
        max_length=LONGEST_KEY,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("It is kept encrypted and never shown again."),
    )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not key.isascii() or not key.isprintable() or " " in key:
            raise forms.ValidationError(_("A key holds letters, digits and signs only, without spaces."))
        return key


class OfferForm(forms.Form):
    """In which category the chosen products go."""

    def __init__(self, categories: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = forms.TypedChoiceField(
            label=_("Category at LINE SHOPPING"), coerce=int, choices=[(number, name) for number, name in categories]
        )
