"""Uploads that are no honest workbook are refused, quickly and with a sentence."""

import io
import zipfile

import pytest

from ..xlsx import CannotRead, open_book
from ..xlsx.sheet import Unreadable, read_sheet
from .conftest import a_workbook, an_upload, parts


def rebuilt(changes: dict[str, bytes]) -> bytes:
    """An honest workbook with some parts exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts(a_workbook([["Product Name", "Price"]])) | changes).items():
            package.writestr(name, content)
    return out.getvalue()


BOMB = b"<worksheet>" + b"<c/>" * 6_000_000
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4",
        b"",
        b"PK\x03\x04 not really",
        b"x" * (2 * 1024 * 1024 + 1),
        rebuilt({"xl/worksheets/sheet2.xml": BOMB}),
        rebuilt({"xl/workbook.xml": DOCTYPE + b"<workbook/>"}),
        rebuilt({"xl/workbook.xml": b"<workbook"}),
    ],
    ids=["pdf", "empty", "no zip", "too large", "bomb", "entities", "broken"],
)
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(CannotRead) as refused:
        open_book(an_upload(data))
    assert refused.value.message


@pytest.mark.parametrize(
    "xml",
    [
        DOCTYPE + b"<worksheet><sheetData/></worksheet>",
        b'<?xml version="1.0" encoding="windows-1252"?><worksheet><sheetData/></worksheet>',
        b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c r='7A'/></row></sheetData></worksheet>",
        b"<worksheet/>",
    ],
    ids=["entities", "encoding", "row", "cell", "no rows"],
)
def test_a_sheet_that_we_do_not_understand_is_refused(xml):
    with pytest.raises(Unreadable):
        read_sheet(xml)


def test_places_are_true_with_prefixes_quotes_and_rows_without_numbers():
    xml = (
        b"<x:worksheet xmlns:x='u'><x:sheetData><x:row spans='1>2'><x:c r='B1' s='4'><x:v>7</x:v></x:c><x:c/></x:row>"
        b"<x:row/><x:row r='9'></x:row></x:sheetData></x:worksheet>"
    )
    sheet = read_sheet(xml)
    first = sheet.rows[1]
    assert (sheet.prefix, sorted(sheet.rows), sorted(first.cells)) == ("x:", [1, 2, 9], [2, 3])
    assert xml[first.cells[2].start : first.cells[2].end] == b"<x:c r='B1' s='4'><x:v>7</x:v></x:c>"
    assert xml[first.cells[3].start : first.cells[3].end] == b"<x:c/>"
    assert xml[sheet.rows[2].start : sheet.rows[2].end] == b"<x:row/>"
    assert xml[sheet.rows[9].start : sheet.rows[9].end] == b"<x:row r='9'></x:row>"
    assert xml[sheet.close :] == b"</x:sheetData></x:worksheet>"
