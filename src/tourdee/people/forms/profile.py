"""A person's own particulars. Each form names its fields: what else is posted (is_host, is_active …) is not read."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField

from .sign_in import AddressField

LANGUAGE = _("Language of messages to you")


def _name_field() -> LineField:
    hint = _("First name and surname, as on your certificate.")
    field = LineField(label=_("Your name"), max_length=100, help_text=hint)
    field.widget.attrs["autocomplete"] = "name"
    return field


class WelcomeForm(forms.Form):
    """Asked once of a new account, and whenever there is a newer privacy notice."""

    name = _name_field()
    agree = forms.BooleanField(
        label=_("I have read the privacy notice and agree to it"),
        error_messages={
            "required": _("Without your agreement to the privacy notice we cannot keep an account for you.")
        },
    )

    def __init__(self, *args: object, ask_name: bool, ask_consent: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        for field, asked in (("name", ask_name), ("agree", ask_consent)):
            if not asked:
                del self.fields[field]


class ProfileForm(forms.Form):
    """Name and language."""

    name = _name_field()
    language = forms.ChoiceField(label=LANGUAGE, choices=settings.LANGUAGES)


class _ContactForm(forms.Form):
    kind: str
    wrong_kind: Any

    def clean_address(self) -> object:
        address = self.cleaned_data["address"]
        if address.kind != self.kind:
            raise ValidationError(self.wrong_kind, code="invalid")
        return address


class EmailForm(_ContactForm):
    """A new e-mail address."""

    kind = "email"
    wrong_kind = _("This does not look like an e-mail address. It has a form like somying@example.com.")
    address = AddressField(label=_("New e-mail address"))


class PhoneForm(_ContactForm):
    """A new mobile phone number."""

    kind = "phone"
    wrong_kind = _("This does not look like a telephone number. A Thai mobile number has ten digits: 081 234 5678.")
    address = AddressField(label=_("New mobile phone number"))
