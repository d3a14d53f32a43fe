"""A shop with goods, and templates as marketplaces make them: with hidden sheets, lists to choose from, and keys."""

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from tourdee.shop.models import Picture, Shop, Variant
from tourdee.shop.tests.factories import a_product, a_shop

SHOPEE_KEYS = [
    "ps_category|1|0", "ps_product_name|1|0", "ps_product_description|1|0", "ps_sku_parent_short|0|0", "ps_dangerous_goods|0|0",
    "et_title_variation_integration_no|0|0", "et_title_variation_1|0|0", "et_title_option_for_variation_1|0|0",
    "et_title_image_per_variation|0|3", "ps_price|1|1", "ps_stock|0|1", "ps_sku_short|0|0", "ps_item_cover_image|0|3",
    "ps_item_image_1|0|3", "ps_weight|1|1", "ps_length|0|1", "channel_id.7000|0|0",
]  # fmt: skip
SHOPEE_WORDS = ["หมวดหมู่", "ชื่อสินค้า", "รายละเอียดสินค้า", "SKU หลัก", "สินค้าอันตราย", "เลขรวม", "ตัวเลือก 1", "ชื่อตัวเลือก 1", "รูปตัวเลือก",
                "ราคา", "คลัง", "SKU", "ภาพปก", "ภาพที่ 1", "น้ำหนัก", "ความยาว", "ส่งด่วน"]  # fmt: skip
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
INLINE = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>')
MORE = {
    "[Content_Types].xml": (
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sharedStrings+xml"/></Types>',
    ),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    ),
}
NOTHING = (b"\x00", b"")
LISTS = (
    b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557}">'
    b'<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation '
    b'type="list"><x14:formula1><xm:f>Hidden!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>A7:A99</xm:sqref>'
    b"</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)


def a_workbook(rows: Sequence[Sequence[Any]], *, styled_row: int = 0, title: str = "Template") -> bytes:
    """A workbook whose second sheet holds ``rows``; the first explains, the third is hidden. With parts and lists that
    openpyxl itself would not keep."""
    book = Workbook()
    book.active.title = "คำแนะนำ"
    book.active.append(["อ่านก่อนกรอก: ชื่อสินค้า และ ราคา ต้องมี"])
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    if styled_row:
        for column in range(1, len(rows[0]) + 1):
            sheet.cell(styled_row, column).fill = PatternFill("solid", fgColor="FFEEAA")
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = "version=7;token=abc"
    out = io.BytesIO()
    book.save(out)
    return _with_more(out.getvalue())


def _with_more(data: bytes) -> bytes:
    """As Excel writes it: texts shared by all sheets, and more beside them."""
    texts: list[bytes] = []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = INLINE.sub(lambda found: _shared(found, texts), source.read(member))
            if member.filename == "xl/worksheets/sheet2.xml":
                content = content.replace(b"</worksheet>", LISTS)
            target.writestr(member, content.replace(*MORE.get(member.filename, NOTHING)))
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">'.encode() + b"".join(texts) + b"</sst>")
        target.writestr("customXml/item1.xml", "<a>ลายเซ็นของตลาด</a>")
        target.writestr("xl/printerSettings/printerSettings1.bin", b"\x00\x01")
    return out.getvalue()


def _shared(found: re.Match[bytes], texts: list[bytes]) -> bytes:
    """The first half of a text in one run, the rest in another, with a reading aid: a reader must join the runs."""
    half = found[2].decode()
    runs = f"<r><t>{half[:2]}</t></r><r><t>{half[2:]}</t></r><rPh sb='0' eb='1'><t>aid</t></rPh>"
    texts.append(f"<si>{runs}</si>".encode())
    return found[1] + f' t="s"><v>{len(texts) - 1}</v></c>'.encode()


def read_by_another(data: bytes) -> Any:
    """What openpyxl, somebody else's reader, understands; it warns of what it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(data))


def shopee_template() -> bytes:
    """Six rows of header, keys in the first; the seventh is coloured and free."""
    empty = [None] * len(SHOPEE_KEYS)
    return a_workbook([SHOPEE_KEYS, empty, SHOPEE_WORDS, ["จำเป็น"] * 17, empty, ["ตัวอย่าง"] * 17], styled_row=7)


def an_upload(data: bytes, name: str = "Shopee_mass_upload.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def clock(monkeypatch, at) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


@pytest.fixture
def shop(owner, at) -> Shop:
    return a_shop(owner, slug="mali", name_th="ร้านมะลิ", opened_at=at)


@pytest.fixture
def cloth(shop) -> Variant:
    """One kind at ฿350.50, five of them, 300 g each, with two pictures."""
    variant = a_product(shop, stock=5, price=35050, description_th="ฝ้ายทอมือ\nย้อมคราม")
    Variant.objects.filter(pk=variant.pk).update(weight_grams=300)
    for place in range(2):
        Picture.objects.create(product=variant.product, path=f"shop/{place}", width=900, height=900, position=place)
    return variant
