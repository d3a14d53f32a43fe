"""Every item is held against the reader's table before it is told; what would be refused is named, with what to do."""

from datetime import date
from itertools import cycle, islice

import pytest

from tourdee.core.ids import public_id
from tourdee.shop.models import Picture, PriceCategory, Product, Tour, Variant

from ..queries.checked import checked_feed, told_rows
from ..readers import GOOGLE, META, READERS, THINGS_TO_DO, Rule
from .conftest import a_cloth, a_picture, a_walk, fetched, items_of_csv, items_of_rss, products_of_json

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 11, 23)


def gaps(shop, reader=GOOGLE, language="th"):
    """What is missing: (name, field, message) of each."""
    feed = checked_feed(shop, reader, TODAY, language)
    return [(one.row.name, gap.field, gap.message) for one in feed.left_out for gap in one.gaps]


def test_what_is_complete_is_told_and_nothing_is_missing(shop):
    a_cloth(shop)
    a_walk(shop)
    assert [checked_feed(shop, reader, TODAY).is_complete for reader in READERS.values()] == [True] * 3


def test_an_empty_feed_is_not_complete(shop):
    assert not any(checked_feed(shop, reader, TODAY).is_complete for reader in READERS.values())


@pytest.mark.parametrize(
    ("columns", "field", "message"),
    [
        ({"name_th": "ก" * 150}, "title", "ย่อชื่อให้สั้นลง ไม่เกิน 150 ตัวอักษร"),
        ({"description_th": "ก" * 5001}, "description", "ย่อคำอธิบายให้สั้นลง ไม่เกิน 5000 ตัวอักษร"),
        ({"description_th": "<b>สวย</b>"}, "description", "เอาเครื่องหมายอย่าง < และ > ออกจากคำอธิบาย"),
        ({"description_th": ""}, "description", "ยังไม่มีคำอธิบาย"),
        ({"price": 0}, "price", "ราคาต้องมากกว่าศูนย์"),
    ],
)
def test_an_item_that_would_be_refused_is_left_out_and_named(shop, columns, field, message):
    cloth = a_cloth(shop, **columns)
    whole = a_cloth(shop)
    assert gaps(shop) == [(f"{cloth.product.name_th} · สีคราม", field, message)]
    assert [one["id"] for one in items_of_rss(fetched("mali/google.xml").content)] == [whole.public_id]


@pytest.mark.parametrize(
    ("side", "message"), [(0, "ยังไม่มีรูป เพิ่มสักรูป"), (499, "รูปเล็กเกินไป ต้องกว้างและสูงอย่างน้อย 500 × 500 พิกเซล")]
)
def test_a_picture_must_be_there_and_large_enough(shop, side, message):
    Picture.objects.filter(product=a_cloth(shop).product).delete()
    product = Product.objects.get()
    if side:
        a_picture(product, side)
    assert gaps(shop, META) == [("ผ้าทอ · สีคราม", "image_link", message)]
    fix = checked_feed(shop, META, TODAY).left_out[0].gaps[0].fix
    assert fix == f"/my/products/{product.public_id}/pictures/"
    a_picture(product, 500)
    assert gaps(shop, META) == []


def test_an_english_feed_asks_for_english(shop):
    a_cloth(shop, name_en="", description_en="")
    assert [(field, message) for _name, field, message in gaps(shop, META, "en")] == [
        ("title", "เขียนชื่อเป็นภาษาอังกฤษ"),
        ("description", "เขียนคำอธิบายเป็นภาษาอังกฤษ"),
    ]


def test_a_tour_without_a_price_is_named_once_for_each_thing(shop):
    walk = a_walk(shop)
    walk.prices.update(is_active=False)
    assert [field for _name, field, _message in gaps(shop, THINGS_TO_DO)] == ["option_id", "option_title", "price"]
    fixes = {gap.fix for gap in checked_feed(shop, THINGS_TO_DO, TODAY).left_out[0].gaps}
    assert fixes == {f"/my/tours/{walk.public_id}/prices/"}


