"""A marketplace's template: our columns found, our cells written, and every other byte as it came."""

import re

import pytest

from tourdee.shop.models import Listing, Product, Shop, Variant
from tourdee.shop.tests.factories import a_product, a_shop

from ..actions.templates import ColumnTwice, NothingChosen, fill_template, keep_template, say_uploaded, set_columns
from ..keys import MARKETPLACES
from ..models import Template
from ..queries.goods import goods_for
from ..queries.recognised import field_of, recognised
from ..xlsx import Book, CannotRead, filled, open_book
from .conftest import a_workbook, an_upload, parts, read_by_another, shopee_template

SHOPEE, LAZADA = MARKETPLACES["shopee"], MARKETPLACES["lazada"]


@pytest.fixture
def template(shop, at) -> Template:
    return keep_template(shop=shop, marketplace=SHOPEE, upload=an_upload(shopee_template()), at=at)


def cells(data: bytes, row: int, sheet: str = "Template") -> dict[str, object]:
    """What openpyxl, somebody else's reader, finds in a row: by column letter."""
    book = read_by_another(data)
    return {cell.column_letter: cell.value for cell in book[sheet][row] if cell.value is not None}


# ------------------------------------------------------------------ recognised
def test_columns_are_found_by_their_keys(template):
    found = {one["field"]: (one["column"], one["label"]) for one in template.columns if one["field"]}
    assert found == {
        "name": (2, "ชื่อสินค้า"), "description": (3, "รายละเอียดสินค้า"), "parent_sku": (4, "SKU หลัก"), "group": (6, "เลขรวม"),
        "option_name": (7, "ตัวเลือก 1"), "option": (8, "ชื่อตัวเลือก 1"), "price": (10, "ราคา"), "stock": (11, "คลัง"),
        "sku": (12, "SKU"), "picture_1": (13, "ภาพปก"), "picture_2": (14, "ภาพที่ 1"), "weight_kg": (15, "น้ำหนัก"),
    }  # fmt: skip
    assert (template.first_row, template.sheet) == (7, "xl/worksheets/sheet2.xml")
    assert len(template.columns) == 17


@pytest.mark.parametrize(
    ("header", "field"),
    [("*Product Name", "name"), ("SellerSKU", "sku"), ("ราคา", "price"), ("Package Weight (kg)", "weight_kg"),
     ("Product Images1", "picture_1"), ("quantity", "stock"), ("ps_price|1|0", "price"), ("brand", "")],
)  # fmt: skip
def test_columns_are_found_by_what_people_read(header, field):
    assert field_of(header) == field


def test_items_begin_below_what_somebody_has_written_already(shop, at):
    book = a_workbook([["Product Name", "Price"], ["เดิม", 5], [None, None], ["เดิม 2", 6]])
    found = recognised(open_book(an_upload(book)), LAZADA)
    assert found.first_row == 5


def test_a_file_without_our_columns_is_refused_with_a_way_on(shop, at):
    with pytest.raises(CannotRead) as refused:
        keep_template(shop=shop, marketplace=SHOPEE, upload=an_upload(a_workbook([["ชื่อ", "อายุ"]])), at=at)
    assert "ไม่พบคอลัมน์ชื่อและราคา" in refused.value.message


# ------------------------------------------------------------------ filled
def test_our_cells_hold_the_item_as_text_and_figures(template, cloth, at):
    made = fill_template(template=template, variants=[cloth.public_id], at=at)
    found = cells(made, 7)
    pictures = [found.pop("M"), found.pop("N")]
    assert found == {
        "B": "ผ้าทอ สีคราม", "C": "ฝ้ายทอมือ\nย้อมคราม", "D": cloth.product.public_id, "J": 350.5, "K": 5,
        "L": cloth.public_id, "O": 0.3,
    }  # fmt: skip
    assert all(re.fullmatch(r"http.*/pictures/\w+\.jpg", one) for one in pictures)


def test_everything_outside_our_cells_is_the_same_byte_for_byte(template, cloth, at):
    before = bytes(template.data)
    made = fill_template(template=template, variants=[cloth.public_id], at=at)
    old, new = parts(before), parts(made)
    assert list(old) == list(new)
    changed = [name for name in old if old[name] != new[name]]
    assert changed == ["xl/worksheets/sheet2.xml"]
    ours = re.compile(rb'<c r="[BCDJKLMNO]7"[^>]*/>|<c r="[BCDJKLMNO]7"[^>]*>.*?</c>', re.DOTALL)
    assert ours.sub(b"", new[changed[0]]) == ours.sub(b"", old[changed[0]])
    assert b"x14:dataValidation" in new[changed[0]]


def test_a_free_row_keeps_its_colours_and_the_rows_after_it_get_them(template, cloth, shop, at):
    other = a_product(shop, name_th="ย่าม")
    made = fill_template(template=template, variants=[cloth.public_id, other.public_id], at=at)
    sheet = read_by_another(made)["Template"]
    assert [sheet[place].fill.fgColor.rgb for place in ("A7", "B7", "B8", "J8")] == ["00FFEEAA"] * 4
    assert (sheet["B8"].value, sheet.max_row) == ("ย่าม สีคราม", 8)


def test_filling_again_begins_from_the_file_as_it_came(template, cloth, shop, at):
    other = a_product(shop, name_th="ย่าม")
    fill_template(template=template, variants=[cloth.public_id, other.public_id], at=at)
    made = fill_template(template=Template.objects.get(), variants=[other.public_id], at=at)
    assert (cells(made, 7)["B"], cells(made, 6)["B"]) == ("ย่าม สีคราม", "ตัวอย่าง")
    assert read_by_another(made)["Template"].max_row == 7


