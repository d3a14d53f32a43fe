"""How holds end."""

from datetime import timedelta

import pytest

from ..actions.holds import HOLD, expire_order, expire_stale_orders, locked, move
from ..actions.orders import cancel_order
from ..actions.payments import receive_slip, record_manual_payment
from ..models import Departure, Order, Variant
from ..periodic import end_stale_holds
from .factories import a_departure, a_product, a_shop, a_slip, a_tour, an_order, goods, in_days, seats
from .rivals import meanwhile

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def order(shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    return an_order(shop, seats(departure, 2), goods(a_product(shop), 3), at=at)


def counters():
    return Departure.objects.get().taken, Variant.objects.get().reserved


def test_a_hold_lasts_for_twenty_minutes_and_not_a_second_more(order, at):
    assert timedelta(minutes=20) == HOLD
    assert not expire_order(order=order, at=at + HOLD - SECOND)
    assert counters() == (2, 3)
    assert expire_order(order=order, at=at + HOLD)
    assert (counters(), order.status, order.ended_at) == ((0, 0), Order.Status.EXPIRED, at + HOLD)
    assert order.notes.last().text_en == "Not paid in time; seats and goods are free again."


def test_a_hold_ends_once(order, at):
    stale = Order.objects.get(pk=order.pk)
    assert expire_order(order=order, at=at + HOLD)
    assert not expire_order(order=stale, at=at + HOLD)
    assert (counters(), order.notes.filter(kind="expired").count()) == ((0, 0), 1)


@pytest.mark.parametrize(
    ("rival", "status", "left"),
    [
        (lambda order, owner, at: receive_slip(order=order, upload=a_slip(), at=at), "slip_review", (2, 3)),
        (
            lambda order, owner, at: record_manual_payment(
                order=order, by=owner, satang=order.total_satang, reference="1", at=at
            ),
            "confirmed",
            (2, 3),
        ),
        (lambda order, owner, at: cancel_order(order=order, by="buyer", at=at), "cancelled", (0, 0)),
    ],
)
def test_whoever_is_quicker_than_the_end_of_the_hold_wins(rival, status, left, order, owner, at):
    """The sweep has read the order; before it acts, the buyer or the seller does."""
    late = at + HOLD + SECOND
    with meanwhile("tourdee.shop.actions.holds.expire_order", lambda: rival(order, owner, late)):
        assert expire_stale_orders(late) == 0
    order.refresh_from_db()
    assert (order.status, counters()) == (status, left)


def test_the_sweep_ends_every_stale_hold_and_no_other(shop, order, at):
    departure = Departure.objects.get()
    an_order(shop, seats(departure, 1), at=at)
    young = an_order(shop, seats(departure, 1), at=at + SECOND)
    assert end_stale_holds(at + HOLD) == 2
    assert list(Order.objects.filter(status="awaiting_payment")) == [young]
    assert counters() == (1, 0)


def test_one_hold_that_cannot_end_does_not_keep_the_others(shop, order, at):
    """Its counter was set wrong by hand: the order stays as it is, the books say so, the rest comes free."""
    second = an_order(shop, seats(Departure.objects.get(), 1), at=at)
    Variant.objects.update(reserved=0)
    assert expire_stale_orders(at + HOLD) == 1
    assert [Order.objects.get(pk=one.pk).status for one in (order, second)] == ["awaiting_payment", "expired"]
    assert Departure.objects.get().taken == 2


def test_a_status_changes_only_from_what_was_read(order, at):
    read = locked(order)
    Order.objects.update(status="cancelled")
    assert not move(read, to="confirmed", paid_satang=1)
    assert (read.status, Order.objects.get().status) == ("awaiting_payment", "cancelled")
