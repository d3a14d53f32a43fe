"""Values into free cells of one sheet; every other byte of the workbook stays."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from .book import Book
from .places import column_letters
from .sheet import Sheet, SheetRow

Value = str | int | Decimal
Rows = Sequence[Mapping[int, Value]]
DIMENSION = re.compile(rb'(<(?:\w+:)?dimension\b[^>]*\bref="[A-Z]{1,3}[1-9]\d{0,6}:)([A-Z]{1,3})([1-9]\d{0,6})(")')
# Signs that no XML may hold, not even escaped.
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def filled(book: Book, part: str, *, first_row: int, rows: Rows) -> bytes:
    """The workbook with ``rows`` (values by column) written from ``first_row`` down. Text is text, never a formula."""
    sheet = _with_rows(book.sheet(part), first_row, rows)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            content = sheet if member.filename == part else source.read(member)
            target.writestr(member, content, compress_type=member.compress_type)
    return out.getvalue()


def _with_rows(sheet: Sheet, first_row: int, rows: Rows) -> bytes:
    """Changes are made from the end, so that the places before them stay true."""
    styles = _styles(sheet, first_row)
    xml = sheet.xml
    for number, values in reversed(list(enumerate(rows, start=first_row))):
        known = sheet.rows.get(number)
        cells = {column: _cell(sheet.prefix, column, number, value, _style(known, column) or styles.get(column, ""))
                 for column, value in values.items()}  # fmt: skip
        if known is None:
            place = _place_of_new(sheet, number)
            xml = xml[:place] + _row(sheet.prefix, number, b"".join(cells[one] for one in sorted(cells))) + xml[place:]
        else:
            xml = xml[: known.start] + _changed(xml, sheet.prefix, known, cells) + xml[known.end :]
    return _longer(xml, first_row + len(rows) - 1)


def _changed(xml: bytes, prefix: str, row: SheetRow, cells: dict[int, bytes]) -> bytes:
    """The row with our cells in their places; the others as they were, byte for byte."""
    kept = {column: xml[cell.start : cell.end] for column, cell in row.cells.items()} | cells
    inner = b"".join(kept[column] for column in sorted(kept))
    if row.inside:
        return xml[row.start : row.inside] + inner + xml[row.close : row.end]
    opened = xml[row.start : row.end].rstrip()[:-2].rstrip() + b">"
    return opened + inner + f"</{prefix}row>".encode()


def _place_of_new(sheet: Sheet, number: int) -> int:
    """Before the next row below that there is, else at the end."""
    below = [row.start for known, row in sheet.rows.items() if known > number]
    return min(below, default=sheet.close)


def _row(prefix: str, number: int, cells: bytes) -> bytes:
    return f'<{prefix}row r="{number}">'.encode() + cells + f"</{prefix}row>".encode()


def _cell(prefix: str, column: int, row: int, value: Value, style: str) -> bytes:
    head = f'<{prefix}c r="{column_letters(column)}{row}"' + (f' s="{escape(style)}"' if style else "")
    if isinstance(value, str):
        text = escape(value.translate(FORBIDDEN))
        inside = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        return f'{head} t="inlineStr">{inside}</{prefix}c>'.encode()
    return f"{head}><{prefix}v>{value:f}</{prefix}v></{prefix}c>".encode()


def _styles(sheet: Sheet, first_row: int) -> dict[int, str]:
    """The look of the first free row, for the rows that there are not yet."""
    row = sheet.rows.get(first_row)
    return {column: cell.style for column, cell in row.cells.items()} if row else {}


def _style(row: SheetRow | None, column: int) -> str:
    return row.cells[column].style if row and column in row.cells else ""


def _longer(xml: bytes, last_row: int) -> bytes:
    """What the sheet says of its own size, where it says so: some readers stop there."""

    def longer(found: re.Match[bytes]) -> bytes:
        return found[1] + found[2] + str(max(int(found[3]), last_row)).encode() + found[4]

    return DIMENSION.sub(longer, xml, count=1)
