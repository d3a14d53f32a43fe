"""Columns by letters and numbers."""

import re

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def column_number(letters: str) -> int:
    """``A`` is 1, ``AA`` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is ``A``, 27 ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(reference: str) -> int:
    """The column of ``B7``: 2. Raises ValueError."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"no cell: {reference[:20]!r}")
    return column_number(found[1])
