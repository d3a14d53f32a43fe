"""Another date of the same tour: never without seats in between, the difference to the satang."""

from datetime import timedelta

import pytest

from ..actions.counter import ON_THE_DAY, sell_at_counter
from ..actions.deposits import drop_unpaid_rests, remind_of_rests
from ..actions.holds import expire_order
from ..actions.money import record_manual_payment
from ..actions.orders import NotOnSale, PriceChanged, SoldOut
from ..actions.reschedule import CannotMove, reschedule
from ..models import Departure, Order, OrderLine, PriceCategory
from ..queries.moves import can_move, dates_to_move_to
from ..queries.reconcile import differences
from . import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def tour(shop):
    return f.a_tour(shop)


@pytest.fixture
def first(tour, at):
    return f.a_departure(tour, starts_at=f.in_days(at, 5), capacity=4)


@pytest.fixture
def second(tour, at):
    return f.a_departure(tour, starts_at=f.in_days(at, 12), capacity=4)


@pytest.fixture
def order(shop, first, owner, at):
    """Paid: two adults, a child, a lap child, ฿3,000."""
    items = [f.seats(first, 2), f.seats(first, 1, category=1), f.seats(first, 1, category=2)]
    return paid(f.an_order(shop, *items, at=at), owner, at)


def paid(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)


def moved(order, first, second, at, *, by="buyer", difference=0):
    return reschedule(order=order, departure=first, to=second, by=by, at=at, shown_difference_satang=difference)


def taken(*departures):
    return [Departure.objects.get(pk=one.pk).taken for one in departures]


def test_the_seats_are_there_and_no_longer_here(order, first, second, at):
    order = moved(order, first, second, at)
    assert taken(first, second) == [0, 3]
    assert {line.departure for line in order.lines.all()} == {second}
    assert (order.status, order.total_satang, order.refund_due_satang, order.rest_due_at) == (
        "confirmed",
        300000,
        0,
        None,
    )
    assert differences(at) == []


def test_the_same_again_changes_nothing(order, first, second, at):
    for _time in range(2):
        order = moved(order, first, second, at)
    assert taken(first, second) == [0, 3]
    assert [note.kind for note in order.notes.all()].count("rescheduled_same") == 1


def test_a_full_date_leaves_everything_as_it_was(order, first, second, shop, at):
    f.an_order(shop, f.seats(second, 2), at=at)
    with pytest.raises(SoldOut):
        moved(order, first, second, at)
    assert taken(first, second) == [3, 2]
    assert {line.departure for line in order.lines.all()} == {first}


def test_holds_that_have_run_out_are_no_obstacle(order, first, second, shop, at):
    f.an_order(shop, f.seats(second, 4), at=at)
    later = at + timedelta(hours=1)
    moved(order, first, second, later)
    assert taken(first, second) == [0, 3]


def test_a_dearer_date_is_paid_within_a_day_and_the_seats_stay(order, first, second, at, owner):
    PriceCategory.objects.filter(name_en="Adult").update(price_satang=130000)
    order = moved(order, first, second, at, difference=20000)
    assert (order.total_satang, order.due_now_satang, order.refund_due_satang) == (320000, 300000, 0)
    assert order.rest_due_at == at + timedelta(days=1)
    order = record_manual_payment(order=order, by=owner, satang=20000, reference="rest", at=at)
    assert (order.status, order.received_satang, order.refund_due_satang) == ("confirmed", 320000, 0)


def test_a_cheaper_date_is_owed_back(order, first, second, at):
    PriceCategory.objects.filter(name_en="Adult").update(price_satang=100000)
    order = moved(order, first, second, at, difference=-40000)
    assert (order.total_satang, order.due_now_satang, order.refund_due_satang) == (260000, 260000, 40000)


def test_another_difference_than_was_shown_moves_nobody(order, first, second, at):
    PriceCategory.objects.filter(name_en="Adult").update(price_satang=130000)
    with pytest.raises(PriceChanged):
        moved(order, first, second, at, difference=0)
    assert taken(first, second) == [3, 0]


def test_by_moving_nobody_gets_back_to_a_higher_refund(order, first, second):
    half = first.starts_at - timedelta(hours=30)
    order = moved(order, first, second, half)
    assert [line.tiers for line in order.lines.all()] == [[[72, 50], [24, 50]]] * 3


def test_when_the_seller_moves_them_the_guests_terms_stay(order, first, second):
    late = first.starts_at - timedelta(hours=2)
    order = moved(order, first, second, late, by="seller")
    assert [line.tiers for line in order.lines.all()] == [[[72, 100], [24, 50]]] * 3


