"""Payments: the event first, what follows from it after, once."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tourdee.core.models import AuditLine

from ..actions import money
from ..actions.holds import HOLD, expire_order
from ..actions.orders import cancel_order, record_refund
from ..actions.payments import (
    NotAnAmount,
    PaymentTwice,
    apply_payment,
    apply_pending_payments,
    record_manual_payment,
    record_payment,
)
from ..models import Departure, Order, PaymentEvent
from ..periodic import apply_payments_left_over
from .factories import a_departure, a_shop, a_tour, an_order, in_days, seats, without_tasks
from .rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=4)


@pytest.fixture
def order(shop, departure, at):
    return an_order(shop, seats(departure, 2), at=at)


def pay(order, owner, satang, at, reference="T1"):
    order = record_manual_payment(order=order, by=owner, satang=satang, reference=reference, at=at)
    return order.status, order.paid_satang, order.refund_due_satang


def test_the_price_confirms_the_order(order, owner, at):
    assert pay(order, owner, 240000, at) == ("confirmed", 240000, 0)
    order.refresh_from_db()
    assert (order.confirmed_at, order.ended_at) == (at, None)
    assert list(order.notes.values_list("kind", flat=True)) == ["placed", "money_recorded", "paid"]


def test_money_has_its_lines_in_the_log_with_who_recorded_it(order, owner, at):
    pay(order, owner, 240000, at)
    lines = AuditLine.objects.filter(subject_id=order.public_id).exclude(act="order.placed")
    assert list(lines.order_by("id").values_list("act", "actor", "text")) == [
        ("order.money_recorded", owner.public_id, f"{order.code}: ผู้ขายบันทึกว่าได้รับเงิน ฿2,400"),
        ("order.paid", owner.public_id, f"{order.code}: ชำระเงินแล้ว ฿2,400 ยืนยันการจอง"),
    ]


def test_applying_a_payment_takes_few_queries(order, owner, at):
    event = record_payment(provider="manual", reference="x", order=order, satang=240000, at=at, by=owner)
    with CaptureQueriesContext(connection) as queries:
        apply_payment(event=event, at=at)
    assert (
        len(without_tasks(queries)) == 20
    )  # seven for the order, nine for its books and receipt, four for the first of a year


def test_part_of_the_price_stops_the_clock_and_waits_for_the_rest(order, owner, at):
    assert pay(order, owner, 100000, at) == ("slip_review", 100000, 0)
    assert not expire_order(order=order, at=in_days(at, 1))
    assert order.notes.last().text_en == "฿1,000 received, ฿1,400 still missing."
    assert pay(order, owner, 140000, at, "T2") == ("confirmed", 240000, 0)


def test_too_much_is_owed_back(order, owner, at):
    assert pay(order, owner, 250000, at) == ("confirmed", 250000, 10000)
    assert pay(order, owner, 240000, at, "T2") == ("confirmed", 490000, 250000)


def test_part_that_was_paid_back_is_missing_again(order, owner, at):
    pay(order, owner, 100000, at)
    record_refund(order=order, satang=100000, reference="R1", by=owner, at=at)
    assert pay(order, owner, 140000, at, "T2") == ("slip_review", 240000, 0)
    assert pay(order, owner, 150000, at, "T3") == ("confirmed", 390000, 50000)


def test_late_money_takes_the_seats_anew(order, owner, at):
    expire_order(order=order, at=at + HOLD)
    assert Departure.objects.get().taken == 0
    assert pay(order, owner, 240000, at + HOLD) == ("confirmed", 240000, 0)
    assert Departure.objects.get().taken == 2


def test_part_of_the_price_that_comes_late_takes_the_seats_anew_and_waits(order, owner, at):
    expire_order(order=order, at=at + HOLD)
    assert pay(order, owner, 1, at + HOLD) == ("slip_review", 1, 0)
    assert Departure.objects.get().taken == 2


def test_late_money_is_taken_after_the_cut_off_but_not_after_the_start(shop, departure, owner, at):
    for days, status in ((4.5, "confirmed"), (5, "paid_no_seat")):
        order = an_order(shop, seats(departure, 1), at=at)
        expire_order(order=order, at=in_days(at, 1))
        assert pay(order, owner, 120000, in_days(at, days))[0] == status


def test_late_money_without_a_seat_waits_for_the_seller(shop, departure, order, owner, at):
    expire_order(order=order, at=at + HOLD)
    an_order(shop, seats(departure, 3), at=at + HOLD)
    assert pay(order, owner, 240000, at + HOLD) == ("paid_no_seat", 240000, 0)
    assert Departure.objects.get().taken == 3


def test_money_for_a_cancelled_order_is_owed_back(order, owner, at):
    cancel_order(order=order, by="buyer", at=at)
    assert pay(order, owner, 240000, at) == ("cancelled", 240000, 240000)
    assert Departure.objects.get().taken == 0


def test_the_same_word_of_money_counts_once(order, owner, at):
    for _ in range(3):
        assert pay(order, owner, 240000, at) == ("confirmed", 240000, 0)
    assert PaymentEvent.objects.count() == 1


def test_a_reference_belongs_to_one_amount_and_one_order(shop, departure, order, owner, at):
    record_payment(provider="gate", reference="charge-1", order=order, satang=100, at=at)
    other = an_order(shop, seats(departure, 1), at=at)
    for asked, satang in ((order, 200), (other, 100)):
        with pytest.raises(PaymentTwice):
            record_payment(provider="gate", reference="charge-1", order=asked, satang=satang, at=at)
    assert PaymentEvent.objects.get().satang == 100


@pytest.mark.parametrize("satang", [0, -1, 10_000_000_001])
def test_what_is_no_amount_is_refused(satang, order, owner, at):
    with pytest.raises(NotAnAmount):
        pay(order, owner, satang, at)
    assert PaymentEvent.objects.count() == 0


def test_an_event_is_applied_once_though_two_have_read_it(order, owner, at):
    event = record_payment(provider="gate", reference="1", order=order, satang=240000, at=at)
    twin = PaymentEvent.objects.get(pk=event.pk)
    with meanwhile("tourdee.shop.actions.money.locked", lambda: apply_payment(event=twin, at=at)):
        order = apply_payment(event=event, at=at)
    assert (order.paid_satang, order.refund_due_satang) == (240000, 0)


def test_the_hold_that_ends_while_money_is_applied_loses_nothing(order, owner, at):
    event = record_payment(provider="gate", reference="1", order=order, satang=240000, at=at)
    with meanwhile("tourdee.shop.actions.money.locked", lambda: expire_order(order=order, at=at + HOLD)) as ended:
        order = apply_payment(event=event, at=at + HOLD)
    assert (ended, order.status, Departure.objects.get().taken) == ([True], "confirmed", 2)


def test_the_sweep_applies_what_was_left_over(order, at):
    record_payment(provider="gate", reference="1", order=order, satang=240000, at=at)
    assert (apply_payments_left_over(at), apply_pending_payments(at)) == (1, 0)
    order.refresh_from_db()
    assert (order.status, order.paid_satang) == ("confirmed", 240000)


def test_one_payment_that_fails_does_not_keep_the_others(shop, departure, at, monkeypatch):
    first, second = (an_order(shop, seats(departure, 1), at=at) for _ in range(2))
    for order in (first, second):
        record_payment(provider="gate", reference=order.code, order=order, satang=120000, at=at)
    real = money.apply_payment

    def apply(*, event, at):
        if event.order_id == first.pk:
            raise RuntimeError
        return real(event=event, at=at)

    with monkeypatch.context() as broken:
        broken.setattr(money, "apply_payment", apply)
        assert apply_pending_payments(at) == 1
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == ["awaiting_payment", "confirmed"]
    assert apply_pending_payments(at) == 1


@pytest.mark.django_db(transaction=True)
def test_word_of_money_is_never_written_inside_another_transaction(owner, at):
    """There a later failure would take it back: the first step must be committed when it returns."""
    shop = a_shop(owner)
    order = an_order(shop, seats(a_departure(a_tour(shop), starts_at=in_days(at, 5)), 1), at=at)
    with pytest.raises(RuntimeError), transaction.atomic():
        record_manual_payment(order=order, by=owner, satang=1, reference="1", at=at)
    assert PaymentEvent.objects.count() == 0
