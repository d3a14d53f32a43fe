"""Parcel numbers of the world's posts (UPU S10): two letters, eight digits, a check digit, the country."""

import re

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
NUMBER = re.compile(r"([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})")


def check_digit(serial: str) -> int:
    """Of the eight digits: 11 less the weighted sum modulo 11, where 10 is written 0 and 11 is written 5."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def is_s10(number: str) -> bool:
    """Whether the number is well formed and its check digit right."""
    found = NUMBER.fullmatch(number)
    return found is not None and check_digit(found[2]) == int(found[3])


def right_s10(number: str) -> str:
    """The number with the check digit that its serial asks for; empty for what is no such number at all."""
    found = NUMBER.fullmatch(number)
    return f"{found[1]}{found[2]}{check_digit(found[2])}{found[4]}" if found else ""
