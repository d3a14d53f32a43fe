"""Fifty seats, eight processes, 320 tries: fifty are sold, and nobody is told anything but "sold" or "sold out".

Each trial has a departure of its own. ``TOURDEE_RACE_TRIALS`` says how many trials: five in the suite, a hundred in
``make soak``. The control takes the guard out and must oversell: otherwise the race would prove nothing.
"""

import os
from collections import Counter
from dataclasses import asdict

import pytest
from django.db.models import Sum

from tests.races.racers import racers
from tourdee.core.ids import public_id
from tourdee.shop.actions.chat_orders import HOLDS, make_chat_order
from tourdee.shop.actions.holds import HOLD
from tourdee.shop.actions.payments import apply_pending_payments
from tourdee.shop.models import Departure, Order, OrderLine, PaymentEvent, Posting, Receipt, ReceiptSeries, Variant
from tourdee.shop.queries.reconcile import differences
from tourdee.shop.tests.factories import Buyer, a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

TRIALS = int(os.environ.get("TOURDEE_RACE_TRIALS", "5"))
PROCESSES, TRIES, SEATS = 8, 40, 50
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def eight(django_db_setup):
    with racers(PROCESSES) as processes:
        yield processes


@pytest.fixture
def shop(owner):
    return a_shop(owner)


def together(answers):
    return sum((Counter(answer) for answer in answers), Counter())


def sold(departure):
    return OrderLine.objects.filter(departure=departure).aggregate(seats=Sum("seats"))["seats"]


def test_fifty_seats_are_sold_fifty_times(eight, shop, at):
    tour = a_tour(shop)
    for trial in range(TRIALS):
        departure = a_departure(tour, starts_at=in_days(at, 5 + trial), capacity=SEATS)
        answers = eight.run(
            "tests.races.acts.buy", shop=shop.public_id, items=[asdict(seats(departure, 1))], tries=TRIES, at=at
        )
        assert together(answers) == {"sold": SEATS, "sold out": PROCESSES * TRIES - SEATS}, f"trial {trial}"
        departure.refresh_from_db()
        assert (departure.taken, sold(departure)) == (SEATS, SEATS), f"trial {trial}"
        Order.objects.all().delete()  # the keys are used again
        Departure.objects.update(taken=0)


def test_control_without_the_guard_more_seats_are_sold_than_there_are(eight, shop, at):
    tour = a_tour(shop)
    for trial in range(5):
        departure = a_departure(tour, starts_at=in_days(at, 5 + trial), capacity=SEATS)
        eight.run(
            "tests.races.acts.buy",
            shop=shop.public_id, items=[asdict(seats(departure, 1))], tries=TRIES, at=at, guarded=False,
        )  # fmt: skip
        departure.refresh_from_db()
        if sold(departure) > SEATS >= departure.taken:
            return
        Order.objects.all().delete()
    pytest.fail("the control did not oversell: this race proves nothing")


def test_baskets_of_two_departures_and_goods_neither_oversell_nor_wait_in_a_circle(eight, shop, at):
    """Half of the processes fill their baskets the other way round."""
    tours = [a_tour(shop) for _ in range(2)]
    for trial in range(TRIALS):
        both = [a_departure(tour, starts_at=in_days(at, 5 + trial), capacity=SEATS) for tour in tours]
        variant = a_product(shop, stock=30)
        items = [asdict(item) for item in (seats(both[0], 1), seats(both[1], 2), goods(variant, 1))]
        answers = eight.run("tests.races.acts.buy", shop=shop.public_id, items=items, tries=10, at=at)
        assert together(answers) == {"sold": 25, "sold out": PROCESSES * 10 - 25}
        assert [Departure.objects.get(pk=departure.pk).taken for departure in both] == [25, 50]
        assert Variant.objects.get(pk=variant.pk).reserved == 25
        assert differences(at) == []
        Order.objects.all().delete()
        Departure.objects.update(taken=0)
        Variant.objects.update(reserved=0)


def test_a_form_sent_eight_times_at_once_is_one_order(eight, shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=TRIALS * 2)
    for _ in range(TRIALS):
        codes = eight.run(
            "tests.races.acts.click",
            shop=shop.public_id, items=[asdict(seats(departure, 2))], key=public_id(), at=at,
        )  # fmt: skip
        assert len(set(codes)) == 1
        Order.objects.update(status="cancelled")  # so that the buyer's open orders do not add up
        departure.refresh_from_db()
    assert (departure.taken, Order.objects.count()) == (TRIALS * 2, TRIALS)


def test_a_change_sent_eight_times_at_once_is_one_change_told_once(eight, shop, at):
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5), capacity=TRIALS * 3)
    for trial in range(TRIALS):
        order = make_chat_order(
            shop=shop, by=shop.owner, buyer=Buyer(name="Racer", phone=""), items=[seats(departure, 2)], hold=HOLDS["3h"],
            idempotency_key=f"chat-{trial}", at=at,
        )  # fmt: skip
        moments = eight.run(
            "tests.races.acts.save_change",
            order=order.code, items=[asdict(seats(departure, 3))], key=public_id(), at=at,
        )  # fmt: skip
        assert len(set(moments)) == 1
        assert [note.kind for note in order.notes.order_by("pk")] == ["placed", "changed"]
    departure.refresh_from_db()
    assert departure.taken == TRIALS * 3


def test_paying_cancelling_expiring_and_sweeping_at_once_lose_nothing(eight, shop, at):
    """Thirty orders whose hold has just run out, on a departure that other buyers would like as well."""
    tour = a_tour(shop)
    for trial in range(TRIALS):
        departure = a_departure(tour, starts_at=in_days(at, 5 + trial), capacity=30)
        for _ in range(30):
            an_order(shop, seats(departure, 1), at=at)
        answers = together(eight.run("tests.races.acts.settle", at=at + HOLD))
        assert set(answers) <= {"swept", "cancelled", "refused", "paid"}, answers
        apply_pending_payments(at + HOLD)
        assert differences(at) == []
        for order in Order.objects.all():
            due = order.total_satang if order.status == "cancelled" else 0
            assert order.status in {"confirmed", "paid_no_seat", "cancelled"}
            assert (order.paid_satang, order.refund_due_satang) == (order.total_satang, due)
        receipts = Receipt.objects.filter(refers_to=None).order_by("number")
        assert [receipt.number for receipt in receipts] == list(range(1, len(receipts) + 1))
        _clear()


def _clear() -> None:
    """What is never deleted (postings and receipts) goes by the back door, for the next trial."""
    for kept in (Posting, Receipt):
        kept.objects.all()._raw_delete(kept.objects.db)
    for model in (ReceiptSeries, PaymentEvent, Order):
        model.objects.all().delete()
    Departure.objects.update(taken=0)
