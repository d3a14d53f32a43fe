"""Placing orders."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tourdee.core.models import AuditLine

from ..actions import orders
from ..actions.orders import (
    HOLD,
    KeyReused,
    place_order,
)
from ..models import Departure, Order, OrderLine, PriceCategory, Tour
from .factories import (
    a_buyer,
    a_departure,
    a_product,
    a_shop,
    a_tour,
    goods,
    in_days,
    seats,
    without_tasks,
)
from .rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5))


def place(shop, *items, at, key="one-form", buyer=None, **more):
    return place_order(shop=shop, buyer=buyer or a_buyer(), items=items, idempotency_key=key, at=at, **more)


# ------------------------------------------------------------------ what an order is
def test_an_order_freezes_what_was_agreed(shop, departure, at):
    order = place(shop, seats(departure, 2), at=at)
    line = order.lines.get()
    assert (line.name_th, line.name_en) == ("เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่", "Old town walk · Adult")
    assert (line.quantity, line.seats, line.unit_price_satang) == (2, 2, 120000)
    assert line.tiers == [[72, 100], [24, 50]]
    assert (order.status, order.expires_at) == (Order.Status.AWAITING_PAYMENT, at + HOLD)
    assert (order.payee_promptpay, order.payee_name) == ("0812345678", shop.business.promptpay_name)
    Tour.objects.update(name_th="ชื่อใหม่")
    PriceCategory.objects.update(price_satang=1)
    assert OrderLine.objects.values_list("name_th", "unit_price_satang").get() == ("เดินเมืองเก่าเชียงใหม่ · ผู้ใหญ่", 120000)


def test_categories_draw_on_one_counter_and_a_lap_child_takes_no_seat(shop, departure, at):
    order = place(shop, seats(departure, 2), seats(departure, 1, 1), seats(departure, 1, 2), at=at)
    assert (order.total_satang, Departure.objects.get().taken) == (300000, 3)


def test_the_lines_of_a_date_stand_as_the_seller_wrote_them_down(shop, departure, at):
    """Not by their public ids, which are drawn (a ticket began with the child, or with the grown-up, by chance), nor in the
    order in which they were first written."""
    for place_now, row in enumerate(PriceCategory.objects.filter(tour=departure.tour).order_by("-pk")):
        PriceCategory.objects.filter(pk=row.pk).update(public_id="cba"[place_now] * 16, position=place_now)
    order = place(shop, *(seats(departure, 1, position) for position in (2, 0, 1)), at=at)
    assert [line.category.position for line in order.lines.order_by("id")] == [0, 1, 2]


def test_of_several_dates_the_earliest_stands_first(shop, departure, at):
    later = a_departure(departure.tour, starts_at=departure.starts_at + timedelta(days=1))
    Departure.objects.filter(pk=departure.pk).update(public_id="z" * 16)
    Departure.objects.filter(pk=later.pk).update(public_id="a" * 16)
    departure.refresh_from_db()
    later.refresh_from_db()
    order = place(shop, seats(later, 1), seats(departure, 1), at=at)
    assert [line.departure for line in order.lines.order_by("id")] == [departure, later]


def test_shipping_is_asked_once_and_only_with_goods(shop, departure, at):
    variant = a_product(shop)
    both = place(shop, goods(variant, 2), seats(departure, 1), at=at)
    assert (both.goods_satang, both.shipping_satang) == (190000, 5000)
    assert place(shop, seats(departure, 1), at=at, key="two").shipping_satang == 0


def test_the_order_is_told_to_the_buyer_and_to_the_log(shop, departure, at):
    order = place(shop, seats(departure, 1), at=at)
    note = order.notes.get()
    assert (note.text_th, note.text_en) == (
        "สั่งซื้อแล้ว ยอด ฿1,200 เก็บที่ไว้ให้ถึง 12.20 น.",
        "Order placed, ฿1,200. Held until 23 Nov 2026 12:20.",
    )
    line = AuditLine.objects.get(subject_id=order.public_id)
    assert (line.act, line.text) == ("order.placed", f"{order.code}: {note.text_th}")


def test_an_order_that_costs_nothing_is_confirmed_at_once(shop, at):
    departure = a_departure(a_tour(shop, kind="workshop"), starts_at=in_days(at, 5))
    PriceCategory.objects.update(price_satang=0)
    order = place(shop, seats(departure, 1), at=at)
    assert (order.status, order.confirmed_at) == (Order.Status.CONFIRMED, at)
    assert order.notes.get().kind == "placed_free"


def test_the_same_thing_twice_in_a_basket_is_one_line(shop, departure, at):
    order = place(shop, seats(departure, 1), seats(departure, 2), at=at)
    assert order.lines.get().quantity == 3


def test_placing_an_order_takes_few_queries(shop, departure, at):
    items = [seats(departure, 2), seats(departure, 1, 1)]
    with CaptureQueriesContext(connection) as queries:
        place(shop, *items, at=at)
    assert len(without_tasks(queries)) == 13


# ------------------------------------------------------------------ once
def test_the_same_form_twice_is_one_order(shop, departure, at):
    buyer = a_buyer()
    first = place(shop, seats(departure, 1), at=at, buyer=buyer)
    again = place(shop, seats(departure, 1), at=in_days(at, 1), buyer=buyer)
    assert (again, Order.objects.count(), Departure.objects.get().taken) == (first, 1, 1)


def test_the_same_form_is_one_order_even_when_nothing_is_left_for_a_second(shop, departure, at):
    buyer = a_buyer()
    first = place(shop, seats(departure, 10), at=at, buyer=buyer)
    Tour.objects.update(status="hidden")
    assert place(shop, seats(departure, 10), at=at, buyer=buyer) == first


@pytest.mark.parametrize("wanted", [1, 10])
def test_a_double_click_in_the_same_instant_is_one_order(wanted, shop, departure, at):
    """The other half of the click gets in after this one has looked and found nothing. With one seat this one fails at
    the key, with all ten at the seats."""
    buyer = a_buyer()

    def other_half():
        return place(shop, seats(departure, wanted), at=at, buyer=buyer)

    with meanwhile("tourdee.shop.actions.orders._place", other_half) as other:
        mine = place(shop, seats(departure, wanted), at=at, buyer=buyer)
    assert ([mine], Order.objects.count(), Departure.objects.get().taken) == (other, 1, wanted)


def test_the_key_is_the_shops_own(shop, departure, at):
    elsewhere = a_shop()
    place(shop, seats(departure, 1), at=at)
    place(elsewhere, goods(a_product(elsewhere), 1), at=at)
    assert Order.objects.count() == 2


def test_the_same_key_with_another_basket_or_buyer_is_refused(shop, departure, at):
    buyer = a_buyer()
    place(shop, seats(departure, 1), at=at, buyer=buyer)
    for items, who in (([seats(departure, 2)], buyer), ([seats(departure, 1)], a_buyer())):
        with pytest.raises(KeyReused):
            place(shop, *items, at=at, buyer=who)
    assert Departure.objects.get().taken == 1


def test_a_code_that_was_drawn_before_is_drawn_again(shop, departure, at, monkeypatch):
    first = place(shop, seats(departure, 1), at=at)
    codes = iter([first.code, "NEWCODE2"])
    monkeypatch.setattr(Order._meta.get_field("code"), "_get_default", lambda: next(codes))
    second = place(shop, seats(departure, 1), at=at, key="two")
    assert (second.code, Departure.objects.get().taken) == ("NEWCODE2", 2)


def test_an_order_that_can_never_be_written_ends_in_try_again(shop, departure, at, monkeypatch):
    def broken(_row):
        raise IntegrityError

    monkeypatch.setattr(orders, "insert", broken)
    with pytest.raises(orders.TryAgain):
        place(shop, seats(departure, 1), at=at)
    assert Departure.objects.get().taken == 0
