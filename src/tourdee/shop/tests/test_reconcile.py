"""Whether the books balance, and that it is seen when they do not."""

import pytest
from django.core.management import call_command

from ..actions.holds import HOLD, expire_order
from ..actions.orders import cancel_order, record_refund
from ..actions.payments import receive_slip, record_manual_payment, record_payment
from ..actions.stock_room import move_stock
from ..models import Departure, Order, PaymentEvent, Posting, Receipt, Slip, Variant
from ..queries.reconcile import differences
from .factories import a_departure, a_product, a_shop, a_slip, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(owner, at):
    """A paid order; beside it one of each other end."""
    shop = a_shop(owner)
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    variant = a_product(shop)
    order, expired, cancelled, reviewed = (
        an_order(shop, seats(departure, 1), goods(variant, 1), at=at) for _ in range(4)
    )
    expire_order(order=expired, at=at + HOLD)
    record_manual_payment(order=cancelled, by=owner, satang=cancelled.total_satang, reference="2", at=at)
    cancel_order(order=cancelled, by="seller", at=at)
    record_refund(order=cancelled, satang=1000, reference="R1", by=owner, at=at)
    receive_slip(order=reviewed, upload=a_slip(), at=at)
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="1", at=at)


def found(at):
    return [(difference.what, difference.is_now, difference.should_be) for difference in differences(at)]


def test_books_that_balance_say_so(order, at, capsys, django_assert_num_queries):
    with django_assert_num_queries(9):
        assert differences(at) == []
    call_command("reconcile")
    assert capsys.readouterr().out == "The books balance.\n"


def test_a_seat_too_many_is_seen(order, at):
    Departure.objects.update(taken=3)
    assert found(at) == [("seats taken", 3, 2)]


def test_a_piece_too_few_is_seen(order, at):
    Variant.objects.update(reserved=1)
    assert found(at) == [("pieces reserved", 1, 2)]


def test_a_stock_number_that_its_book_does_not_know_is_seen(order, at, owner):
    variant = Variant.objects.get()
    move_stock(variant=variant, change=4, kind="arrived", reason="ทำเพิ่ม", key="k1", by=owner, at=at)
    variant.refresh_from_db()
    assert found(at) == []
    Variant.objects.update(stock=variant.stock + 2)
    assert found(at) == [("pieces in stock", variant.stock + 2, variant.stock)]


def test_an_order_that_lost_its_hold_is_seen(order, at):
    Order.objects.filter(status="slip_review").update(status="expired")
    assert found(at) == [("seats taken", 2, 1), ("pieces reserved", 2, 1)]


def test_money_without_its_event_is_seen(order, at):
    Order.objects.filter(pk=order.pk).update(paid_satang=order.paid_satang + 1)
    assert found(at) == [
        ("satang paid", order.paid_satang + 1, order.paid_satang),
        ("satang in the books (money)", order.paid_satang, order.paid_satang + 1),
        ("satang in the books (on receipts)", order.paid_satang, order.paid_satang + 1),
    ]


def test_a_refund_without_its_row_is_seen(order, at):
    Order.objects.filter(pk=order.pk).update(refunded_satang=5)
    assert found(at) == [
        ("satang refunded", 5, 0),
        ("satang in the books (money)", order.paid_satang, order.paid_satang - 5),
        ("satang in the books (on receipts)", order.paid_satang, order.paid_satang - 5),
    ]


def test_money_on_an_order_that_ended_unaware_is_seen(order, at):
    Order.objects.filter(pk=order.pk).update(status="expired")
    Departure.objects.update(taken=1)
    Variant.objects.update(reserved=1)
    assert found(at)[0] == ("satang kept", order.paid_satang, 0)


def test_an_act_that_forgot_the_books_is_seen_and_mended(order, at):
    Posting.objects.filter(order=order)._raw_delete("default")
    assert found(at) == [
        ("satang in the books (money)", 0, order.paid_satang),
        ("satang in the books (sold)", 0, order.total_satang),
    ]
    call_command("open_books")
    assert found(at) == []


def test_a_missing_receipt_number_is_seen(order, at):
    Receipt.objects.filter(order=order).update(number=7)
    assert found(at) == [("receipts (receipt 2569)", 2, 7)]


def test_a_payment_left_over_is_seen_after_five_minutes(order, at):
    record_payment(provider="gate", reference="1", order=order, satang=77, at=at)
    assert found(at) == []
    assert found(in_days(at, 1)) == [("satang applied", 0, 77)]
    assert PaymentEvent.objects.filter(applied_at=None).count() == 1


def test_a_slip_whose_picture_is_gone_is_seen(order, at, settings):
    (settings.PRIVATE_ROOT / Slip.objects.get().picture).unlink()
    assert found(at) == [("pictures on disk", 0, 1)]


def test_the_command_names_the_difference_and_fails(order, capsys):
    Departure.objects.update(taken=3)
    with pytest.raises(SystemExit) as stop:
        call_command("reconcile")
    assert stop.value.code == 1
    assert capsys.readouterr().out == f"departure {Departure.objects.get().public_id}: seats taken is 3, should be 2\n"
