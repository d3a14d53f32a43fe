"""Where a person can be reached: an e-mail address or a telephone number, told apart by what was typed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tourdee.core.forms.fields import PhoneField

LONGEST = 254
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class BadAddress(Exception):
    """Neither an e-mail address nor a telephone number; the message says what to type instead."""


@dataclass(frozen=True)
class Address:
    """One way to reach a person. ``value``: e-mail in lower case, or telephone in E.164."""

    kind: Literal["email", "phone"]
    value: str

    def __str__(self) -> str:
        """As people write it: ``somying@example.org``, ``081 234 5678``."""
        if self.kind == "email":
            return self.value
        number = phonenumbers.parse(self.value)
        thai = number.country_code == 66
        style = phonenumbers.PhoneNumberFormat.NATIONAL if thai else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, style)


def address_of(value: str) -> Address:
    """An address as it is stored, with its kind."""
    return Address("email" if "@" in value else "phone", value)


def read_address(typed: str) -> Address:
    """What was typed into "e-mail or mobile phone". Raises BadAddress."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", typed[: LONGEST * 2])).strip()
    return _email(text) if "@" in text else _phone(text)


def _email(text: str) -> Address:
    value = text.lower()
    try:
        validate_email(value)
    except ValidationError as problem:
        hint = _("This does not look like an e-mail address. It has a form like somying@example.com.")
        raise BadAddress(hint) from problem
    if len(value) > LONGEST or not value.isascii():
        raise BadAddress(_("Please use an e-mail address in plain Latin letters."))
    return Address("email", value)


def _phone(text: str) -> Address:
    if not any(character.isdigit() for character in text):
        raise BadAddress(_("Please type your e-mail address or your mobile phone number."))
    try:
        return Address("phone", PhoneField().clean(text))
    except ValidationError as problem:
        raise BadAddress(" ".join(problem.messages)) from problem
