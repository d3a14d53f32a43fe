"""How a person is reached, known and paid: telephone, citizen id, PromptPay."""

import re
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum.th import pin, tin

from tourdee.core.text import THAI_DIGITS

SEPARATORS = re.compile(r"[\s\-‐‑–.()]+")
REFUSED_KINDS = {
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}
MOBILE_KINDS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
STORED_THAI_NUMBER = re.compile(r"\+66[0-9]{8,9}")


class PhoneField(forms.Field):
    """A telephone number, cleaned to E.164 (``+66812345678``). Without a country code it is a Thai one.

    ``thai_mobile_only`` where a message must reach it.
    """

    widget = forms.TelInput
    default_error_messages = {
        "invalid": _("This does not look like a telephone number. A Thai mobile number has ten digits: 081 234 5678."),
        "invalid_anywhere": _(
            "This does not look like a telephone number. A Thai mobile number has ten digits: 081 234 5678. "
            "Please begin one from abroad with + and the country: +44 20 7946 0018."
        ),
        "thai_mobile": _("Please give a Thai mobile number (ten digits, beginning with 06, 08 or 09)."),
    }

    def __init__(self, *, thai_mobile_only: bool = False, **kwargs: Any) -> None:
        self.thai_mobile_only = thai_mobile_only
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """E.164, or the empty string."""
        if value in self.empty_values or not str(value).strip():
            return ""
        unclear = "invalid" if self.thai_mobile_only else "invalid_anywhere"
        try:
            number = phonenumbers.parse(str(value)[:40].translate(THAI_DIGITS), "TH")
        except phonenumbers.NumberParseException as problem:
            raise ValidationError(self.error_messages[unclear], code="invalid") from problem
        kind = phonenumbers.number_type(number)
        if not phonenumbers.is_valid_number(number) or kind in REFUSED_KINDS or number.extension:
            raise ValidationError(self.error_messages[unclear], code="invalid")
        if self.thai_mobile_only and (number.country_code != 66 or kind not in MOBILE_KINDS):
            raise ValidationError(self.error_messages["thai_mobile"], code="thai_mobile")
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)

    def prepare_value(self, value: Any) -> Any:
        """A stored Thai number is shown as people write it: ``081 234 5678``."""
        if isinstance(value, str) and STORED_THAI_NUMBER.fullmatch(value):
            return phonenumbers.format_number(phonenumbers.parse(value), PhoneNumberFormat.NATIONAL)
        return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "tel", "autocomplete": "tel", "maxlength": "40"}


class _DigitsField(forms.Field):
    """What consists of digits, however it was grouped."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> str:
        if value in self.empty_values or not str(value).strip():
            return ""
        digits = SEPARATORS.sub("", str(value)[:40].translate(THAI_DIGITS))
        if not re.fullmatch(r"[0-9]+", digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self.checked(digits)

    def checked(self, digits: str) -> str:
        raise NotImplementedError

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "numeric", "autocomplete": "off", "maxlength": "40"}


class CitizenIdField(_DigitsField):
    """A Thai citizen id, cleaned to its 13 digits. The check digit must be right, which thirteen equal
    digits never have."""

    default_error_messages = {
        "invalid": _("This is not a citizen id. It has 13 digits; please compare it with the card."),
    }

    def checked(self, digits: str) -> str:
        if not pin.is_valid(digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return digits


class TaxIdField(_DigitsField):
    """A Thai tax id, cleaned to its 13 digits: a company's, or a person's citizen id. The check digit must be right."""

    default_error_messages = {
        "invalid": _("This is not a tax id. It has 13 digits; please compare it with the paper."),
    }

    def checked(self, digits: str) -> str:
        if not tin.is_valid(digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return digits


class PromptPayField(_DigitsField):
    """A PromptPay id, cleaned to digits: mobile number (10), citizen or tax id (13) or e-wallet (15)."""

    default_error_messages = {
        "invalid": _("A PromptPay id is a mobile number (10 digits), a citizen or tax id (13) or an e-wallet (15)."),
    }

    def to_python(self, value: Any) -> str:
        typed = SEPARATORS.sub("", str(value or "")[:40].translate(THAI_DIGITS))
        thai_abroad = re.fullmatch(r"(?:\+|00)66([0-9]{9})", typed)
        return super().to_python(f"0{thai_abroad[1]}" if thai_abroad else value)

    def checked(self, digits: str) -> str:
        mobile = re.fullmatch(r"0[689][0-9]{8}", digits)
        known = tin.is_valid(digits) if len(digits) == 13 else len(digits) == 15
        if not (mobile or known):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return digits