def test_a_private_tour_without_a_price_is_mended_where_groups_have_theirs(shop):
    walk = a_walk(shop, sold_as="private")
    fixes = {gap.fix for gap in checked_feed(shop, THINGS_TO_DO, TODAY).left_out[0].gaps}
    assert fixes == {f"/my/tours/{walk.public_id}/sale/"}


def test_every_rule_has_a_source():
    rules = [rule for reader in READERS.values() for rule in reader.rules]
    assert len(rules) == 28
    assert all(rule.source for rule in rules)


def test_a_rule_that_is_not_required_may_be_empty_and_not_wrong():
    rule = Rule(field="x", required=False, among=frozenset({"no"}), source="here")
    assert [rule.broken(value) for value in ("", "no", "yes")] == ["", "", "form"]


# ------------------------------------------------------------------ a thousand
def a_thousand(shop) -> None:
    """500 products and 500 tours, as people write them: long, short, with signs, quotes and several lines."""
    texts = cycle(
        ["ผ้าฝ้าย & คราม", 'ย่าม "ใบใหญ่", เบา', "- บรรทัดหนึ่ง\n- บรรทัดสอง", "it's ‘good’", "=SUM(A1)", "กาแฟ 100%"]
    )
    words = list(islice(texts, 500))
    products = Product.objects.bulk_create(
        Product(shop=shop, name_th=text[:60], description_th=text, status="published") for text in words
    )
    Variant.objects.bulk_create(
        Variant(product=product, price_satang=100 + place, stock=place % 3) for place, product in enumerate(products)
    )
    tours = Tour.objects.bulk_create(
        Tour(shop=shop, kind="workshop", name_th=text, summary_th=text, description_th=text, meeting_point_th=text,
             province=50, minutes=60, status="published") for text in words
    )  # fmt: skip
    PriceCategory.objects.bulk_create(
        PriceCategory(tour=tour, name_th="ผู้ใหญ่", price_satang=100 + place) for place, tour in enumerate(tours)
    )
    Picture.objects.bulk_create(
        Picture(path=public_id(), width=800, height=800, **{kind: item})
        for kind, items in (("product", products), ("tour", tours))
        for item in items
    )


def test_a_thousand_mixed_items_keep_every_rule_and_come_back_as_they_went(shop):
    a_thousand(shop)
    for reader, ending, read in (
        (GOOGLE, "xml", items_of_rss),
        (META, "xml", items_of_rss),
        (META, "csv", items_of_csv),
    ):
        told = list(told_rows(shop, reader, TODAY))
        items = read(fetched(f"mali/{reader.slug}.{ending}").content)
        assert (len(items), checked_feed(shop, reader, TODAY).missing) == (500, 0)
        assert [reader.broken(item) for item in items] == [[]] * 500
        names = [rule.field for rule in reader.rules]
        assert [_plain(item, names) for item in items] == [_plain(row.values, names) for row in told]


def _plain(values, names):
    """Without the apostrophe that keeps a spreadsheet from running a text."""
    return [values[name].removeprefix("'") if values[name][1:2] in set("=+-@") else values[name] for name in names]


def test_five_hundred_tours_come_back_as_they_went(shop):
    a_thousand(shop)
    told = told_rows(shop, THINGS_TO_DO, TODAY)
    items = products_of_json(fetched("mali/things-to-do.json").content)
    flat = [_flat(item) for item in items]
    assert [THINGS_TO_DO.broken(one) for one in flat] == [[]] * 500
    assert flat == [row.values for row in told]


def _flat(product):
    """A product of Things to do by the names of its table."""
    thai = lambda texts: next(one["text"] for one in texts["localized_texts"] if one["language_code"] == "th")  # noqa: E731  (short, and for this row alone)
    (option,) = product["options"]
    (price,) = option["price_options"]
    money = price["price"]
    return {
        "id": product["id"],
        "title": thai(product["title"]),
        "description": thai(product["description"]),
        "option_id": option["id"],
        "option_title": thai(option["title"]),
        "landing_page": option["landing_page"]["url"],
        "price": f"{money['units']}.{money['nanos'] // 10_000_000:02d} {money['currency_code']}",
        "image_link": product["related_media"][0]["url"],
        "operator": thai(product["operator"]["google_business_profile_name"]),
    }
