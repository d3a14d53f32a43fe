"""Cancelling and refunding."""

from datetime import timedelta

import pytest

from ..actions.fulfilment import ship_order
from ..actions.holds import HOLD, expire_order
from ..actions.orders import CannotCancel, RefundTwice, TooMuchRefund, cancel_order, record_refund
from ..actions.payments import apply_payment, receive_slip, record_manual_payment, record_payment
from ..models import Departure, Order, Refund, Variant
from ..queries.money import percent_back, refund_quote
from .factories import a_departure, a_product, a_shop, a_slip, a_tour, an_order, goods, in_days, seats
from .rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def order(shop, at):
    """Two seats at ฿1,200, two cloths at ฿350 and ฿50 for the post: ฿3,150."""
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    return an_order(shop, seats(departure, 2), goods(a_product(shop), 2), at=at)


@pytest.fixture
def paid(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=315000, reference="T1", at=at)


def counters():
    return Departure.objects.get().taken, Variant.objects.get().reserved


def cancelled(order, at, by="buyer"):
    order = cancel_order(order=order, by=by, at=at)
    return order.status, order.refund_due_satang


# ------------------------------------------------------------------ how much
@pytest.mark.parametrize(
    ("hours", "percent"), [(1000, 100), (72, 100), (71.99, 50), (24, 50), (23.99, 0), (0, 0), (-5, 0)]
)
def test_the_tier_with_the_most_hours_that_fits_counts(hours, percent):
    assert percent_back([[24, 50], [72, 100]], timedelta(hours=hours)) == percent


def test_without_tiers_nothing_is_given_back():
    assert percent_back([], timedelta(days=100)) == 0


def test_a_tier_of_no_hours_holds_until_the_start():
    assert [percent_back([[0, 30]], timedelta(seconds=left)) for left in (1, 0, -1)] == [30, 30, 0]


def test_the_quote_names_each_line(paid, at):
    quote = refund_quote(paid, in_days(at, 3))
    assert [(line.percent, line.satang) for line in quote.lines] == [(50, 120000), (100, 70000)]
    assert (quote.shipping_satang, quote.total_satang) == (5000, 195000)


def test_the_quote_counts_only_money_that_has_come(order, owner, at):
    assert refund_quote(order, at).total_satang == 0
    order = record_manual_payment(order=order, by=owner, satang=100, reference="T1", at=at)
    assert refund_quote(order, at).total_satang == 100


@pytest.mark.parametrize(("days", "due"), [(1, 315000), (3, 195000), (4.5, 75000)])
def test_the_buyer_gets_back_what_was_agreed(days, due, paid, at):
    assert cancelled(paid, in_days(at, days)) == ("cancelled", due)
    assert counters() == (0, 0)


def test_the_seller_gives_everything_back(paid, at):
    assert cancelled(paid, in_days(at, 4.5), by="seller") == ("cancelled", 315000)


def test_goods_that_were_sent_are_not_refunded_nor_put_back(paid, owner, at):
    ship_order(order=paid, by=owner, at=at, carrier="Flash", tracking="TH1")
    assert cancelled(paid, at) == ("cancelled", 240000)
    assert counters() == (0, 0)
    assert Variant.objects.get().stock == 3


def test_the_terms_are_those_of_the_day_of_the_order(paid, at):
    paid.lines.first().departure.tour.tiers.all().delete()
    assert cancelled(paid, in_days(at, 3)) == ("cancelled", 195000)


def test_what_was_paid_too_much_comes_back_whatever_the_terms(paid, owner, at):
    record_manual_payment(order=paid, by=owner, satang=1000, reference="T2", at=at)
    assert cancelled(paid, in_days(at, 4.5)) == ("cancelled", 76000)


def test_what_was_paid_back_before_is_not_owed_again(paid, owner, at):
    record_refund(order=paid, satang=100000, reference="R1", by=owner, at=at)
    assert cancelled(paid, in_days(at, 1)) == ("cancelled", 215000)


