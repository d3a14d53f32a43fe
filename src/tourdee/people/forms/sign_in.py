"""The one field "e-mail or mobile phone", and the code."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.text import THAI_DIGITS

from ..addresses import Address, BadAddress, read_address

SIX_DIGITS = re.compile(r"[0-9]{6}")
BETWEEN = re.compile(r"[\s\-–.]+")


class AddressField(forms.Field):
    """E-mail or telephone, cleaned to an Address."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Address | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return read_address(typed)
        except BadAddress as problem:
            raise forms.ValidationError(str(problem), code="invalid") from problem

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {
            "inputmode": "email",
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": "254",
        }


class CodeField(forms.Field):
    """Six digits in any spelling: Thai digits, spaces and dashes between them."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("The code has six digits.")}

    def to_python(self, value: Any) -> str:
        typed = BETWEEN.sub("", str(value or "")[:60].translate(THAI_DIGITS))
        if typed and not SIX_DIGITS.fullmatch(typed):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return typed

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "maxlength": "20",
            "class": "otp",
        }


class AddressForm(forms.Form):
    """Who wants to sign in."""

    address = AddressField(
        label=_("E-mail or mobile phone"),
        error_messages={"required": _("Please type your e-mail address or your mobile phone number.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)


class CodeForm(forms.Form):
    """The code that was sent."""

    code = CodeField(
        label=_("Code"),
        help_text=_("Six digits. They are good for 10 minutes."),
        error_messages={"required": _("Please type the code from the message.")},
    )
