"""Telephone numbers in what people typed freely."""

import phonenumbers


def dialled(text: str) -> str:
    """The number that stands in a line such as ``โทร 081-234 5678``, in E.164; empty where there is none."""
    try:
        number = phonenumbers.parse(text, "TH")
    except phonenumbers.NumberParseException:
        return ""
    possible = phonenumbers.is_possible_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else ""
