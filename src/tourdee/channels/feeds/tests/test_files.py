"""The files that Meta and Google fetch: what they say, in which words, and what they leave out."""

import pytest
from django.db.models import F

from tourdee.legal.models import Paper
from tourdee.shop.models import Product, Shop, Tour, Variant
from tourdee.shop.tests.factories import a_business, a_shop

from ..writing.rss import rss
from ..writing.sheet import harmless
from .conftest import SITE, a_cloth, a_picture, a_walk, changed, fetched, items_of_csv, items_of_rss, products_of_json

pytestmark = pytest.mark.usefixtures("clock")


# ------------------------------------------------------------------ goods
def test_google_reads_a_product_in_its_own_words(shop):
    cloth = a_cloth(shop)
    picture = cloth.product.pictures.get()
    assert items_of_rss(fetched("mali/google.xml").content) == [
        {
            "id": cloth.public_id,
            "title": "ผ้าทอ – สีคราม",
            "description": "ฝ้ายทอมือ",
            "link": f"{SITE}/s/mali/products/{cloth.product.public_id}/",
            "image_link": f"{SITE}/pictures/{picture.public_id}.jpg",
            "availability": "in_stock",
            "condition": "new",
            "price": "350.00 THB",
            "brand": "ร้านมะลิ",
            "identifier_exists": "no",
        }
    ]


def test_meta_spells_availability_its_own_way_and_hears_the_number(shop):
    cloth = a_cloth(shop)
    found = items_of_rss(fetched("mali/meta.xml").content)[0]
    assert (found["availability"], found["quantity_to_sell_on_facebook"]) == ("in stock", "5")
    Variant.objects.filter(pk=cloth.pk).update(reserved=F("stock"))
    changed()
    found = items_of_rss(fetched("mali/meta.xml").content)[0]
    assert (found["availability"], found["quantity_to_sell_on_facebook"]) == ("out of stock", "0")


def test_what_is_sold_out_stays_in_google_and_says_so(shop):
    cloth = a_cloth(shop)
    Variant.objects.filter(pk=cloth.pk).update(reserved=F("stock"))
    assert items_of_rss(fetched("mali/google.xml").content)[0]["availability"] == "out_of_stock"


def test_kinds_of_a_product_belong_together(shop):
    cloth = a_cloth(shop)
    Variant.objects.create(product=cloth.product, name_th="สีแดง", price_satang=36050, stock=1, weight_grams=300)
    first, second = items_of_rss(fetched("mali/meta.xml").content)
    assert first["item_group_id"] == second["item_group_id"] == cloth.product.public_id
    assert (second["title"], second["price"], second["shipping_weight"]) == ("ผ้าทอ – สีแดง", "360.50 THB", "300 g")


def test_further_pictures_follow_at_most_ten(shop):
    cloth = a_cloth(shop)
    for _number in range(12):
        a_picture(cloth.product)
    assert len(items_of_rss(fetched("mali/google.xml").content)[0]["additional_image_link"]) == 10


def test_english_is_english_throughout(shop):
    cloth = a_cloth(shop)
    found = items_of_rss(fetched("mali/meta.xml?lang=en").content)[0]
    assert found["title"] == "Woven cloth – Indigo"
    assert (found["description"], found["brand"]) == ("Hand-woven cotton", "Mali")
    assert found["link"] == f"{SITE}/en/s/mali/products/{cloth.product.public_id}/"
    Product.objects.update(description_en="")
    changed()
    assert items_of_rss(fetched("mali/meta.xml?lang=en").content) == []


def test_csv_says_the_same_as_rss(shop):
    a_cloth(shop)
    a_picture(a_cloth(shop, name_th='ย่าม, ใบ "ใหญ่"', description_th="บรรทัดแรก\nบรรทัดสอง").product)
    told = items_of_rss(fetched("mali/meta.xml").content)
    table = items_of_csv(fetched("mali/meta.csv").content)
    for one, row in zip(told, table, strict=True):
        pictures = ",".join(one.pop("additional_image_link", []))
        assert {name: value for name, value in row.items() if value} == one | (
            {"additional_image_link": pictures} if pictures else {}
        )


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+66", "-1", "@SUM(1)", "\tx", "＝1"])
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless(f"ผ้า {text}") == f"ผ้า {text}"


def test_a_list_written_with_dashes_begins_with_a_dot(shop):
    a_cloth(shop, description_th="- ฝ้าย\n- ย้อมคราม")
    assert items_of_csv(fetched("mali/meta.csv").content)[0]["description"] == "• ฝ้าย\n- ย้อมคราม"


def test_signs_that_no_xml_may_hold_do_not_break_the_file():
    body = "".join(rss("a & b", SITE, [({"title": "x\x00\x0b<y>&\ufffe"}, [])]))
    assert items_of_rss(body.encode())[0]["title"] == "x<y>&"


