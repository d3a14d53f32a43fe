"""What a cell holds, in as few kinds as possible: text, whole number, day."""

import re
from datetime import date, datetime, time
from typing import Any

from tourdee.core.dates import BUDDHIST_ERA
from tourdee.core.text import clean_text, without_hostile

Cell = str | int | date
MAX_CELL = 5000
FLOATED = 10**11  # from here on a float may have lost the last digits of an id
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?1\d", re.IGNORECASE)


def plain_cell(value: Any) -> tuple[Cell, bool]:
    """The value, and whether it is a long number that was rounded on its way."""
    if value is None:
        return "", False
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), False
    if isinstance(value, int):
        return value, False
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, datetime | date | time):
        return _from_date(value), False
    return _from_text(str(value))


def _from_float(value: float) -> tuple[Cell, bool]:
    if value.is_integer():
        return int(value), abs(value) >= FLOATED
    return (str(value), abs(value) >= FLOATED) if value == value else ("", False)


def _from_date(value: datetime | date | time) -> Cell:
    """A day; a Buddhist year typed as if it were a Common Era one is put right. Times of day stay text."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    day = value.date() if isinstance(value, datetime) else value
    if day.year < 2400:
        return day
    try:
        return day.replace(year=day.year - BUDDHIST_ERA)
    except ValueError:  # 29 February of a year that has none in the other era
        return day.isoformat()


def _from_text(value: str) -> tuple[Cell, bool]:
    text = clean_text(without_hostile(value[:MAX_CELL]), MAX_CELL)
    return text, bool(SCIENTIFIC.fullmatch(text))
