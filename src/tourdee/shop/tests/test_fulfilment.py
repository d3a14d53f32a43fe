"""Sending goods and checking guests in."""

import pytest

from ..actions.arrivals import CannotCheckIn, check_in
from ..actions.fulfilment import CannotShip, ship_order
from ..actions.payments import record_manual_payment
from ..models import Order, OrderLine, Variant
from .factories import a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(owner, at):
    shop = a_shop(owner)
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    return an_order(shop, seats(departure, 1), goods(a_product(shop), 2), at=at)


@pytest.fixture
def paid(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="T1", at=at)


def ship(order, owner, at, carrier="ไปรษณีย์ไทย", tracking="EB123456789TH"):
    return ship_order(order=order, by=owner, at=at, carrier=carrier, tracking=tracking)


def test_sent_goods_leave_the_stock(paid, owner, at):
    order = ship(paid, owner, at)
    assert Variant.objects.values_list("stock", "reserved").get() == (3, 0)
    assert (order.shipped_at, order.tracking_number) == (at, "EB123456789TH")
    assert order.notes.last().text_th == "ส่งสินค้าแล้ว ไปรษณีย์ไทย เลขพัสดุ EB123456789TH"


def test_goods_are_sent_once_and_a_number_may_be_mended(paid, owner, at):
    for tracking in ("EB123456789TH", "EB123456789TH", "EB987654321TH"):
        ship(paid, owner, in_days(at, 1), tracking=tracking)
    assert Variant.objects.values_list("stock", "reserved").get() == (3, 0)
    order = Order.objects.get()
    assert (order.tracking_number, order.notes.filter(kind="shipped").count()) == ("EB987654321TH", 2)


def test_goods_may_be_handed_over_without_a_number(paid, owner, at):
    assert ship(paid, owner, at, carrier="ที่ร้าน", tracking="").notes.last().text_th == "ส่งมอบสินค้าแล้ว ที่ร้าน"


def test_nothing_unpaid_is_sent(order, owner, at):
    with pytest.raises(CannotShip):
        ship(order, owner, at)
    assert Variant.objects.values_list("stock", "reserved").get() == (5, 2)


def test_seats_cannot_be_sent(paid, owner, at):
    OrderLine.objects.filter(variant__isnull=False).delete()
    with pytest.raises(CannotShip):
        ship(paid, owner, at)


def test_guests_are_checked_in_once(paid, owner, at):
    line = paid.lines.get(departure__isnull=False)
    assert [check_in(line=line, by=owner, at=in_days(at, 5)) for _ in range(2)] == [True, False]
    line.refresh_from_db()
    assert (line.checked_in_at, paid.notes.filter(kind="checked_in").count()) == (in_days(at, 5), 1)


def test_neither_goods_nor_unpaid_guests_are_checked_in(order, paid, owner, at):
    with pytest.raises(CannotCheckIn):
        check_in(line=paid.lines.get(variant__isnull=False), by=owner, at=at)
    Order.objects.update(status="slip_review")
    with pytest.raises(CannotCheckIn):
        check_in(line=paid.lines.get(departure__isnull=False), by=owner, at=at)
