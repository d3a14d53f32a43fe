"""Too few guests: what was said beforehand is done at the cut-off, once."""

from datetime import timedelta

import pytest

from tourdee.core.models import AuditLine

from ..actions import groups
from ..actions.cancelled_departures import cancel_departure, finish_cancelled_departures
from ..actions.orders import NotOnSale, cancel_order
from ..actions.payments import record_manual_payment
from ..models import Departure, Order
from ..queries.groups import groups_to_decide, minimum_promise, small_groups
from . import factories as f


@pytest.fixture
def tour(owner):
    return f.a_tour(f.a_shop(owner), minimum_group=4)


@pytest.fixture
def departure(tour, at):
    return f.a_departure(tour, starts_at=f.in_days(at, 5))


@pytest.fixture
def cut_off(departure):
    return departure.starts_at - timedelta(hours=24)


def paid(departure, seats, at, *more):
    order = f.an_order(departure.tour.shop, f.seats(departure, seats), *more, at=at)
    return record_manual_payment(
        order=order, by=departure.tour.shop.owner, satang=order.total_satang, reference=order.code, at=at
    )


def promise(tour, outcome):
    tour.if_too_few = outcome
    tour.save()


def state(departure):
    departure.refresh_from_db()
    return departure.status, departure.decision, departure.taken


def test_enough_guests_are_enough(departure, at, cut_off):
    paid(departure, 4, at)
    assert groups.decide_due_groups(cut_off - timedelta(seconds=1)) == 0
    assert groups.decide_due_groups(cut_off) == 1
    assert state(departure) == ("open", "enough", 4)


def test_nobody_booked_is_no_drama(departure, at, cut_off):
    assert groups.decide_due_groups(cut_off) == 1
    assert state(departure) == ("open", "none", 0)


def test_a_hold_that_may_still_be_paid_is_waited_for(departure, at, cut_off):
    paid(departure, 3, at)
    f.an_order(departure.tour.shop, f.seats(departure, 1), at=cut_off - timedelta(minutes=5))
    assert groups.decide_due_groups(cut_off) == 0
    assert groups.decide_due_groups(cut_off + timedelta(minutes=20)) == 1
    assert state(departure)[1] == "refund"


def test_refund_owes_everything_to_everybody_once(departure, at, cut_off):
    orders = [paid(departure, 2, at), paid(departure, 1, at)]
    assert groups.decide_due_groups(cut_off) == 1
    assert groups.decide_due_groups(cut_off) == 0
    assert state(departure) == ("cancelled", "refund", 0)
    assert [(one.status, one.refund_due_satang) for one in Order.objects.order_by("pk")] == [
        ("cancelled", order.total_satang) for order in orders
    ]
    assert AuditLine.objects.filter(act="departure.cancelled").count() == 1


def test_go_anyway_tells_each_guest_once(departure, at, cut_off, deliver_events, mailoutbox):
    promise(departure.tour, "go")
    order = paid(departure, 2, at)
    deliver_events()
    mailoutbox.clear()
    for _again in range(2):
        groups.decide_due_groups(cut_off)
    deliver_events()
    assert state(departure) == ("open", "go", 2)
    assert list(order.notes.filter(kind="group_goes").values_list("text_en", flat=True)) == [
        "Fewer guests than planned, but it goes ahead as booked."
    ]
    assert [mail.subject for mail in mailoutbox] == [f"Order {order.code}: your tour goes ahead"]


def test_other_dates_are_offered_and_one_is_chosen(departure, at, cut_off):
    promise(departure.tour, "move")
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 9), capacity=3)
    order = paid(departure, 2, at)
    groups.decide_due_groups(cut_off)
    assert state(departure) == ("closed", "move", 2)
    moved = groups.choose_other_date(order=order, departure=departure, to=other, at=cut_off + timedelta(hours=1))
    assert (state(departure)[2], state(other)[2]) == (0, 2)
    assert [(line.departure, line.unit_price_satang) for line in moved.lines.all()] == [(other, 120000)]
    with pytest.raises(groups.CannotMove):
        groups.choose_other_date(order=order, departure=departure, to=other, at=cut_off + timedelta(hours=1))


def test_the_rest_of_a_deposit_moves_along_to_the_chosen_date(departure, at, cut_off):
    promise(departure.tour, "move")
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 15))
    order = paid(departure, 2, at)
    Order.objects.update(due_now_satang=72000, paid_satang=72000, rest_due_at=f.in_days(at, 3), rest_told="overdue")
    groups.decide_due_groups(cut_off)
    assert state(departure) == ("closed", "move", 2)
    moved = groups.choose_other_date(order=order, departure=departure, to=other, at=cut_off)
    assert (moved.rest_due_at, moved.rest_told) == (f.in_days(at, 13), "")


def test_who_has_paid_for_a_small_group_has_no_day_to_pay_until(departure, at, cut_off):
    promise(departure.tour, "move")
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 15))
    order = paid(departure, 2, at)
    groups.decide_due_groups(cut_off)
    assert state(departure) == ("closed", "move", 2)
    assert groups.choose_other_date(order=order, departure=departure, to=other, at=cut_off).rest_due_at is None


@pytest.mark.parametrize("columns", [{"capacity": 1}, {"status": "closed"}, {"decision": "move"}])
def test_only_dates_with_room_can_be_chosen(departure, at, cut_off, columns):
    promise(departure.tour, "move")
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 9), **columns)
    order = paid(departure, 2, at)
    groups.decide_due_groups(cut_off)
    with pytest.raises(groups.CannotMove):
        groups.choose_other_date(order=order, departure=departure, to=other, at=cut_off)
    assert (state(departure)[2], state(other)[2]) == (2, 0)


