"""Extras, pick-up and language of guiding: priced by our rows, counted, kept in the order's lines."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ..actions.money import record_manual_payment
from ..actions.orders import NoSuchChoice, NotOnSale, SoldOut, cancel_order, expire_order
from ..models import Extra, ExtraCount, OrderLine, Tour
from ..queries.baskets import BadQuantity, BookingWish, Item, Wishes, basket
from .factories import (
    a_departure,
    a_pickup,
    a_product,
    a_shop,
    a_tour,
    an_extra,
    an_item_of,
    an_order,
    goods,
    in_days,
    seats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return a_shop()


@pytest.fixture
def tour(shop):
    return a_tour(shop, languages=["th", "en"])


@pytest.fixture
def departure(tour, at):
    return a_departure(tour, starts_at=in_days(at, 10))


def wishing(departure, **wish) -> Wishes:
    return Wishes(bookings=(BookingWish(departure=departure.public_id, **wish),))


def lines_of(order):
    return [(line.kind, line.name_en, line.quantity, line.unit_price_satang) for line in order.lines.all()]


def test_the_tours_page_says_what_can_be_added_and_where_guests_are_fetched(shop, departure, at, clock):
    an_extra(departure.tour)
    a_pickup(departure.tour)
    an_extra(departure.tour, name_en="Gone", is_active=False)
    page = Client().get(f"/en/s/{shop.slug}/tours/{departure.tour.public_id}/").context["page"]
    assert page.extras == ["Lunch · ฿150 per person"]
    assert page.pickups == ["Duangtawan Hotel · 45 minutes before the start · ฿100 per person"]


def test_the_calendar_begins_where_and_when_the_guest_is_fetched(shop, departure, at, clock):
    pickup = a_pickup(departure.tour)
    order = an_order(shop, seats(departure, 2), at=at, wishes=wishing(departure, pickup=pickup.public_id))
    order = record_manual_payment(order=order, by=shop.owner, satang=order.total_satang, reference="1", at=at)
    text = Client().get(f"/en/o/{order.secret}/calendar-1.ics").content.decode()
    fetched_at = departure.starts_at - timedelta(minutes=pickup.minutes_before)
    assert f"DTSTART:{fetched_at:%Y%m%dT%H%M%SZ}" in text
    assert f"LOCATION:{pickup.name_en}" in text


def test_an_order_holds_its_extras_and_its_pick_up(shop, departure, at):
    lunch, pickup = an_extra(departure.tour), a_pickup(departure.tour)
    wishes = wishing(departure, pickup=pickup.public_id, language="en")
    order = an_order(shop, seats(departure, 3), an_item_of(departure, lunch, 2), at=at, wishes=wishes)
    assert lines_of(order) == [
        ("seats", "Old town walk · Adult", 3, 120000), ("extra", "Lunch", 2, 15000),
        ("pickup", "Pick-up at Duangtawan Hotel, 11:15", 3, 10000),
    ]  # fmt: skip
    assert (order.total_satang, order.lines.get(kind="seats").guide_language) == (420000, "en")
    assert [line.tiers for line in order.lines.all()] == [[[72, 100], [24, 50]]] * 3


# ------------------------------------------------------------------ extras
@pytest.mark.parametrize(
    ("per", "most", "quantity", "fits"),
    [
        ("person", None, 2, True), ("person", None, 3, False), ("person", 1, 2, False), ("booking", None, 5, True),
        ("booking", 2, 2, True), ("booking", 2, 3, False),
    ],
)  # fmt: skip
def test_6_nobody_orders_more_of_an_extra_than_there_is_for_them(shop, departure, at, per, most, quantity, fits):
    extra = an_extra(departure.tour, per=per, most=most)
    items = [seats(departure, 2), an_item_of(departure, extra, quantity)]
    if fits:
        assert basket(shop=shop, items=items, at=at).goods_satang == 240000 + quantity * 15000
        return
    with pytest.raises(BadQuantity):
        basket(shop=shop, items=items, at=at)


def test_an_extra_goes_with_seats_of_its_own_tour(shop, departure, at):
    foreign, own = an_extra(a_tour(shop)), an_extra(departure.tour)
    gone = an_extra(departure.tour, is_active=False)
    for items in (
        [an_item_of(departure, own)],
        [seats(departure, 1), an_item_of(departure, foreign)],
        [seats(departure, 1), an_item_of(departure, gone)],
        [seats(departure, 1), Item(departure="nothing", extra=own.public_id, quantity=1)],
    ):
        with pytest.raises(NotOnSale):
            basket(shop=shop, items=items, at=at)


def test_a_limited_extra_is_never_sold_twice_and_comes_back(shop, departure, at):
    seat = an_extra(departure.tour, name_en="Child seat", per=Extra.Per.BOOKING, limit=2)
    first = an_order(shop, seats(departure, 1), an_item_of(departure, seat, 2), at=at)
    with pytest.raises(SoldOut) as refused:
        an_order(shop, seats(departure, 1), an_item_of(departure, seat, 1), at=at)
    assert (refused.value.name_en, refused.value.left, ExtraCount.objects.get().taken) == ("Child seat", 0, 2)
    expire_order(order=first, at=in_days(at, 1))
    second = an_order(shop, seats(departure, 1), an_item_of(departure, seat, 1), at=at)
    assert ExtraCount.objects.get().taken == 1
    cancel_order(order=second, by="buyer", at=at)
    assert (ExtraCount.objects.get().taken, ExtraCount.objects.get().capacity) == (0, 2)


def test_each_departure_has_its_own_number_of_a_limited_extra(shop, departure, at):
    seat = an_extra(departure.tour, per=Extra.Per.BOOKING, limit=1)
    other = a_departure(departure.tour, starts_at=in_days(at, 11))
    for one in (departure, other):
        an_order(shop, seats(one, 1), an_item_of(one, seat, 1), at=at)
    assert list(ExtraCount.objects.order_by("departure").values_list("departure", "taken", "capacity")) == [
        (departure.pk, 1, 1), (other.pk, 1, 1),
    ]  # fmt: skip


def test_extras_without_a_limit_are_counted_too(shop, departure, at):
    lunch = an_extra(departure.tour)
    an_order(shop, seats(departure, 2), an_item_of(departure, lunch, 2), at=at)
    assert list(ExtraCount.objects.values_list("taken", "capacity")) == [(2, ExtraCount.PLENTY)]


def test_the_database_refuses_an_extra_too_many(shop, departure):
    extra = an_extra(departure.tour, limit=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraCount.objects.create(departure=departure, extra=extra, capacity=1, taken=2)


# ------------------------------------------------------------------ pick-up and language
def test_a_pick_up_is_one_of_the_tours_own(shop, departure, at):
    foreign, gone = a_pickup(a_tour(shop)), a_pickup(departure.tour, is_active=False)
    for public_id in (foreign.public_id, gone.public_id, "nothing"):
        with pytest.raises(NoSuchChoice):
            basket(shop=shop, items=[seats(departure, 1)], wishes=wishing(departure, pickup=public_id), at=at)


def test_everybody_who_goes_is_fetched_and_pays_for_it(shop, departure, at):
    pickup = a_pickup(departure.tour, price_satang=5000)
    items = [seats(departure, 2), seats(departure, 1, category=2)]
    priced = basket(shop=shop, items=items, wishes=wishing(departure, pickup=pickup.public_id), at=at)
    assert [(line.quantity, line.total_satang) for line in priced.lines if line.pickup] == [(3, 15000)]


def test_a_wish_for_a_departure_that_is_not_in_the_basket_is_nothing(shop, departure, at):
    other = a_departure(departure.tour, starts_at=in_days(at, 11))
    wishes = wishing(other, pickup=a_pickup(departure.tour).public_id)
    assert len(basket(shop=shop, items=[seats(departure, 1)], wishes=wishes, at=at).lines) == 1


@pytest.mark.parametrize(
    ("spoken", "wish", "guided_in"),
    [(["th", "en"], "en", "en"), (["th", "en"], "", ""), (["th"], "", "th"), ([], "", "")],
)
def test_a_language_is_one_of_the_tours_own(shop, departure, at, spoken, wish, guided_in):
    Tour.objects.update(languages=spoken)
    (line,) = basket(shop=shop, items=[seats(departure, 1)], wishes=wishing(departure, language=wish), at=at).lines
    assert line.guide_language == guided_in


def test_a_language_that_nobody_speaks_is_refused(shop, departure, at):
    with pytest.raises(NoSuchChoice):
        basket(shop=shop, items=[seats(departure, 1)], wishes=wishing(departure, language="zh"), at=at)


# ------------------------------------------------------------------ as cheap as can be
@pytest.mark.parametrize("number", [1, 3])
def test_options_ask_two_questions_more_however_many_there_are(shop, tour, at, number, django_assert_num_queries):
    departures = [a_departure(tour, starts_at=in_days(at, 10 + day)) for day in range(number)]
    extra, pickup = an_extra(tour), a_pickup(tour)
    items = [item for one in departures for item in (seats(one, 1), an_item_of(one, extra, 1))]
    bookings = tuple(BookingWish(departure=one.public_id, pickup=pickup.public_id) for one in departures)
    with django_assert_num_queries(4):  # departures, terms, extras, pick-ups
        priced = basket(shop=shop, items=items, wishes=Wishes(bookings=bookings), at=at)
    assert len(priced.lines) == 3 * number


def test_a_line_is_exactly_one_thing(shop, departure, at):
    order = an_order(shop, seats(departure, 1), goods(a_product(shop)), at=at)
    extra = an_extra(departure.tour)
    for changes in ({"extra": extra}, {"kind": "extra"}, {"kind": "private"}, {"departure": None}, {"kind": "pickup"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderLine.objects.filter(order=order, kind="seats").update(**changes)
