"""Paid orders without a seat."""

import pytest

from ..actions.holds import HOLD, expire_order
from ..actions.orders import cancel_order
from ..actions.payments import CannotResolve, NothingLeft, record_manual_payment, resolve_paid_no_seat
from ..models import Departure, Order
from ..queries.selling import other_dates
from .factories import a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=2)


@pytest.fixture
def stranded(shop, departure, owner, at):
    """Paid after its hold ran out, when somebody else had the seats."""
    order = an_order(shop, seats(departure, 2), at=at)
    expire_order(order=order, at=at + HOLD)
    an_order(shop, seats(departure, 2), at=at + HOLD)
    return record_manual_payment(order=order, by=owner, satang=240000, reference="T1", at=at + HOLD)


def resolve(order, owner, at, **how):
    order = resolve_paid_no_seat(order=order, by=owner, at=at, **how)
    return order.status, order.refund_due_satang


def test_another_date_confirms_the_order(stranded, departure, owner, at):
    other = a_departure(departure.tour, starts_at=in_days(at, 6))
    assert resolve(stranded, owner, at + HOLD, departure=other) == ("confirmed", 0)
    assert stranded.lines.get().departure == other
    assert list(Departure.objects.order_by("starts_at").values_list("taken", flat=True)) == [2, 2]
    assert stranded.notes.last().text_en == "Moved to 29 Nov 2026 12:00; the order is confirmed."


@pytest.mark.parametrize(("days", "due"), [(15, 13), (4, 2), (2, 1), (0.5, 0.5)])
def test_the_rest_of_a_deposit_moves_along_with_the_date(stranded, departure, owner, at, days, due):
    """Not within a day, and never after the start."""
    Order.objects.filter(pk=stranded.pk).update(due_now_satang=72000, paid_satang=72000, rest_due_at=in_days(at, 3))
    other = a_departure(departure.tour, starts_at=in_days(at, days))
    assert resolve(stranded, owner, at, departure=other) == ("confirmed", 0)
    assert Order.objects.get(pk=stranded.pk).rest_due_at == in_days(at, due)


def test_another_date_without_room_changes_nothing(stranded, departure, owner, at):
    other = a_departure(departure.tour, starts_at=in_days(at, 6), capacity=1)
    with pytest.raises(NothingLeft) as refusal:
        resolve(stranded, owner, at, departure=other)
    assert (refusal.value.left, stranded.lines.get().departure) == (1, departure)
    assert Order.objects.get(pk=stranded.pk).status == "paid_no_seat"


@pytest.fixture
def two_dates(shop, departure, owner, at):
    """Paid for two dates of one tour after the hold ran out, when somebody else had the seats of the first."""
    second = a_departure(departure.tour, starts_at=in_days(at, 8))
    order = an_order(shop, seats(departure, 2), seats(second, 2), at=at)
    expire_order(order=order, at=at + HOLD)
    an_order(shop, seats(departure, 2), at=at + HOLD)
    return record_manual_payment(order=order, by=owner, satang=480000, reference="T1", at=at + HOLD)


def dates_of(order):
    return [line.departure for line in order.lines.order_by("departure__starts_at")]


def test_of_two_dates_only_the_one_without_room_is_moved(two_dates, departure, owner, at):
    second, other = dates_of(two_dates)[1], a_departure(departure.tour, starts_at=in_days(at, 20))
    assert resolve(two_dates, owner, at + HOLD, departure=other) == ("confirmed", 0)
    assert dates_of(two_dates) == [second, other]
    assert list(Departure.objects.order_by("starts_at").values_list("taken", flat=True)) == [2, 2, 2]


def test_of_two_dates_with_room_none_is_moved(two_dates, departure, owner, at):
    before, other = dates_of(two_dates), a_departure(departure.tour, starts_at=in_days(at, 20))
    Departure.objects.filter(pk=departure.pk).update(capacity=9)
    with pytest.raises(CannotResolve):
        resolve(two_dates, owner, at + HOLD, departure=other)
    assert resolve(two_dates, owner, at + HOLD, departure=departure) == ("confirmed", 0)
    assert dates_of(two_dates) == before


