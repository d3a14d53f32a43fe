"""The market: what is on sale, found, sorted, and never more questions for more of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tourdee.core.dates import bangkok_day
from tourdee.legal.models import Paper
from tourdee.people.models import Community

from ..actions.search import index_missing
from ..models import Departure, PriceCategory, Product, Shop, Tour, Variant
from ..queries import newest_products, newest_tours
from .factories import a_departure, a_product, a_shop, a_tour, an_order, in_days, seats

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def market(**query):
    answer = Client().get(reverse("market"), query)
    assert answer.status_code == 200
    return answer.context


def names(**query):
    return [card.name for card in market(**query)["cards"]]


def fill(number, at):
    for place in range(number):
        shop = a_shop()
        a_departure(a_tour(shop, published_at=at + timedelta(minutes=place)), starts_at=in_days(at, 5))
        a_product(shop, published_at=at)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("kind", "questions"), [("", 6), ("tour", 4), ("product", 4)])
def test_more_on_sale_asks_no_more_questions(at, number, kind, questions, django_assert_num_queries):
    fill(number, at)
    with django_assert_num_queries(questions):
        found = market(kind=kind)
    assert len(found["cards"] if kind else found["tours"]) == number


def test_a_card_says_price_unit_next_date_and_seats(at):
    tour = a_tour(a_shop(name_th="ร้านหนึ่ง"), name_th="ทัวร์หนึ่ง")
    a_departure(tour, starts_at=in_days(at, 3), capacity=2, taken=2)
    a_departure(tour, starts_at=in_days(at, 6), capacity=9, taken=2)
    a_departure(tour, starts_at=in_days(at, 0.5))  # past its cut-off
    (card,) = newest_tours(at, 6)
    assert (card.name, card.price, card.next_date, card.seats_left, card.shop_name) == (
        "ทัวร์หนึ่ง", "฿600", "29 พ.ย. 2569", 7, "ร้านหนึ่ง",
    )  # fmt: skip


def test_a_hold_that_ran_out_leaves_its_seats_to_the_card(at):
    tour = a_tour()
    departure = a_departure(tour, starts_at=in_days(at, 3), capacity=4)
    order = an_order(tour.shop, seats(departure, 4), at=at)
    assert [card.seats_left for card in newest_tours(at, 6)] == [0]
    assert [card.seats_left for card in newest_tours(order.expires_at, 6)] == [4]


def test_a_full_tour_and_one_without_dates_say_so(at):
    full, bare = a_tour(name_th="เต็ม", published_at=at), a_tour(name_th="ไม่มีวัน", published_at=in_days(at, -1))
    a_departure(full, starts_at=in_days(at, 3), capacity=1, taken=1)
    cards = newest_tours(at, 6)
    assert [(card.name, card.next_date, card.seats_left) for card in cards] == [
        ("เต็ม", "26 พ.ย. 2569", 0), (bare.name_th, "", None),
    ]  # fmt: skip


def test_what_may_not_be_sold_is_not_on_the_market(at):
    hidden, of_closed, unlicensed = a_tour(status="hidden"), a_tour(a_shop(status="closed")), a_tour()
    Paper.objects.filter(business=unlicensed.shop.business).delete()
    workshop = a_tour(kind=Tour.Kind.WORKSHOP, name_th="เวิร์กช็อป")
    Paper.objects.filter(business=workshop.shop.business).delete()
    assert [tour.status for tour in (hidden, of_closed, unlicensed)] == ["hidden", "published", "published"]
    assert [card.name for card in newest_tours(at, 9)] == ["เวิร์กช็อป"]


def test_products_without_an_active_variant_or_hidden_are_left_out(at):
    shown, inactive, hidden = a_product(name_th="ก"), a_product(name_th="ข"), a_product(name_th="ค", status="hidden")
    Variant.objects.filter(pk=inactive.pk).update(is_active=False)
    assert hidden.product.status == Product.Status.HIDDEN
    assert [card.public_id for card in newest_products(9)] == [shown.product.public_id]


def test_a_closed_departure_is_no_next_date(at):
    tour = a_tour()
    a_departure(tour, starts_at=in_days(at, 3), status=Departure.Status.CANCELLED)
    assert [card.next_date for card in newest_tours(at, 9)] == [""]


def test_words_province_day_and_community_narrow_the_list(at):
    community = Community.objects.create(slug="koh-klang", name_th="เกาะกลาง", province=81)
    krabi = a_tour(a_shop(community=community), name_th="ล่องเรือกระบี่", province=81)
    walk = a_tour(name_th="เดินเมืองเก่า", province=50)
    a_departure(krabi, starts_at=in_days(at, 5))
    a_departure(walk, starts_at=in_days(at, 6), capacity=1, taken=1)
    day = bangkok_day(in_days(at, 5)).isoformat()
    full_day = bangkok_day(in_days(at, 6)).isoformat()
    index_missing()
    assert names(kind="tour", q="เรือ") == ["ล่องเรือกระบี่"]
    assert names(kind="tour", q="เรือ ไม้ไผ่") == []
    assert names(kind="tour", province="50") == ["เดินเมืองเก่า"]
    assert names(kind="tour", day=day) == ["ล่องเรือกระบี่"]
    assert names(kind="tour", day=full_day) == []
    assert names(kind="tour", community="koh-klang") == ["ล่องเรือกระบี่"]


def test_sorting_by_date_and_by_price(at):
    late, soon = a_tour(name_th="ช้า", published_at=at), a_tour(name_th="เร็ว", published_at=in_days(at, -1))
    a_departure(late, starts_at=in_days(at, 9))
    a_departure(soon, starts_at=in_days(at, 3))
    PriceCategory.objects.filter(tour=soon).update(price_satang=990000)
    index_missing()
    assert names(kind="tour") == ["ช้า", "เร็ว"]
    assert names(kind="tour", sort="soon") == ["เร็ว", "ช้า"]
    assert names(kind="tour", sort="cheap") == ["ช้า", "เร็ว"]


def test_what_cannot_be_understood_is_said_at_the_field_and_left_out(at):
    fill(1, at)
    found = market(kind="tour", day="31/02/2569", province="999", sort="price; DROP TABLE", q="x" * 61)
    assert len(found["cards"]) == 1
    assert set(found["form"].errors) == {"day", "province", "sort", "q"}


@pytest.mark.parametrize(
    "query",
    [
        {"q": "%%%%"}, {"q": "_" * 50}, {"q": "ก" * 10_000}, {"q": " ".join(["หรือ"] * 20)}, {"q": "\x00\x1b"},
        {"q": "' OR 1=1 --"}, {"page": "1000000000"}, {"page": "-1"}, {"page": "๒"}, {"kind": "everything"},
        {"province": "²"}, {"community": "../../etc"}, {"day": "9" * 5000}, {"sort": "user__password"},
    ],
)  # fmt: skip
def test_52_a_search_that_is_made_to_hurt_does_not(at, query):
    fill(1, at)
    assert Client().get(reverse("market"), {"kind": "tour", **query}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "' OR 1=1 --", "') OR ('1'='1", "x' UNION SELECT secret FROM shop_order --", 'x" OR "ร้าน', 'x" OR words : "ร้าน', '"', "*",
        "NEAR(ร้าน", "{words} : ร้าน", "x' | 'ร้าน' :*", "\\' & xyz", "%s %(x)s {filters}",
    ],
)  # fmt: skip
def test_51_what_is_typed_into_the_search_is_never_part_of_a_query(at, typed):
    """Neither of SQL nor of the full-text search of either database. The control: the word alone does find."""
    a_tour(a_shop(name_th="ร้านลับ"), name_th="ล่องเรือ")
    index_missing()
    assert names(kind="tour", q="ร้านลับ") == ["ล่องเรือ"]
    assert names(kind="tour", q=typed) == []
    assert names(kind="tour", sort=typed, community=typed) in ([], ["ล่องเรือ"])


def test_a_page_that_does_not_exist_is_the_last_one(at):
    fill(1, at)
    assert market(kind="tour", page="999999")["page"].number == 1


def test_an_empty_market_says_what_to_do_next():
    assert reverse("market") in Client().get(reverse("market")).content.decode()


def test_shops_in_draft_show_nothing(at):
    fill(2, at)
    Shop.objects.update(status=Shop.Status.DRAFT)
    assert (newest_tours(at, 9), newest_products(9)) == ([], [])


def test_how_it_is_sorted_is_not_called_a_purchase():
    label = Client().get(reverse("market")).context["form"]["sort"].label
    assert label == "เรียงตาม"


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        ({}, False),
        ({"q": "เรือ", "sort": "new", "province": ""}, False),
        ({"sort": "cheap"}, True),
        ({"price": "500"}, True),
    ],
)
def test_only_what_narrows_opens_the_fold_that_holds_it(query, is_open):
    """A search by words alone must not push what it found off a telephone's first screen."""
    assert market(**query)["form"].narrows == is_open


def test_nobody_is_told_that_a_filter_is_optional():
    page = Client().get("/en" + reverse("market")).text
    assert "(optional)" not in page
    assert page.split("<details", 1)[1].split("</details>", 1)[0].count("<button") == 1  # below the last of the filters


@pytest.mark.parametrize(
    ("query", "is_there"), [({}, False), ({"q": "zz"}, True), ({"price": "500"}, True), ({"kind": "tour"}, False)]
)
def test_who_has_searched_gets_back_to_everything_at_once(at, query, is_there):
    fill(1, at)
    above = Client().get("/en" + reverse("market"), query).text.split('id="found"')[0]
    assert ("Show everything" in above) == is_there
