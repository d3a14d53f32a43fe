"""From an upload to rows, without trusting its size, its type or its promises."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .cells import Cell, plain_cell
from .comma import csv_rows
from .errors import BadSheet
from .package import check_package

MAX_UPLOAD = 5 * 1024 * 1024
MAX_COLUMNS = 100

__all__ = ["BadSheet", "Row", "read_rows"]


@dataclass(frozen=True)
class Row:
    """One row as it stands in the sheet. ``number`` counts from 1; an empty cell is ``""``.

    ``floated`` are the places (from 0) of long numbers that were rounded (1.1E+12): an id in such a cell is lost.
    """

    number: int
    cells: list[Cell]
    floated: frozenset[int] = frozenset()

    def text(self, place: int) -> str:
        """The cell as text; empty beyond the row's end."""
        value = self.cells[place] if place < len(self.cells) else ""
        return value.isoformat() if isinstance(value, date) else str(value)


def read_rows(upload: Any, max_rows: int = 2000) -> list[Row]:
    """The rows of the first visible sheet, the header among them, empty rows left out. Raises BadSheet."""
    upload.seek(0)
    data = bytes(upload.read(MAX_UPLOAD + 1))
    upload.seek(0)
    if len(data) > MAX_UPLOAD:
        raise BadSheet(_("This file is larger than 5 MB. Please split it."))
    if not data.strip():
        raise BadSheet(_("This file is empty."))
    rows = list(_numbered(_raw_rows(data, max_rows), max_rows))
    if not rows:
        raise BadSheet(_("This file is empty."))
    return rows


def _raw_rows(data: bytes, max_rows: int) -> Iterator[list[Any]]:
    if data.startswith(b"PK\x03\x04"):
        return _xlsx_rows(data, max_rows)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise BadSheet(_("Please save the table as Excel (.xlsx) or CSV and send it again."))
    return csv_rows(data)


def _numbered(raw: Iterator[list[Any]], max_rows: int) -> Iterator[Row]:
    taken = 0
    for number, values in enumerate(raw, start=1):
        cells = [plain_cell(value) for value in values[:MAX_COLUMNS]]
        while cells and cells[-1][0] == "":
            cells.pop()
        if not cells:
            continue
        taken += 1
        if taken > max_rows:
            raise BadSheet(_("This table has more than %(limit)s rows. Please split it.") % {"limit": f"{max_rows:,}"})
        yield Row(number, [value for value, _floated in cells], frozenset(i for i, cell in enumerate(cells) if cell[1]))


def _xlsx_rows(data: bytes, max_rows: int) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    check_package(data, max_rows)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        for row in sheet.iter_rows(max_col=MAX_COLUMNS):
            yield [_without_formula(cell) for cell in row]
    except BadSheet:
        raise
    except Exception as problem:
        raise BadSheet(_("This Excel file is damaged. Please save it again and send it.")) from problem


def _without_formula(cell: Any) -> Any:
    if getattr(cell, "data_type", "n") in {"f", "e"}:
        where = {"cell": cell.coordinate}
        raise BadSheet(_("Cell %(cell)s holds a formula or an error. Please paste the values only.") % where)
    return cell.value