def test_two_dates_without_room_are_not_made_one(two_dates, departure, owner, at):
    before, other = dates_of(two_dates), a_departure(departure.tour, starts_at=in_days(at, 20))
    Departure.objects.filter(pk=before[1].pk).update(capacity=1)
    with pytest.raises(NothingLeft):
        resolve(two_dates, owner, at + HOLD, departure=other)
    assert dates_of(two_dates) == before


def test_a_date_of_another_tour_is_refused(stranded, shop, owner, at):
    with pytest.raises(CannotResolve):
        resolve(stranded, owner, at, departure=a_departure(a_tour(shop), starts_at=in_days(at, 6)))


def test_the_same_seats_when_they_are_free_again(stranded, shop, departure, owner, at):
    with pytest.raises(NothingLeft):
        resolve(stranded, owner, at)
    cancel_order(order=Order.objects.exclude(pk=stranded.pk).get(), by="buyer", at=at)
    assert resolve(stranded, owner, at) == ("confirmed", 0)


def test_a_refund_owes_everything_back(stranded, owner, at):
    assert resolve(stranded, owner, at, refund=True) == ("cancelled", 240000)
    assert Departure.objects.get().taken == 2


def test_the_buyer_may_cancel_and_gets_everything_back(stranded, at):
    order = cancel_order(order=stranded, by="buyer", at=in_days(at, 4.9))
    assert (order.status, order.refund_due_satang) == ("cancelled", 240000)


def test_more_money_is_kept_and_what_is_too_much_owed_when_it_is_settled(stranded, departure, owner, at):
    order = record_manual_payment(order=stranded, by=owner, satang=10000, reference="T2", at=at)
    assert (order.status, order.paid_satang, order.refund_due_satang) == ("paid_no_seat", 250000, 0)
    other = a_departure(departure.tour, starts_at=in_days(at, 6))
    assert resolve(order, owner, at, departure=other) == ("confirmed", 10000)


def test_part_of_the_price_is_settled_into_a_hold(shop, departure, owner, at):
    order = an_order(shop, seats(departure, 2), at=at)
    expire_order(order=order, at=at + HOLD)
    Departure.objects.update(taken=2)
    order = record_manual_payment(order=order, by=owner, satang=1000, reference="T1", at=at)
    assert order.status == "paid_no_seat"
    Departure.objects.update(taken=0)
    assert resolve(order, owner, at) == ("slip_review", 0)


def test_goods_that_came_in_again_confirm_the_order(shop, owner, at):
    variant = a_product(shop, stock=1)
    order = an_order(shop, goods(variant, 1), at=at)
    expire_order(order=order, at=at + HOLD)
    variant.__class__.objects.update(stock=0)
    order = record_manual_payment(order=order, by=owner, satang=40000, reference="T1", at=at + HOLD)
    assert order.status == "paid_no_seat"
    variant.__class__.objects.update(stock=1)
    assert resolve(order, owner, at) == ("confirmed", 0)


def test_an_order_that_has_its_seats_is_left_alone(shop, departure, owner, at):
    order = an_order(shop, seats(departure, 2), at=at)
    for how in ({}, {"refund": True}):
        with pytest.raises(CannotResolve):
            resolve(order, owner, at, **how)


def test_of_two_dates_the_one_without_room_is_moved_and_only_its_seats_need_room(shop, departure, owner, at):
    second = a_departure(departure.tour, starts_at=in_days(at, 6), capacity=3)
    small, none = (a_departure(departure.tour, starts_at=in_days(at, days), capacity=days - 6) for days in (8, 7))
    order = an_order(shop, seats(departure, 2), seats(second, 3), at=at)
    expire_order(order=order, at=at + HOLD)
    an_order(shop, seats(departure, 1), at=at + HOLD)
    order = record_manual_payment(order=order, by=owner, satang=600000, reference="T1", at=at + HOLD)
    assert (order.status, small in other_dates(order, at), none in other_dates(order, at)) == (
        "paid_no_seat",
        True,
        False,
    )
    assert resolve(order, owner, at + HOLD, departure=small) == ("confirmed", 0)
