"""Which column of somebody's template is which."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..keys import READ, SHOPEE, Marketplace
from ..xlsx import Book, CannotRead
from ..xlsx.sheet import Sheet

HEADER_ROWS = range(1, 11)
MOST_COLUMNS = 150
MOST_SHEETS = 12
NEEDED = {"name", "price"}
SIGNS = re.compile(r"[^\w\u0e00-\u0e7f]+")


@dataclass(frozen=True, kw_only=True)
class Found:
    """The sheet for the items, where they begin, and the columns of its header."""

    part: str
    first_row: int
    columns: list[dict[str, object]]


def recognised(book: Book, marketplace: Marketplace) -> Found:
    """By the row that names most of our fields. Raises CannotRead where none has a name and a price."""
    best: tuple[int, Found] | None = None
    for _name, part in book.sheets[:MOST_SHEETS]:
        sheet = book.sheet(part)
        for number in HEADER_ROWS:
            fields = _fields(book.texts(sheet, number))
            if set(fields.values()) >= NEEDED and (best is None or len(fields) > best[0]):
                best = len(fields), _found(book, sheet, part, number, fields, marketplace)
    if best is None:
        raise CannotRead(
            _(
                "No columns for name and price were found. Upload the template for mass upload just as you downloaded it."
            )
        )
    return best[1]


def field_of(text: str) -> str:
    """``ps_price|1|0`` or ``*ราคา`` → ``price``; empty where we have nothing to say."""
    key = text.split("|")[0].strip().lower()
    return SHOPEE.get(key) or READ.get(SIGNS.sub(" ", key.replace("_", " ")).strip()) or ""


def _fields(texts: Mapping[int, str]) -> dict[int, str]:
    """Our field for each column; the first column of several that say the same."""
    found: dict[int, str] = {}
    for column, text in sorted(texts.items()):
        field = field_of(text)
        if field and field not in found.values():
            found[column] = field
    return found


def _found(
    book: Book, sheet: Sheet, part: str, key_row: int, fields: dict[int, str], marketplace: Marketplace
) -> Found:
    used = [number for number, row in sheet.rows.items() if not row.is_empty]
    first_row = max(marketplace.first_row, key_row + 1, *(number + 1 for number in used))
    keys = book.texts(sheet, key_row)
    below = [book.texts(sheet, number) for number in range(key_row + 1, min(key_row + 6, first_row))]
    columns = [
        {"column": column, "label": _label(column, keys[column], below), "field": fields.get(column, "")}
        for column in sorted(keys)[:MOST_COLUMNS]
    ]
    return Found(part=part, first_row=first_row, columns=columns)


def _label(column: int, key: str, below: list[dict[int, str]]) -> str:
    """What people read: for a key like ``ps_price`` the first words below it."""
    words = next((texts[column] for texts in below if column in texts), "") if "_" in key else ""
    return " ".join((words or key).split())[:80]
