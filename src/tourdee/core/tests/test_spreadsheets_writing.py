"""Tables that leave: no cell computes, phone numbers keep their plus, Thai opens well."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tourdee.core.spreadsheets import CSV, XLSX, Sheet, csv_text, download, read_rows, workbook

DANGEROUS = [
    '=HYPERLINK("http://evil.example","x")',
    "+66812345678",
    "-1+1",
    "@SUM(A1)",
    "=cmd|'/C calc'!A0",
    "＝1+1",
    "'=1",
]


def written(rows: list[list[object]]) -> object:
    return load_workbook(io.BytesIO(workbook([Sheet("รายชื่อ", ["ค่า", "อีกค่า"], rows)])))["รายชื่อ"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_written_as_text_and_comes_back_unchanged(text):
    book = workbook([Sheet("ก", ["ค่า"], [[text]])])
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    assert written([[text]])["A2"].data_type == "s"
    assert [row.cells for row in read_rows(io.BytesIO(book))] == [["ค่า"], [text]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_cell_never_begins_like_a_formula_and_comes_back_unchanged(text):
    out = csv_text(["ค่า"], [[text]])
    cell = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))[1][0]
    assert cell == f"'{text}"
    assert [row.cells for row in read_rows(io.BytesIO(out.encode()))] == [["ค่า"], [text]]


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_tab_or_a_line_break_does_not_smuggle_a_formula(start):
    cell = list(csv.reader(io.StringIO(csv_text(["ก"], [[f"{start}=1+1"]]).removeprefix("\ufeff"))))[1][0]
    assert cell == f"'{start}=1+1"


def test_a_csv_tells_excel_that_it_is_utf8():
    assert csv_text(["ชื่อ", "วัน"], [["สมหญิง, ใจดี", date(2026, 11, 25)]]) == (
        '\ufeffชื่อ,วัน\r\n"สมหญิง, ใจดี",2026-11-25\r\n'
    )


def test_values_keep_their_kind():
    sheet = written(
        [[12, Decimal("1250.50")], [date(2026, 11, 25), datetime(2026, 11, 24, 17, 30, tzinfo=UTC)], [None, True]]
    )
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [12, 1250.5],
        [datetime(2026, 11, 25), datetime(2026, 11, 25, 0, 30)],  # noqa: DTZ001 - Excel knows no zones; Bangkok's clock
        [None, True],
    ]
    assert sheet["B2"].number_format == "#,##0.00"


def test_a_long_number_is_written_as_text_so_that_it_is_not_rounded():
    assert written([[1101700230708]])["A2"].value == "1101700230708"


def test_the_header_is_bold_frozen_and_in_a_thai_typeface():
    sheet = written([["ก" * 60]])
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert {sheet["A1"].font.name, sheet["A2"].font.name} == {"TH Sarabun New"}
    assert sheet.column_dimensions["A"].width == 48
    assert sheet.column_dimensions["B"].width < 15


def test_titles_and_characters_that_excel_refuses_are_softened():
    book = load_workbook(io.BytesIO(workbook([Sheet("ก/ข:[ค]*" + "x" * 40, ["a\0b\x0b\ud800"], [])])))
    assert [len(name) for name in book.sheetnames] == [31]
    assert "/" not in book.sheetnames[0]
    assert book.active["A1"].value == "ab"


def test_several_sheets_and_no_rows_at_all():
    book = load_workbook(io.BytesIO(workbook([Sheet("หนึ่ง", ["ก"], []), Sheet("สอง", ["ข"], iter([[1]]))])))
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("หนึ่ง", 1), ("สอง", 2)]


def test_a_download_is_kept_by_no_cache_and_has_its_thai_name():
    response = download(b"x", "รายชื่อ\r\nX: 1.xlsx", XLSX)
    assert response["Content-Type"] == XLSX
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%B8%A3")
    assert "\n" not in response["Content-Disposition"]
    assert download("ก", "a.csv", CSV).content == "ก".encode()