# ------------------------------------------------------------------ when
def test_an_unpaid_order_is_cancelled_without_refund(order, at):
    assert cancelled(order, at) == ("cancelled", 0)
    assert counters() == (0, 0)


def test_cancelling_twice_gives_back_once(paid, at):
    first = cancelled(paid, in_days(at, 1))
    assert cancelled(paid, in_days(at, 4.9)) == first
    assert (counters(), paid.notes.filter(kind="cancelled_by_buyer").count()) == ((0, 0), 1)


def test_an_expired_order_cannot_be_cancelled(order, at):
    expire_order(order=order, at=at + HOLD)
    with pytest.raises(CannotCancel):
        cancel_order(order=order, by="buyer", at=at + HOLD)


def test_the_buyer_cannot_cancel_what_is_over_but_the_seller_can(paid, owner, at):
    ship_order(order=paid, by=owner, at=at, carrier="Flash", tracking="TH1")
    with pytest.raises(CannotCancel):
        cancel_order(order=paid, by="buyer", at=in_days(at, 5))
    assert cancelled(paid, in_days(at, 6), by="seller") == ("cancelled", 315000)


def test_goods_that_were_not_sent_can_be_cancelled_after_the_tour(paid, at):
    assert cancelled(paid, in_days(at, 6)) == ("cancelled", 75000)


def test_an_order_under_review_is_cancelled_and_its_slip_still_waits(order, at):
    slip = receive_slip(order=order, upload=a_slip(), at=at)
    assert cancelled(order, at) == ("cancelled", 0)
    slip.refresh_from_db()
    assert slip.status == "waiting"


def test_money_that_comes_while_the_buyer_cancels_is_counted(order, at):
    event = record_payment(provider="gate", reference="1", order=order, satang=315000, at=at)
    with meanwhile("tourdee.shop.actions.cancellation.locked", lambda: apply_payment(event=event, at=at)):
        assert cancelled(order, at) == ("cancelled", 315000)


def test_who_cancelled_and_why_is_written_down(paid, owner, at):
    cancel_order(order=paid, by="seller", at=at, reason="พายุเข้า {0}", actor=owner)
    assert paid.notes.last().text_th == "ผู้ขายยกเลิก ต้องคืนเงิน ฿3,150 พายุเข้า {0}"


# ------------------------------------------------------------------ paying back
def test_a_refund_in_parts_leaves_the_rest_owed(paid, owner, at):
    cancel_order(order=paid, by="seller", at=at)
    record_refund(order=paid, satang=300000, reference="R1", by=owner, at=at)
    paid.refresh_from_db()
    assert (paid.refund_due_satang, paid.refunded_satang) == (15000, 300000)
    record_refund(order=paid, satang=15000, reference="R2", by=owner, at=at)
    paid.refresh_from_db()
    assert (paid.refund_due_satang, paid.refunded_satang, paid.received_satang) == (0, 315000, 0)


def test_the_same_refund_twice_counts_once(paid, owner, at):
    for _ in range(2):
        record_refund(order=paid, satang=100, reference="R1", by=owner, at=at)
    with pytest.raises(RefundTwice):
        record_refund(order=paid, satang=200, reference="R1", by=owner, at=at)
    paid.refresh_from_db()
    assert (paid.refunded_satang, Refund.objects.count()) == (100, 1)


@pytest.mark.parametrize("satang", [0, -100, 315001])
def test_no_more_is_refunded_than_was_paid(satang, paid, owner, at):
    with pytest.raises(TooMuchRefund) as refusal:
        record_refund(order=paid, satang=satang, reference="R1", by=owner, at=at)
    assert (refusal.value.most_satang, Refund.objects.count()) == (315000, 0)


def test_of_good_will_more_than_is_owed_may_be_refunded(paid, owner, at):
    cancelled(paid, in_days(at, 3))
    record_refund(order=paid, satang=315000, reference="R1", by=owner, at=at)
    assert Order.objects.values_list("refund_due_satang", "refunded_satang").get() == (0, 315000)
