"""What a shop shows of itself: supplier and products, plain, with prices, with words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tourdee.shop.models import Departure, Picture, PriceCategory, Shop, Tour
from tourdee.shop.tests.factories import a_departure, a_tour, an_operator, in_days

from ..queries.products import unit_type
from .conftest import unit
from .test_bookings import error

pytestmark = pytest.mark.django_db


def test_the_supplier_is_the_shop(program, shop):
    assert program.get("/supplier").json() == {
        "id": shop.public_id, "name": shop.name_en, "endpoint": "http://testserver/octo/mali-tours",
        "contact": {
            "website": "http://testserver/en/s/mali-tours/", "email": None, "telephone": "+66812345678", "address": "1 ถ.ช้างม่อย",
        },
    }  # fmt: skip


def test_a_tour_is_a_product_with_one_option_and_its_prices_are_units(program, departure, tour, at):
    a_departure(tour, starts_at=in_days(at, 6.25))
    a_departure(tour, starts_at=in_days(at, -5.5))
    units = [price.public_id for price in tour.prices.all()]
    plain = {"minAge": 0, "maxAge": 120, "idRequired": False, "minQuantity": None, "maxQuantity": None, "paxCount": 1}
    assert program.get("/products").json() == [
        {
            "id": tour.public_id, "internalName": "Old town walk", "reference": None, "locale": "en",
            "timeZone": "Asia/Bangkok", "allowFreesale": False, "instantConfirmation": True, "instantDelivery": True,
            "availabilityRequired": True, "availabilityType": "START_TIME", "deliveryFormats": ["QRCODE"],
            "deliveryMethods": ["VOUCHER"], "redemptionMethod": "DIGITAL",
            "options": [
                {
                    "id": "DEFAULT", "default": True, "internalName": "Old town walk", "reference": None,
                    "availabilityLocalStartTimes": ["12:00", "18:00"], "cancellationCutoff": "72 hours before the start",
                    "cancellationCutoffAmount": 72, "cancellationCutoffUnit": "hour", "requiredContactFields": [],
                    "restrictions": {"minUnits": 1, "maxUnits": 10},
                    "units": [
                        {
                            "id": units[place], "internalName": name, "reference": None, "type": kind,
                            "restrictions": plain | {"accompaniedBy": units[:2] if kind == "INFANT" else []},
                            "requiredContactFields": [],
                        }
                        for place, (name, kind) in enumerate([("Adult", "ADULT"), ("Child", "CHILD"), ("Lap child", "INFANT")])
                    ],
                }
            ],
        }
    ]  # fmt: skip


def test_prices_are_what_guests_pay_and_what_the_shop_gets(program, tour):
    product = program.get(f"/products/{tour.public_id}", Octo_Capabilities="octo/pricing").json()
    assert (product["defaultCurrency"], product["availableCurrencies"], product["pricingPer"]) == (
        "THB",
        ["THB"],
        "UNIT",
    )
    same = {"currency": "THB", "currencyPrecision": 2, "includedTaxes": []}
    assert [one["pricingFrom"] for one in product["options"][0]["units"]] == [
        [{"original": 120000, "retail": 120000, "net": 96000} | same],
        [{"original": 60000, "retail": 60000, "net": 48000} | same],
        [{"original": 0, "retail": 0, "net": 0} | same],
    ]


def test_each_reseller_sees_its_own_net_price(rivals_program, tour):
    product = rivals_program.get(f"/products/{tour.public_id}", Octo_Capabilities="pricing").json()
    assert product["options"][0]["units"][0]["pricingFrom"][0]["net"] == 90000


def test_words_are_the_tours_own(program, shop):
    tour = a_tour(shop, included_th="น้ำดื่ม\nไกด์", included_en="Water\nGuide", languages=["th", "en"])
    product = program.get(f"/products/{tour.public_id}", Octo_Capabilities="octo/content").json()
    assert product["title"] == product["options"][0]["title"] == "Old town walk"
    assert product["durationMinutesFrom"] == 180
    assert [one["language"] for one in product["commentary"]] == ["th", "en"]
    assert [one["shortDescription"] for one in product["features"] if one["type"] == "INCLUSION"] == ["Water", "Guide"]
    assert [one["shortDescription"] for one in product["features"] if one["type"] == "CANCELLATION_TERM"] == [
        "Cancel at least 3 days before the start: 100% back", "Cancel at least 1 day before the start: 50% back",
        "Later than that: no refund",
    ]  # fmt: skip
    assert [one["title"] for one in product["options"][0]["units"]] == ["Adult", "Child", "Lap child"]


def pictured(tour: Tour) -> list[Picture]:
    """The first without words, the second described in both languages."""
    said = [{}, {"alt_th": "วัด", "alt_en": "A temple"}]
    return [
        Picture.objects.create(tour=tour, path=f"tours/x/{place}", width=1600, height=1200, position=place, **words)
        for place, words in enumerate(said)
    ]


def jpeg(address: str, rel: str, caption: str | None = None) -> dict[str, str | None]:
    src = f"http://testserver/pictures/{address}.jpg"
    return {"src": src, "type": "image/jpeg", "rel": rel, "title": None, "caption": caption, "copyright": None}


@pytest.mark.parametrize("capability", ["octo/content", "content"])
@pytest.mark.parametrize(("language", "caption"), [("en", "A temple"), ("th", "วัด")])
def test_pictures_are_named_as_jpeg_the_first_as_cover(program, tour, capability, language, caption):
    first, second = pictured(tour)
    asked = {"Octo_Capabilities": capability, "Accept_Language": language}
    product = program.get(f"/products/{tour.public_id}", **asked).json()
    assert product["media"] == [jpeg(first.public_id, "COVER"), jpeg(second.public_id, "GALLERY", caption)]
    assert product["options"][0]["media"] == product["media"]


@pytest.mark.parametrize("capability", ["octo/content", "content"])
def test_the_shops_cover_is_the_suppliers_picture(program, shop, capability):
    assert program.get("/supplier", Octo_Capabilities=capability).json()["media"] == []
    Shop.objects.update(cover="shops/x/c")
    assert program.get("/supplier", Octo_Capabilities=capability).json()["media"] == [
        jpeg(f"shops/{shop.public_id}", "COVER")
    ]


def test_the_pictures_address_is_served(program, client, tour, settings):
    import pyvips

    path = f"shop/{'a' * 32}-600x600"
    Picture.objects.create(tour=tour, path=path, width=600, height=600)
    (settings.MEDIA_ROOT / "shop").mkdir(parents=True)
    pyvips.Image.black(600, 600, bands=3).write_to_file(str(settings.MEDIA_ROOT / f"{path}-1600.webp"))
    media = program.get(f"/products/{tour.public_id}", Octo_Capabilities="octo/content").json()["media"]
    assert client.get(media[0]["src"])["Content-Type"] == "image/jpeg"


def test_a_place_without_coordinates_is_said_in_words_alone(program, tour):
    """The standard wants a latitude and a longitude for every location; a tour has neither."""
    product = program.get(f"/products/{tour.public_id}", Octo_Capabilities="octo/content").json()
    assert product["locations"] == []
    assert {"shortDescription": "ประตูท่าแพ", "type": "PREARRIVAL_INFORMATION"} in product["features"]


def test_only_what_is_published_and_sold_by_the_shop_itself_is_a_product(program, shop, tour):
    a_tour(shop, status=Tour.Status.DRAFT)
    a_tour(shop, status=Tour.Status.HIDDEN)
    partners = a_tour(shop, operator=an_operator(shop.business))
    a_tour()
    workshop = a_tour(shop, kind=Tour.Kind.WORKSHOP)
    assert [one["id"] for one in program.get("/products").json()] == [tour.public_id, workshop.public_id]
    assert error(program.get(f"/products/{partners.public_id}")) == (400, "INVALID_PRODUCT_ID")


@pytest.mark.parametrize("strange", ["x", "%00", "%E0%B8%81" * 30])
def test_a_product_that_is_none_is_named_in_the_refusal(program, strange):
    assert error(program.get(f"/products/{strange}")) == (400, "INVALID_PRODUCT_ID")


def test_a_list_costs_the_same_with_one_and_with_three(program, shop, departure, at):
    program.get("/products")
    with CaptureQueriesContext(connection) as one:
        program.get("/products")
    for _number in range(2):
        a_departure(a_tour(shop), starts_at=in_days(at, 3))
    with CaptureQueriesContext(connection) as three:
        assert len(program.get("/products").json()) == 3
    assert (len(one), len(three)) == (5, 5)


def test_pictures_cost_one_query_with_one_product_and_with_three(
    program, shop, tour, departure, at, django_assert_num_queries
):
    pictured(tour)
    program.get("/products")
    with django_assert_num_queries(6):
        program.get("/products", Octo_Capabilities="octo/content")
    for _number in range(2):
        pictured(another := a_tour(shop))
        a_departure(another, starts_at=in_days(at, 3))
    with django_assert_num_queries(6):
        found = program.get("/products", Octo_Capabilities="octo/content").json()
    assert [len(one["media"]) for one in found] == [2, 2, 2]


@pytest.mark.parametrize(
    ("thai", "english", "seats", "kind"),
    [
        ("ผู้ใหญ่", "", 1, "ADULT"), ("เด็ก 4–11 ปี", "", 1, "CHILD"), ("นักศึกษา", "", 1, "STUDENT"), ("ผู้สูงอายุ", "", 1, "SENIOR"),
        ("ชาวต่างชาติ", "Foreigner", 1, "ADULT"), ("แถมฟรี", "", 0, "INFANT"), ("ครอบครัว", "Family", 4, "FAMILY"),
    ],
)  # fmt: skip
def test_the_kind_of_a_unit_is_read_from_its_name(thai, english, seats, kind):
    assert unit_type(PriceCategory(name_th=thai, name_en=english, seats=seats)) == kind


def test_capabilities_are_named(program):
    assert program.get("/capabilities").json() == [
        {"id": name, "revision": 1, "required": False, "dependencies": [], "docs": None}
        for name in ("octo/pricing", "octo/content")
    ]


def test_a_tour_without_free_cancellation_says_so(program, tour, departure):
    tour.tiers.filter(refund_percent=100).delete()
    option = program.get(f"/products/{tour.public_id}").json()["options"][0]
    assert (option["cancellationCutoff"], option["cancellationCutoffAmount"]) == ("not once it is confirmed", 8760)
    booking = program.booking(departure, 1)
    assert program.confirm(booking).json()["cancellable"] is False
    assert unit(departure) == option["units"][0]["id"]
    assert Departure.objects.get().taken == 1