# ------------------------------------------------------------------ tours
def test_things_to_do_tells_the_adults_price_and_the_terms(shop):
    walk = a_walk(shop, included_th="น้ำดื่ม\nประกัน", included_en="Water")
    adult = walk.prices.first()
    (found,) = products_of_json(fetched("mali/things-to-do.json").content)
    assert found["title"]["localized_texts"] == [
        {"language_code": "th", "text": "เดินเมืองเก่าเชียงใหม่"},
        {"language_code": "en", "text": "Old town walk"},
    ]
    (option,) = found["options"]
    assert option["price_options"] == [
        {
            "id": adult.public_id,
            "title": "Adult",
            "price": {"currency_code": "THB", "units": 1200, "nanos": 0},
        }
    ]
    assert option["cancellation_policy"]["refund_conditions"] == [
        {"min_duration_before_start_time_sec": 72 * 3600, "refund_percent": 100},
        {"min_duration_before_start_time_sec": 24 * 3600, "refund_percent": 50},
    ]
    assert option["landing_page"]["url"] == f"{SITE}/s/mali/tours/{walk.public_id}/"
    assert option["duration_sec"] == 180 * 60
    assert [one["value"]["localized_texts"][-1]["text"] for one in found["product_features"]] == ["Water", "ประกัน"]
    assert "rating" not in found


def test_of_a_tour_for_private_parties_alone_the_smallest_partys_price_is_told(shop):
    """Its price categories are sold to nobody."""
    walk = a_walk(shop, sold_as="private")
    for up_to, satang in ((4, 800000), (2, 500000)):
        walk.private_prices.create(up_to=up_to, price_satang=satang)
    (found,) = products_of_json(fetched("mali/things-to-do.json").content)
    (price,) = found["options"][0]["price_options"]
    assert (price["id"], price["title"], price["price"]["units"]) == ("private", "Private group up to 2", 5000)


def test_a_tour_without_a_licence_in_force_is_not_told(shop, owner):
    a_walk(shop)
    Paper.objects.all().delete()
    assert products_of_json(fetched("mali/things-to-do.json").content) == []


def test_a_workshop_needs_no_licence(teammate, at):
    other = a_shop(teammate, business=a_business(teammate, licensed=False), slug="kaeo")
    a_walk(other, kind=Tour.Kind.WORKSHOP)
    assert len(products_of_json(fetched("kaeo/things-to-do.json").content)) == 1


# ------------------------------------------------------------------ what is not told
def test_only_what_is_published_is_told(shop, teammate):
    a_cloth(shop, status=Product.Status.DRAFT, name_th="ความลับ")
    a_cloth(shop, status=Product.Status.HIDDEN, name_th="ความลับ")
    a_cloth(a_shop(teammate), name_th="ความลับ")
    for address in ("meta.xml", "meta.csv", "google.xml", "things-to-do.json"):
        assert "ความลับ" not in fetched(f"mali/{address}").content.decode()


def test_a_shop_that_is_not_open_has_no_feed(shop):
    Shop.objects.update(status=Shop.Status.CLOSED)
    assert fetched("mali/meta.xml").status_code == 404


@pytest.mark.parametrize("address", ["nobody/meta.xml", "mali/amazon.xml", "mali/google.csv", "mali/meta.xml?lang=fr"])
def test_what_does_not_exist_is_not_found(shop, address):
    assert fetched(address).status_code == 404


# ------------------------------------------------------------------ fetched often
def test_who_has_the_file_is_told_so_before_an_item_is_read(shop, django_assert_num_queries):
    cloth = a_cloth(shop)
    etag = fetched("mali/meta.xml")["ETag"]
    with django_assert_num_queries(4):  # the shop, the visit, its version, its items' versions
        answer = fetched("mali/meta.xml", if_none_match=etag, user_agent="facebookexternalhit/1.1")
    assert (answer.status_code, answer.content) == (304, b"")
    Product.objects.filter(pk=cloth.product_id).update(version=F("version") + 1)
    assert fetched("mali/meta.xml", if_none_match=etag).status_code == 200


def test_a_new_day_is_a_new_file_because_licences_end(shop, clock, at):
    a_walk(shop)
    etag = fetched("mali/things-to-do.json")["ETag"]
    assert fetched("mali/things-to-do.json", if_none_match=etag).status_code == 304
    clock(at.replace(year=2031))
    answer = fetched("mali/things-to-do.json", if_none_match=etag)
    assert (answer.status_code, products_of_json(answer.content)) == (200, [])


@pytest.mark.parametrize("number", [1, 3])
def test_a_file_takes_six_queries_however_many_items(shop, number, django_assert_num_queries):
    for _one in range(number):
        a_cloth(shop)
    with django_assert_num_queries(7):
        body = fetched("mali/google.xml").content
    assert len(items_of_rss(body)) == number