def test_kinds_of_a_product_are_joined_by_a_number(template, cloth, at):
    Variant.objects.create(product=cloth.product, name_th="สีแดง", price_satang=40000, stock=1)
    chosen = [one.variant.public_id for one in goods_for(template.shop, SHOPEE)]
    made = fill_template(template=template, variants=chosen, at=at)
    rows = [cells(made, row) for row in (7, 8)]
    assert [(one["B"], one["F"], one["G"], one["H"], one["J"]) for one in rows] == [
        ("ผ้าทอ", cloth.product.public_id, "แบบ", "สีคราม", 350.5),
        ("ผ้าทอ", cloth.product.public_id, "แบบ", "สีแดง", 400),
    ]


def test_what_looks_like_a_formula_stays_text(template, shop, at):
    evil = a_product(shop, name_th='=HYPERLINK("http://evil","x")', description_th="+66 & <b>\x0b")
    made = fill_template(template=template, variants=[evil.public_id], at=at)
    sheet = read_by_another(made)["Template"]
    assert (sheet["B7"].data_type, sheet["B7"].value) == ("s", '=HYPERLINK("http://evil","x") สีคราม')
    assert sheet["C7"].value == "+66 & <b>"


def test_a_row_that_stands_there_is_changed_in_place():
    book = open_book(an_upload(a_workbook([["a", "b", "c"], [1, 2, 3]])))
    made = filled(book, "xl/worksheets/sheet2.xml", first_row=2, rows=[{2: "x"}, {4: 7}])
    assert (cells(made, 2), cells(made, 3)) == ({"A": 1, "B": "x", "C": 3}, {"D": 7})


def test_the_sheets_own_word_of_its_size_grows_with_it():
    book = open_book(an_upload(a_workbook([["a"], [1]])))
    made = parts(filled(book, "xl/worksheets/sheet2.xml", first_row=3, rows=[{1: 2}, {1: 3}]))
    assert b'<dimension ref="A1:A4"' in made["xl/worksheets/sheet2.xml"]


def test_columns_that_the_seller_takes_away_are_not_written(template, cloth, at):
    set_columns(template=template, fields={2: "name", 10: "price", 99: "stock", 11: "nonsense"})
    assert cells(fill_template(template=template, variants=[cloth.public_id], at=at), 7) == {
        "B": "ผ้าทอ สีคราม",
        "J": 350.5,
    }
    with pytest.raises(ColumnTwice):
        set_columns(template=template, fields={2: "name", 3: "name"})


@pytest.mark.parametrize("variants", [[], ["nobodys"]])
def test_an_empty_choice_makes_no_file(template, cloth, at, variants):
    with pytest.raises(NothingChosen):
        fill_template(template=template, variants=variants, at=at)


# ------------------------------------------------------------------ uploaded there
def test_what_was_uploaded_stands_there_at_what_the_file_said(template, cloth, owner, at):
    fill_template(template=template, variants=[cloth.public_id], at=at)
    Variant.objects.filter(pk=cloth.pk).update(price_satang=99900, stock=1)
    assert say_uploaded(template=template, by=owner, at=at) == 1
    listing = Listing.objects.get()
    assert (listing.channel, listing.price_satang, listing.stock) == ("shopee", 35050, 5)


def test_a_template_lists_nothing_of_another_shop(template, owner, teammate, at):
    theirs = a_product(a_shop(teammate))
    template.told = [[theirs.public_id, 1, 1]]
    assert say_uploaded(template=template, by=owner, at=at) == 0
    assert not Listing.objects.exists()


def test_at_most_six_templates_are_kept(shop, at):
    for number in range(7):
        upload = an_upload(shopee_template(), f"{number}.xlsx")
        keep_template(shop=shop, marketplace=SHOPEE, upload=upload, at=at.replace(minute=number))
    assert list(Template.objects.values_list("name", flat=True)) == [f"{number}.xlsx" for number in range(6, 0, -1)]


# ------------------------------------------------------------------ what an item lacks
def test_what_the_marketplace_would_refuse_is_said_with_a_way_to_mend_it(shop):
    bare = a_product(shop, name_th="ก" * 160, description_th="ข" * 3001, price=0)
    (one,) = goods_for(shop, SHOPEE)
    base = f"/my/products/{bare.product.public_id}"
    assert [(gap.message, gap.fix) for gap in one.gaps] == [
        ("ย่อคำอธิบายให้สั้นลง ไม่เกิน 3000 ตัวอักษร", f"{base}/edit/"),
        ("ราคาต้องมากกว่าศูนย์", f"{base}/prices/"),
        ("ใส่น้ำหนักของหนึ่งชิ้น", f"{base}/prices/"),
        ("ยังไม่มีรูป เพิ่มสักรูป", f"{base}/pictures/"),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_goods_take_three_queries(shop, number, django_assert_num_queries):
    for _one in range(number):
        a_product(shop)
    with django_assert_num_queries(3):
        assert len(goods_for(shop, SHOPEE)) == number


def test_what_is_not_on_sale_is_not_offered(shop, cloth):
    Product.objects.update(status=Product.Status.HIDDEN)
    assert goods_for(shop, SHOPEE) == []
    Shop.objects.update(status=Shop.Status.CLOSED)
    assert goods_for(shop, SHOPEE) == []


def test_texts_that_cells_share_are_joined_of_their_runs():
    book = Book(shopee_template(), ())
    assert book.shared[:2] == ["อ่านก่อนกรอก: ชื่อสินค้า และ ราคา ต้องมี", "ps_category|1|0"]
