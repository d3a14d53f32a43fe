"""From rows to a file that opens well in Excel and LibreOffice, in Thai, with nothing in it that computes."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tourdee.core.dates import BANGKOK

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FONT = "TH Sarabun New"
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
WIDEST = 48


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title (cut to 31 characters), its header and its rows. Money goes in as Decimal baht."""

    title: str
    header: Sequence[Any]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file: bold frozen header, wide columns, Thai font; text is always text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """CSV with the mark by which Excel knows UTF-8. A quote stands before what a spreadsheet would compute."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in [header, *rows]:
        writer.writerow([_csv_value(value) for value in row])
    return "\ufeff" + out.getvalue()


def download(data: bytes | str, filename: str, content_type: str) -> HttpResponse:
    """The file as a download that no cache keeps and no browser takes for something else."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _add(book: Any, sheet: Sheet) -> None:
    rows = [list(row) for row in sheet.rows]
    page = book.create_sheet(NOT_IN_TITLES.sub(" ", sheet.title)[:31] or "1")
    page.freeze_panes = "A2"
    for place, width in enumerate(_widths([sheet.header, *rows]), start=1):
        from openpyxl.utils import get_column_letter

        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_cell(page, value, bold=True) for value in sheet.header])
    for row in rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: Any, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    plain = _xlsx_value(value)
    cell = WriteOnlyCell(page, value=plain)
    if isinstance(plain, str):
        cell.data_type = "s"  # otherwise a leading "=" would make it a formula
        cell.quotePrefix = bool(FORMULA.match(plain))
    elif isinstance(plain, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(plain, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(plain, date):
        cell.number_format = "yyyy-mm-dd"
    cell.font = Font(name=FONT, size=16, bold=bold)
    return cell


def _xlsx_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | Decimal | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(BANGKOK).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return value
    if isinstance(value, int) and abs(value) < 10**11:  # longer numbers are ids, and Excel would round them
        return value
    return ILLEGAL.sub("", str(value))[:32_000]


def _csv_value(value: Any) -> str:
    plain = _xlsx_value(value)
    if plain is None:
        return ""
    if isinstance(plain, datetime):
        return f"{plain:%Y-%m-%d %H:%M}"
    if isinstance(plain, str) and FORMULA.match(plain):
        return f"'{plain}"
    return str(plain)


def _widths(rows: Sequence[Sequence[Any]]) -> list[float]:
    columns = max((len(row) for row in rows), default=0)
    longest = [0] * columns
    for row in rows[:500]:
        for place, value in enumerate(row):
            longest[place] = max(longest[place], max((len(line) for line in str(value or "").split("\n")), default=0))
    return [min(WIDEST, max(8, length * 1.3 + 2)) for length in longest]
