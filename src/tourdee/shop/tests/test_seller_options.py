"""The seller's pages of extras, pick-up, private groups, deposits and codes; and the basket that follows from them."""

import pytest
from django.urls import reverse

from ..forms.seller_options import SaleForm
from ..models import Extra, ExtraCount, PickupPoint, PrivatePrice, Shop, Tour, Voucher
from .factories import a_departure, a_pickup, a_shop, a_tour, a_voucher, an_extra, an_item_of, an_order, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def tour(shop):
    return a_tour(shop, languages=["th", "en"])


def rows(*typed):
    data = {"row-TOTAL_FORMS": str(len(typed)), "row-INITIAL_FORMS": "0"}
    for number, row in enumerate(typed):
        data |= {f"row-{number}-{name}": value for name, value in row.items()}
    return data


PAGES = ("tour_sale", "tour_extras", "tour_pickups", "tour_questions")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_the_owners_alone(client, tour, owner, stranger, name):
    url = reverse(name, args=[tour.public_id])
    client.force_login(stranger)
    assert client.get(url).status_code == 404
    client.force_login(owner)
    assert [client.get(prefix + url).status_code for prefix in ("", "/en")] == [200, 200]


def test_extras_are_added_changed_and_put_aside(client, tour, owner):
    client.force_login(owner)
    url = reverse("tour_extras", args=[tour.public_id])
    client.post(url, rows({"name_th": "อาหารกลางวัน", "price_satang": "150", "per": "person"}, {"per": "person"}))
    lunch = Extra.objects.get()
    assert (lunch.name_th, lunch.price_satang, Tour.objects.get().has_options) == ("อาหารกลางวัน", 15000, True)
    row = {"public_id": lunch.public_id, "name_th": "มื้อเที่ยง", "price_satang": "180", "per": "booking", "limit": "3"}
    client.post(url, rows(row))
    lunch.refresh_from_db()
    assert (lunch.name_th, lunch.price_satang, lunch.per, lunch.limit) == ("มื้อเที่ยง", 18000, "booking", 3)
    client.post(url, rows(row | {"remove": "on"}))
    assert (Extra.objects.get().is_active, Tour.objects.get().has_options) == (False, False)


def test_a_lower_limit_never_takes_away_what_was_sold(client, shop, tour, owner, at):
    departure, extra = a_departure(tour, starts_at=in_days(at, 5)), an_extra(tour, per="booking")
    an_order(shop, seats(departure, 1), an_item_of(departure, extra, 3), at=at)
    client.force_login(owner)
    row = {"public_id": extra.public_id, "name_th": "x", "price_satang": "1", "per": "booking", "limit": "2"}
    client.post(reverse("tour_extras", args=[tour.public_id]), rows(row))
    assert list(ExtraCount.objects.values_list("taken", "capacity")) == [(3, 3)]


def test_another_sellers_extra_is_not_changed_by_naming_it(client, tour, owner):
    foreign = an_extra(a_tour(a_shop()), name_th="CANARY")
    client.force_login(owner)
    row = {"public_id": foreign.public_id, "name_th": "ของเรา", "price_satang": "1", "per": "person"}
    client.post(reverse("tour_extras", args=[tour.public_id]), rows(row))
    assert Extra.objects.get(pk=foreign.pk).name_th == "CANARY"


def test_pick_up_points_are_added(client, tour, owner):
    client.force_login(owner)
    row = {"name_th": "โรงแรม", "minutes_before": "45", "price_satang": "100", "map_url": "https://example.org/map"}
    client.post(reverse("tour_pickups", args=[tour.public_id]), rows(row))
    assert PickupPoint.objects.values_list("name_th", "minutes_before", "price_satang", "map_url").get() == (
        "โรงแรม", 45, 10000, "https://example.org/map",
    )  # fmt: skip


def test_a_map_link_that_is_a_script_is_refused(client, tour, owner):
    client.force_login(owner)
    row = {"name_th": "x", "minutes_before": "45", "price_satang": "0", "map_url": "javascript:alert(1)"}
    answer = client.post(reverse("tour_pickups", args=[tour.public_id]), rows(row))
    assert (answer.status_code, PickupPoint.objects.count()) == (200, 0)


SALE = {"sold_as": "both", "up_to0": "4", "price0": "8000", "more_satang": "1500", "deposit_percent": "30",
        "rest_due_days": "7"}  # fmt: skip