def test_a_date_of_another_tour_cannot_be_chosen(departure, at, cut_off):
    promise(departure.tour, "move")
    stranger = f.a_departure(starts_at=f.in_days(at, 9))
    order = paid(departure, 2, at)
    groups.decide_due_groups(cut_off)
    with pytest.raises(groups.CannotMove):
        groups.choose_other_date(order=order, departure=departure, to=stranger, at=cut_off)


def test_who_does_not_choose_in_time_gets_everything_back(departure, at, cut_off):
    promise(departure.tour, "move")
    order = paid(departure, 2, at)
    groups.decide_due_groups(cut_off)
    assert groups.end_answer_times(cut_off + timedelta(hours=47)) == 0
    assert groups.end_answer_times(cut_off + timedelta(hours=48)) == 1
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang, state(departure)[0]) == ("cancelled", 240000, "cancelled")


@pytest.mark.parametrize("outcome", ["refund", "move", "go"])
def test_a_clock_that_looked_before_the_seller_decided_keeps_to_it_too(departure, at, cut_off, outcome):
    promise(departure.tour, outcome)
    order = paid(departure, 2, at)
    [looked_at] = groups_to_decide(cut_off)
    groups.carry_out(departure=departure, outcome="go", by=departure.tour.shop.owner, at=cut_off)
    assert groups.decide_group(departure=looked_at, at=cut_off) is False
    order.refresh_from_db()
    assert (state(departure), order.status) == (("open", "go", 2), "confirmed")


def test_the_seller_may_decide_before_and_the_clock_keeps_to_it(departure, at, cut_off):
    paid(departure, 2, at)
    groups.carry_out(departure=departure, outcome="go", by=departure.tour.shop.owner, at=at)
    assert groups.decide_due_groups(cut_off) == 0
    assert state(departure) == ("open", "go", 2)
    with pytest.raises(groups.DecidedBefore):
        groups.carry_out(departure=departure, outcome="move", by=departure.tour.shop.owner, at=at)


def test_the_seller_sees_a_small_group_coming(departure, at):
    paid(departure, 2, at)
    assert small_groups(departure.tour.shop_id, at - timedelta(days=1)) == []
    seen = small_groups(departure.tour.shop_id, at + timedelta(hours=1))
    assert [(one.departure, one.booked, one.missing) for one in seen] == [(departure, 2, 2)]
    assert small_groups(f.a_shop().pk, at) == []


def test_the_promise_is_said_with_its_moment(departure):
    said = "ถ้ามีผู้จองไม่ถึง 4 คน รอบนี้ไม่ออก และคุณได้เงินคืนเต็มจำนวน ทราบผลวันที่ 27 พ.ย. 2569 เวลา 12.00 น."
    assert minimum_promise(departure) == said


# ------------------------------------------------------------------ the whole date
def test_a_cancelled_date_owes_everybody_everything(departure, at):
    first, second = paid(departure, 2, at), paid(departure, 3, at)
    unpaid = f.an_order(departure.tour.shop, f.seats(departure, 1), at=at)
    cancel_order(order=second, by="buyer", at=at + timedelta(days=3))
    owed = Order.objects.get(pk=second.pk).refund_due_satang
    owner = departure.tour.shop.owner
    assert cancel_departure(departure=departure, by=owner, reason="น้ำขึ้นสูง", at=at) == 2
    assert cancel_departure(departure=departure, by=owner, reason="อีกครั้ง", at=at) == 0
    assert state(departure)[0::2] == ("cancelled", 0)
    found = {one.pk: (one.status, one.refund_due_satang) for one in Order.objects.all()}
    assert found == {
        first.pk: ("cancelled", 240000), second.pk: ("cancelled", owed), unpaid.pk: ("cancelled", 0),
    }  # fmt: skip
    assert "น้ำขึ้นสูง" in first.notes.get(kind="cancelled_by_seller").text_th


def test_what_else_is_in_an_order_stays(departure, at):
    """Goods and another date are none of this date's business."""
    variant = f.a_product(departure.tour.shop)
    other = f.a_departure(departure.tour, starts_at=f.in_days(at, 9))
    order = paid(departure, 2, at, f.seats(other, 1), f.goods(variant, 1))
    cancel_departure(departure=departure, by=None, reason="ฝน", at=at)
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("confirmed", 240000)
    assert [line.departure for line in order.lines.all()] == [other, None]
    assert (state(departure)[2], state(other)[2]) == (0, 1)
    assert order.notes.get(kind="date_called_off").text_en == "The seller called this date off. ฝน"


def test_a_broken_off_cancellation_is_finished_by_the_sweep(departure, at, monkeypatch, caplog):
    from ..actions import cancelled_departures

    first, second = paid(departure, 2, at), paid(departure, 3, at)
    real = cancelled_departures.take_out_of

    def dies_at_the_second(*, order, **named):
        if order.pk == second.pk:
            raise RuntimeError("power cut")
        return real(order=order, **named)

    monkeypatch.setattr(cancelled_departures, "take_out_of", dies_at_the_second)
    assert cancel_departure(departure=departure, by=None, reason="ฝน", at=at) == 1
    monkeypatch.undo()
    assert finish_cancelled_departures(at) == 1
    assert finish_cancelled_departures(at) == 0
    assert {one.status for one in Order.objects.filter(pk__in=[first.pk, second.pk])} == {"cancelled"}
    assert "could not be cancelled" in caplog.text


def test_nobody_books_a_cancelled_date(departure, at):
    cancel_departure(departure=departure, by=None, reason="ฝน", at=at)
    with pytest.raises(NotOnSale):
        f.an_order(departure.tour.shop, f.seats(departure, 1), at=at)
    assert Departure.objects.get().taken == 0
