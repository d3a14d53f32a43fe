"""Tables that arrive: from honest offices and from people who want the server to choke."""

import io
import re
import resource
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from tourdee.core.spreadsheets import BadSheet, Row, read_rows


def xlsx(*rows: list[object], prepare: object = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(data: bytes, **options: int) -> list[list[object]]:
    return [row.cells for row in read_rows(io.BytesIO(data), **options)]


def repacked(data: bytes, change: dict[str, bytes] | None = None, **more: bytes) -> bytes:
    """The same workbook with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (change or {}).get(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


DATA = rb"<sheetData>.*</sheetData>"
SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(SHEET)


# ------------------------------------------------------------------ honest
def test_a_workbook_is_read_as_text_whole_numbers_and_days():
    data = xlsx(["ชื่อ", "จำนวน", "วัน"], ["สมหญิง", 12, date(2026, 11, 25)], [], [None, 1.5, True])
    assert read_rows(io.BytesIO(data)) == [
        Row(1, ["ชื่อ", "จำนวน", "วัน"]),
        Row(2, ["สมหญิง", 12, date(2026, 11, 25)]),
        Row(4, ["", "1.5", "TRUE"]),
    ]


def test_a_buddhist_year_typed_as_a_date_is_put_right():
    assert cells(xlsx([datetime(2569, 11, 25)], [datetime(2567, 2, 28)])) == [[date(2026, 11, 25)], [date(2024, 2, 28)]]  # noqa: DTZ001  (Excel knows no zones)


def test_a_time_of_day_stays_text():
    assert cells(xlsx([datetime(2026, 11, 25, 9, 30)])) == [["2026-11-25 09:30"]]  # noqa: DTZ001  (Excel knows no zones)


def test_an_id_that_was_rounded_is_flagged():
    data = xlsx([7, "1.10170023070E+12", "1101700230708", 1101700230708, 12.0])
    [row] = read_rows(io.BytesIO(repacked(data, {SHEET: sheet_of(data).replace(b"<v>7<", b"<v>1.10170023071E+12<")})))
    assert row.cells == [1101700230710, "1.10170023070E+12", "1101700230708", 1101700230708, 12]
    assert row.floated == {0, 1}


def test_the_first_visible_sheet_is_read():
    def hide(book: Workbook) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("เห็น").append(["ข้อมูล"])

    assert cells(xlsx(["ลับ"], prepare=hide)) == [["ข้อมูล"]]


def test_merged_cells_are_empty_beyond_their_first():
    assert cells(xlsx(["หัว", "x", "ท้าย"], prepare=lambda book: book.active.merge_cells("A1:B1"))) == [["หัว", "", "ท้าย"]]


@pytest.mark.parametrize(
    "data",
    [
        "ชื่อ,เบอร์\nสมหญิง,0812345678\n".encode(),
        "\ufeffชื่อ,เบอร์\r\nสมหญิง,0812345678\r\n".encode(),
        "ชื่อ;เบอร์\nสมหญิง;0812345678\n".encode(),
        "ชื่อ\tเบอร์\nสมหญิง\t0812345678\n".encode(),
        "ชื่อ,เบอร์\nสมหญิง,0812345678\n".encode("cp874"),
        "ชื่อ,เบอร์\nสมหญิง,0812345678\n".encode("tis-620"),
        "ชื่อ\tเบอร์\nสมหญิง\t0812345678\n".encode("utf-16"),
        'ชื่อ,เบอร์\n\n"สมหญิง",0812345678'.encode(),
    ],
    ids=["utf8", "bom", "semicolon", "tab", "cp874", "tis620", "utf16", "quoted"],
)
def test_csv_is_read_however_the_office_saved_it(data):
    assert cells(data) == [["ชื่อ", "เบอร์"], ["สมหญิง", "0812345678"]]


def test_a_rows_text_is_empty_beyond_its_end():
    row = Row(1, ["ก", 5, date(2026, 1, 2)])
    assert [row.text(place) for place in range(4)] == ["ก", "5", "2026-01-02", ""]


def test_a_cell_with_hidden_direction_marks_becomes_plain():
    assert cells(xlsx(["สม\u202eหญิง", "a\u200bb"])) == [["สมหญิง", "ab"]]


# ------------------------------------------------------------------ refused
def test_a_formula_is_refused_and_named():
    with pytest.raises(BadSheet, match="B2"):
        cells(xlsx(["ก", "ข"], ["1", "=1+1"]))


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"{\\rtf1}", b"\0\1\2binary", b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0old excel", b"PK\x03\x04",
     b"PK\x03\x04" + b"x" * 500, b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\0\0"],
)  # fmt: skip
def test_what_is_no_table_is_refused(data):
    with pytest.raises(BadSheet):
        cells(data)


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("../../etc/passwd", "x")
    with pytest.raises(BadSheet):
        cells(out.getvalue())


def test_more_rows_than_agreed_are_refused_in_both_kinds():
    rows = [[str(number)] for number in range(6)]
    assert len(cells(xlsx(*rows), max_rows=6)) == 6
    for data in (xlsx(*rows), "\n".join(row[0] for row in rows).encode()):
        with pytest.raises(BadSheet):
            cells(data, max_rows=5)


def test_more_than_five_megabytes_are_refused():
    with pytest.raises(BadSheet):
        cells(b"a,b\n" * 1_400_000)


def refused_in_little_memory(data: bytes, **options: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadSheet):
        cells(data, **options)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def bomb(rows: int) -> bytes:
    """A small file that unpacks to very many rows, without the tag that announces them."""
    plain = xlsx(["ก"])
    row = b'<row><c t="inlineStr"><is><t>' + b"A" * 60 + b"</t></is></c></row>"
    sheet = re.sub(rb"<dimension[^>]*>", b"", sheet_of(plain))
    return repacked(plain, {SHEET: re.sub(DATA, b"<sheetData>" + row * rows + b"</sheetData>", sheet)})


def test_abuse_31_a_bomb_of_a_hundred_megabytes_is_refused_by_its_list_of_contents():
    data = bomb(1_200_000)
    assert len(data) < 1_000_000
    refused_in_little_memory(data)


def test_abuse_31_a_sheet_without_dimensions_is_refused_by_counting_its_rows():
    refused_in_little_memory(bomb(60_000))


def test_abuse_31_a_list_of_contents_that_lies_about_sizes_does_not_help():
    data = bytearray(bomb(1_200_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        size = package.getinfo(SHEET).file_size
    lying = bytes(data).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bytes(data)
    refused_in_little_memory(lying)


def with_rows(rows: bytes) -> bytes:
    plain = xlsx(["ก"])
    return repacked(plain, {SHEET: re.sub(DATA, b"<sheetData>" + rows + b"</sheetData>", sheet_of(plain))})


def test_abuse_31_very_many_cells_in_few_rows_are_refused():
    cells_alone = b"".join(b'<c r="A%d"/>' % number for number in range(800_000))
    refused_in_little_memory(with_rows(b"<row>" + cells_alone + b"</row>"))


def test_very_many_empty_rows_are_refused():
    refused_in_little_memory(with_rows(b"".join(b'<row r="%d"/>' % number for number in range(800_000))))


def test_abuse_31_a_bomb_beside_the_sheet_is_refused_unread():
    refused_in_little_memory(repacked(xlsx(["ก"]), None, **{"xl/sharedStrings.xml.bin": b"A" * 100_000_000}))


def test_abuse_31_rows_hidden_in_another_encoding_are_refused():
    plain = xlsx(["ก"])
    text = sheet_of(plain).decode().replace("UTF-8", "UTF-16")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        with pytest.raises(BadSheet):
            cells(repacked(plain, {SHEET: text.encode(encoding)}))


def test_a_sheet_under_another_name_is_counted_as_well():
    plain = with_rows(b"".join(b'<row r="%d"/>' % number for number in range(800_000)))
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        links = package.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"media/picture.png")
        sheet = package.read(SHEET)
    refused_in_little_memory(
        repacked(xlsx(["ก"]), {"xl/_rels/workbook.xml.rels": links}, **{"xl/media/picture.png": sheet})
    )


def test_very_many_shared_texts_or_styles_are_refused():
    texts = b"".join(b"<si><t>%d</t></si>" % number for number in range(250_000))
    styles = b"".join(b'<xf numFmtId="%d"/>' % number for number in range(800_000))
    refused_in_little_memory(repacked(xlsx(["ก"]), None, **{"xl/sharedStrings.xml": texts}), max_rows=1000)
    refused_in_little_memory(repacked(xlsx(["ก"]), {"xl/styles.xml": styles}), max_rows=1000)


def test_a_large_honest_table_is_read():
    table = [[f"{row}-{column}" for column in range(40)] for row in range(500)]
    assert cells(xlsx(*table), max_rows=500) == table


def test_abuse_32_external_entities_and_a_billion_laughs_are_refused(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    for entity in (f'<!ENTITY x SYSTEM "file://{secret}">', f'<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l8;">'):
        sheet = (
            f'<?xml version="1.0"?><!DOCTYPE worksheet [{entity}]>'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
        )
        refused_in_little_memory(repacked(xlsx(["ก"]), {SHEET: sheet.encode()}))


def test_too_many_parts_and_twin_names_are_refused():
    plain = xlsx(["ก"])
    with pytest.raises(BadSheet):
        cells(repacked(plain, None, **{f"x{number}": b"" for number in range(300)}))
    with pytest.warns(UserWarning, match="Duplicate"):
        twins = repacked(plain, None, **{SHEET: sheet_of(plain)})
    with pytest.raises(BadSheet):
        cells(twins)


def test_abuse_31_a_zip_in_a_zip_is_not_opened():
    assert cells(repacked(xlsx(["ก"]), None, **{"inner.zip": bomb(1000)})) == [["ก"]]


def test_csv_with_one_endless_cell_or_quote_is_refused():
    for data in (b'"' + b"a" * 200_000, b'a,b\n"open,\n' + b"x" * 200_000):
        with pytest.raises(BadSheet):
            cells(data)


def test_the_upload_can_be_read_again_afterwards():
    upload = io.BytesIO("ก,ข\n".encode())
    read_rows(upload)
    assert upload.tell() == 0