def test_private_prices_and_a_deposit_are_set(client, tour, owner):
    client.force_login(owner)
    client.post(reverse("tour_sale", args=[tour.public_id]), SALE)
    now = Tour.objects.get()
    assert (now.sold_as, now.private_more_satang, now.deposit_percent, now.rest_due_days) == ("both", 150000, 30, 7)
    assert list(PrivatePrice.objects.values_list("up_to", "price_satang")) == [(4, 800000)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"deposit_satang": "500"}, "deposit_satang"), ({"up_to0": "", "price0": ""}, "up_to0"),
        ({"up_to1": "4", "price1": "9000"}, "up_to0"), ({"deposit_percent": "100"}, "deposit_percent"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_at_its_field(client, tour, owner, typed, field):
    client.force_login(owner)
    answer = client.post(reverse("tour_sale", args=[tour.public_id]), SALE | typed)
    assert (list(answer.context["form"].errors), Tour.objects.get().sold_as) == ([field], "join_in")


# ------------------------------------------------------------------ codes
CODE = {"code": "ปีใหม่ new-year 69", "percent": "10", "off": "all", "minimum_satang": "", "first_day": "2026-12-01",
        "last_day": "2026-12-31", "limit": "5"}  # fmt: skip


def test_a_code_is_made_and_stopped_by_its_seller_alone(client, shop, owner, stranger, clock):
    client.force_login(owner)
    assert client.post(reverse("my_vouchers"), CODE).status_code == 302
    voucher = Voucher.objects.get()
    assert (voucher.code, voucher.percent, voucher.limit, Shop.objects.get(pk=shop.pk).has_vouchers) == (
        "NEWYEAR69", 10, 5, True,
    )  # fmt: skip
    assert (voucher.valid_from.isoformat(), voucher.valid_to.isoformat()) == (
        "2026-11-30T17:00:00+00:00", "2026-12-31T17:00:00+00:00",
    )  # fmt: skip
    client.force_login(stranger)
    assert client.post(reverse("stop_voucher", args=[voucher.public_id])).status_code == 404
    client.force_login(owner)
    client.post(reverse("stop_voucher", args=[voucher.public_id]))
    assert Voucher.objects.get().is_active is False


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "AB"}, "code"), ({"amount_satang": "50"}, "percent"), ({"percent": ""}, "percent"),
        ({"last_day": "2026-11-30"}, "last_day"), ({"limit": "0"}, "limit"),
    ],
)  # fmt: skip
def test_a_code_that_makes_no_sense_is_refused_at_its_field(client, shop, owner, clock, typed, field):
    client.force_login(owner)
    answer = client.post(reverse("my_vouchers"), CODE | typed)
    assert (list(answer.context["form"].errors), Voucher.objects.count()) == ([field], 0)


@pytest.mark.parametrize("number", [1, 3])
def test_more_codes_ask_no_more_questions(client, shop, owner, at, clock, number, django_assert_num_queries):
    for place in range(number):
        a_voucher(shop, at, code=f"CODE{place}")
    client.force_login(owner)
    with django_assert_num_queries(5):
        assert len(client.get(reverse("my_vouchers")).context["vouchers"]) == number


# ------------------------------------------------------------------ the basket
def test_a_guest_chooses_in_the_basket_and_pays_for_what_was_chosen(shopper, shop, tour, at):
    departure = a_departure(tour, starts_at=in_days(at, 5))
    lunch, pickup = an_extra(tour), a_pickup(tour)
    a_voucher(shop, at)
    shopper.choose(departure=departure, category=tour.prices.all()[0], quantity=2)
    (booking,) = shopper.get("/basket/").context["page"].bookings
    assert ([one.title for one in booking.extras], len(booking.pickups), len(booking.languages)) == (
        ["อาหารกลางวัน"], 2, 2,
    )  # fmt: skip
    line = f"{departure.public_id}.extra.{lunch.public_id}"
    sent = {
        "shop": shop.public_id, "line": line, "quantity": "1", f"pickup-{departure.public_id}": pickup.public_id,
        f"language-{departure.public_id}": "en", "voucher": "songkran",
    }  # fmt: skip
    shopper.post("/basket/", sent)
    page = shopper.get("/en/basket/").context["page"]
    assert (page.goods, page.discount, page.total, page.is_fine) == ("฿2,750", "-฿275", "฿2,475", True)
    order = shopper.order()
    assert (order.total_satang, [line.kind for line in order.lines.all()]) == (247500, ["seats", "extra", "pickup"])
    assert order.lines.all()[0].guide_language == "en"


def test_a_code_that_does_not_hold_is_said_at_its_field_and_kept(shopper, shop, tour, at):
    departure = a_departure(tour, starts_at=in_days(at, 5))
    a_voucher(shop, at)
    shopper.choose(departure=departure, category=tour.prices.all()[0], quantity=1)
    shopper.post("/basket/", {"shop": shop.public_id, "line": f"{departure.public_id}.{tour.prices.all()[0].public_id}",
                              "quantity": "1", "voucher": "WRONG"})  # fmt: skip
    page = shopper.get("/basket/").context["page"]
    assert (page.voucher, bool(page.voucher_problem), page.total, page.is_fine) == ("WRONG", True, "฿1,200", False)


def test_extras_leave_the_basket_with_the_last_seat(shopper, shop, tour, at):
    departure, lunch, adult = a_departure(tour, starts_at=in_days(at, 5)), an_extra(tour), tour.prices.all()[0]
    shopper.choose(departure=departure, category=adult, quantity=1)
    line = f"{departure.public_id}.extra.{lunch.public_id}"
    shopper.post("/basket/", {"shop": shop.public_id, "line": line, "quantity": "1"})
    shopper.choose(departure=departure, category=adult, quantity=0)
    assert shopper.get("/basket/").context.get("page") is None


def test_5_prices_that_a_browser_sends_are_never_read(shopper, shop, tour, at):
    departure, lunch = a_departure(tour, starts_at=in_days(at, 5)), an_extra(tour)
    shopper.choose(departure=departure, category=tour.prices.all()[0], quantity=1)
    line = f"{departure.public_id}.extra.{lunch.public_id}"
    shopper.post("/basket/", {"shop": shop.public_id, "line": line, "quantity": "1", "price": "1", "discount": "99999",
                              "unit_price_satang": "1", "deposit_satang": "1"})  # fmt: skip
    order = shopper.order(discount_satang="99999", due_now_satang="1", total="135000")
    assert (order.total_satang, order.due_now_satang, order.discount_satang) == (135000, 135000, 0)


@pytest.mark.parametrize(("sizes", "is_open"), [(0, False), (2, False), (3, True)])
def test_further_sizes_of_groups_are_folded_away_until_they_are_used(tour, sizes, is_open):
    for place in range(sizes):
        PrivatePrice.objects.create(tour=tour, up_to=2 * (place + 1), price_satang=100000)
    assert SaleForm(tour=tour).more_sizes_are_open is is_open
