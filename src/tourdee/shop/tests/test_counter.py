"""Sold in person: a name is enough, cash or a transfer pays at once, the cut-off of the web does not hold the seller."""

from datetime import timedelta

import pytest

from ..actions.counter import CASH, LATER, TRANSFER, NotAtCounter, hand_over, sell_at_counter, take_counter_money
from ..actions.holds import expire_order
from ..actions.orders import PriceChanged
from ..models import Departure, Order, PaymentEvent, Variant
from ..queries.reconcile import differences
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)  # money is committed before it is applied
WALK_IN = f.Buyer(name="ลูกค้าหน้าร้าน", phone="")


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=at + timedelta(hours=3), capacity=4)


def sold(shop, *items, at, how=CASH, key="counter-1", **more):
    return sell_at_counter(
        shop=shop, by=shop.owner, buyer=WALK_IN, items=items, how=how, idempotency_key=key, at=at, **more
    )  # fmt: skip


@pytest.mark.parametrize("how", [CASH, TRANSFER])
def test_money_in_the_hand_makes_it_paid_at_once_after_the_cut_off(shop, departure, at, how):
    order = sold(shop, f.seats(departure, 2), at=at, how=how)
    assert (order.status, order.channel, order.pay_by, order.paid_satang) == ("confirmed", "counter", "counter", 240000)
    assert PaymentEvent.objects.get().payload == {"how": how}
    assert differences(at) == []


def test_sent_twice_it_is_sold_once_and_paid_once(shop, departure, at):
    for _time in range(2):
        order = sold(shop, f.seats(departure, 2), at=at)
    assert (Order.objects.count(), PaymentEvent.objects.count(), order.paid_satang) == (1, 1, 240000)
    assert Departure.objects.get().taken == 2


def test_who_scans_the_code_has_half_an_hour(shop, departure, at):
    order = sold(shop, f.seats(departure, 2), at=at, how=LATER)
    assert (order.status, order.expires_at) == ("awaiting_payment", at + timedelta(minutes=30))
    order = take_counter_money(order=order, by=shop.owner, how=TRANSFER, at=at + timedelta(minutes=5))
    assert (order.status, order.paid_satang) == ("confirmed", 240000)


def test_the_button_pressed_twice_takes_the_money_once(shop, departure, at):
    order = sold(shop, f.seats(departure, 2), at=at, how=LATER)
    for _time in range(2):
        order = take_counter_money(order=order, by=shop.owner, how=CASH, at=at)
    assert (order.paid_satang, order.refund_due_satang) == (240000, 0)


def test_money_after_the_half_hour_takes_the_seats_anew(shop, departure, at):
    order = sold(shop, f.seats(departure, 2), at=at, how=LATER)
    later = at + timedelta(minutes=31)
    expire_order(order=order, at=later)
    order = take_counter_money(order=order, by=shop.owner, how=CASH, at=later)
    assert (order.status, Departure.objects.get().taken) == ("confirmed", 2)


def test_another_price_than_the_seller_saw_is_not_taken(shop, departure, at):
    with pytest.raises(PriceChanged):
        sold(shop, f.seats(departure, 2), at=at, shown_satang=1)
    assert not Order.objects.exists()


def test_money_of_a_web_order_is_not_taken_at_the_counter(shop, at):
    order = f.an_order(shop, f.goods(f.a_product(shop)), at=at)
    with pytest.raises(NotAtCounter):
        take_counter_money(order=order, by=shop.owner, how=CASH, at=at)


def test_goods_go_over_the_counter(shop, at):
    cloth = f.a_product(shop, stock=3)
    order = sold(shop, f.goods(cloth, 2), at=at)
    hand_over(order=order, by=shop.owner, at=at)
    order.refresh_from_db()
    variant = Variant.objects.get()
    assert (order.total_satang, order.shipping_satang) == (70000, 0)
    assert (order.shipped_at, variant.stock, variant.reserved) == (at, 1, 0)


def test_a_free_workshop_needs_no_money(shop, at):
    tour = f.a_tour(shop)
    tour.prices.update(price_satang=0)
    departure = f.a_departure(tour, starts_at=at + timedelta(hours=3))
    assert sold(shop, f.seats(departure, 2), at=at).status == "confirmed"
    assert not PaymentEvent.objects.exists()