def test_past_the_last_tier_only_the_seller_moves_them(order, first, second):
    late = first.starts_at - timedelta(hours=2)
    with pytest.raises(CannotMove):
        moved(order, first, second, late)
    assert not can_move(order, list(order.lines.all()), late)
    assert can_move(order, list(order.lines.all()), late, by_seller=True)


def test_a_date_past_its_cut_off_is_open_to_the_seller_only(order, first, tour, at):
    soon = f.a_departure(tour, starts_at=at + timedelta(hours=3))
    with pytest.raises(NotOnSale):
        moved(order, first, soon, at)
    moved(order, first, soon, at, by="seller")
    assert taken(first, soon) == [0, 3]


def test_another_tours_date_is_none(order, first, shop, at):
    other = f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 8))
    with pytest.raises(CannotMove):
        moved(order, first, other, at, by="seller")


def test_who_has_not_paid_orders_anew_instead(shop, first, second, at):
    order = f.an_order(shop, f.seats(first, 2), at=at)
    with pytest.raises(CannotMove):
        moved(order, first, second, at)
    expire_order(order=order, at=at + timedelta(hours=1))
    with pytest.raises(CannotMove):
        moved(order, first, second, at)


def test_who_has_come_is_not_moved(order, first, second, at):
    OrderLine.objects.filter(pk=order.lines.all()[0].pk).update(arrived=1, checked_in_at=at)
    with pytest.raises(CannotMove):
        moved(order, first, second, at, by="seller")


def test_a_deposits_rest_moves_along_with_the_date(order, first, second, at):
    due = first.starts_at - timedelta(days=2)
    Order.objects.update(due_now_satang=100000, paid_satang=100000, rest_due_at=due)
    order = moved(Order.objects.get(), first, second, at)
    assert (order.due_now_satang, order.rest_due_at) == (100000, second.starts_at - timedelta(days=2))


def test_who_was_told_of_the_rest_is_reminded_anew_for_the_new_day(order, first, second, at):
    Order.objects.update(due_now_satang=100000, paid_satang=100000, rest_due_at=at, rest_told="overdue")
    order = moved(Order.objects.get(), first, second, at)
    assert drop_unpaid_rests(f.in_days(order.rest_due_at, 2)) == 0
    assert remind_of_rests(order.rest_due_at) == 1


def test_the_later_of_two_dates_moves_without_the_rest(shop, tour, first, second, owner, at):
    last = f.a_departure(tour, starts_at=f.in_days(at, 40))
    paid(f.an_order(shop, f.seats(first, 1), f.seats(second, 1), at=at), owner, at)
    Order.objects.update(due_now_satang=100000, paid_satang=100000, rest_due_at=f.in_days(at, 3))
    assert moved(Order.objects.get(), second, last, at).rest_due_at == f.in_days(at, 3)
    assert moved(Order.objects.get(), first, second, at).rest_due_at == f.in_days(at, 10)


@pytest.mark.parametrize("pay_by", ["on_the_day", "reseller"])
@pytest.mark.parametrize("dearer", [0, 10000])
def test_who_pays_on_the_day_or_to_a_reseller_is_moved_without_a_day_to_pay_until(
    shop, first, second, at, pay_by, dearer
):
    order = sell_at_counter(
        shop=shop, by=shop.owner, buyer=f.Buyer(name="แนน", phone=""), items=[f.seats(first, 2)], how=ON_THE_DAY,
        idempotency_key="counter-1", at=at,
    )  # fmt: skip
    Order.objects.update(pay_by=pay_by)
    PriceCategory.objects.filter(name_en="Adult").update(price_satang=120000 + dearer)
    order = moved(order, first, second, at, by="seller", difference=2 * dearer)
    assert (order.total_satang, order.rest_due_at) == (240000 + 2 * dearer, None)


@pytest.mark.parametrize("pay_by", ["on_the_day", "reseller", "on_delivery"])
def test_whose_money_has_no_day_is_neither_reminded_nor_dropped(order, at, pay_by):
    """Not even one that was given a day before."""
    Order.objects.update(pay_by=pay_by, due_now_satang=0, paid_satang=0, rest_due_at=at)
    later = at + timedelta(days=2)
    assert (remind_of_rests(later), drop_unpaid_rests(later)) == (0, 0)
    assert Order.objects.get().status == "confirmed"


def test_only_dates_with_room_for_the_party_are_offered(
    order, first, second, tour, shop, at, django_assert_num_queries
):
    f.a_departure(tour, starts_at=f.in_days(at, 9), capacity=2)
    f.a_departure(tour, starts_at=at + timedelta(hours=3))
    lines = list(order.lines.select_related("departure__tour"))
    with django_assert_num_queries(1):
        assert dates_to_move_to(lines, at) == [second]
