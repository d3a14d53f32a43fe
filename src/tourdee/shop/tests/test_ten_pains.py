"""Ten pains that people have with the systems that they use today, one test each: here they must not happen.

They were collected from the issue trackers of pretix, Saleor, django-oscar, Vendure, WooCommerce, Medusa and others.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from tourdee.core.dates import at_bangkok, bangkok_day, clock

from ..actions.departures import set_capacity
from ..actions.groups import decide_due_groups
from ..actions.holds import HOLD, expire_stale_orders
from ..actions.orders import SoldOut, place_order
from ..actions.part_cancellation import give_up_part
from ..actions.payments import apply_pending_payments, record_manual_payment, record_payment, resolve_paid_no_seat
from ..actions.slips import receive_slip
from ..actions.waiting_list import join_waiting_list, leave_waiting_list, offer_everywhere
from ..models import Departure, Order, OrderNote, PaymentEvent, TooFew
from . import factories as f
from .rivals import meanwhile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def shop(owner):
    return f.a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return f.a_departure(f.a_tour(shop), starts_at=f.in_days(at, 5), capacity=2)


def paid(order, owner, at):
    return record_manual_payment(order=order, by=owner, satang=order.total_satang, reference=order.code, at=at)


def taken(departure):
    return Departure.objects.get(pk=departure.pk).taken


def test_pain_1_the_last_seat_is_sold_twice(shop, departure, at):
    """A rival takes the last seats after the basket was checked and before ours are taken."""

    def rival():
        return f.an_order(shop, f.seats(departure, 2), at=at)

    with meanwhile("tourdee.shop.actions.orders._place", rival) as bought, pytest.raises(SoldOut):
        f.an_order(shop, f.seats(departure, 2), at=at)
    assert (Order.objects.get().pk, taken(departure)) == (bought[0].pk, 2)
    with pytest.raises(IntegrityError):  # and if our own code were wrong, the database would refuse
        Departure.objects.filter(pk=departure.pk).update(taken=3)


@pytest.mark.django_db(transaction=True)
def test_pain_2_it_is_paid_and_there_is_no_order(shop, departure, at):
    """The process dies between the word of the payment and its effect: the sweep carries it out."""
    order = f.an_order(shop, f.seats(departure, 2), at=at)
    record_payment(provider="bank", reference="t-1", order=order, satang=order.total_satang, at=at)
    order.refresh_from_db()
    assert order.status == "awaiting_payment"  # committed, not yet applied: here the process died
    assert apply_pending_payments(at) == 1
    order.refresh_from_db()
    assert (order.status, order.paid_satang) == ("confirmed", order.total_satang)


@pytest.mark.django_db(transaction=True)
def test_pain_3_money_comes_after_the_hold_ran_out_and_nobody_knows_who_pays_it_back(shop, departure, owner, at):
    late = f.an_order(shop, f.seats(departure, 2), at=at)
    after = at + HOLD + timedelta(minutes=1)
    expire_stale_orders(after)
    winner = paid(f.an_order(shop, f.seats(departure, 2), at=after), owner, after)
    record_manual_payment(order=late, by=owner, satang=late.total_satang, reference="late", at=after)
    late.refresh_from_db()
    assert (late.status, late.paid_satang) == ("paid_no_seat", late.total_satang)  # it waits in the seller's queue
    resolve_paid_no_seat(order=late, refund=True, by=owner, at=after)
    late.refresh_from_db()
    assert (late.status, late.refund_due_satang) == ("cancelled", late.total_satang)
    assert (winner.status, taken(departure)) == ("confirmed", 2)


@pytest.mark.django_db(transaction=True)
def test_pain_4_the_same_word_of_a_payment_comes_again_and_everything_happens_twice(shop, departure, owner, at):
    order = f.an_order(shop, f.seats(departure, 2), at=at)
    for _again in range(5):
        paid(order, owner, at)
    order.refresh_from_db()
    assert (order.paid_satang, order.refund_due_satang, taken(departure)) == (order.total_satang, 0, 2)
    assert PaymentEvent.objects.count() == 1
    assert OrderNote.objects.filter(order=order, kind="paid").count() == 1


def test_pain_5_unpaid_orders_hold_seats_for_ever_or_end_while_somebody_pays(shop, departure, at):
    first = f.an_order(shop, f.seats(departure, 1), at=at)
    slow = f.an_order(shop, f.seats(departure, 1), at=at)
    receive_slip(order=slow, upload=f.a_slip(), at=at + HOLD - timedelta(seconds=1))
    after = at + HOLD
    third = f.an_order(
        shop, f.seats(departure, 1), at=after
    )  # no worker has run: the seller's seat is free all the same
    first.refresh_from_db()
    slow.refresh_from_db()
    assert (first.status, slow.status, third.status) == ("expired", "slip_review", "awaiting_payment")
    expire_stale_orders(after + timedelta(days=30))
    slow.refresh_from_db()
    assert slow.status == "slip_review"  # evidence of money stops the clock


def test_pain_6_only_part_of_an_order_has_to_be_cancelled_and_cannot_be(shop, departure, owner, at):
    order = paid(f.an_order(shop, f.seats(departure, 2), at=at), owner, at)
    keep = {order.lines.get().pk: 1}
    order = give_up_part(order=order, keep=keep, by="buyer", at=at, shown_refund_satang=120000)
    assert (order.status, order.lines.get().quantity, order.refund_due_satang) == ("confirmed", 1, 120000)
    assert taken(departure) == 1


def test_pain_7_the_fee_for_cancelling_is_seen_only_after_paying(shop, departure, at, shopper):
    """The tour's page says the tiers, and the page before paying says amount and last moment of each."""
    adult = departure.tour.prices.first()
    page = shopper.get(reverse("tour", args=[shop.slug, departure.tour.public_id])).content.decode()
    said = [line for line in page.split("\n") if "คืน 100%" in line or "คืน 50%" in line]
    assert said
    shopper.choose(departure=departure, category=adult, quantity=2)
    before_paying = shopper.get(reverse("checkout_details")).content.decode()
    assert "฿1,200" in before_paying  # half of it
    assert "฿2,400" in before_paying  # all of it


def test_pain_8_the_waiting_list_knows_no_parties_nobody_can_leave_it_and_an_old_offer_blocks_a_seat(
    shop, departure, owner, at
):
    full = paid(f.an_order(shop, f.seats(departure, 2), at=at), owner, at)
    adult = departure.tour.prices.first().public_id
    two, one, leaver = (
        join_waiting_list(
            departure=departure, wanted=[(adult, people)], guest=f.a_buyer(), key=f"w{people}{place}", source="", at=at
        )
        for place, people in enumerate((2, 1, 1))
    )
    leave_waiting_list(party=leaver, at=at)
    line = full.lines.get().pk
    give_up_part(order=full, keep={line: 1}, by="buyer", at=at, shown_refund_satang=120000)
    offer_everywhere(at)  # one seat is free: the first party does not fit and keeps its place, the second gets it
    offered = Order.objects.get(waiting_party=one)
    assert (offered.status, Order.objects.filter(waiting_party__in=[two, leaver]).count()) == ("awaiting_payment", 0)
    expire_stale_orders(offered.expires_at)
    assert taken(departure) == 1  # an offer that nobody takes blocks nothing


def test_pain_9_it_goes_only_if_enough_book_and_nobody_says_what_then(owner, at):
    tour = f.a_tour(f.a_shop(owner), minimum_group=4, if_too_few=TooFew.REFUND)
    departure = f.a_departure(tour, starts_at=f.in_days(at, 5))
    order = f.an_order(tour.shop, f.seats(departure, 2), at=at)
    with_money = record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="x", at=at)
    cut_off = departure.starts_at - timedelta(hours=tour.cut_off_hours)
    assert with_money.status == "confirmed"
    assert (decide_due_groups(cut_off), decide_due_groups(cut_off)) == (1, 0)
    order.refresh_from_db()
    assert (order.status, order.refund_due_satang) == ("cancelled", order.total_satang)


def test_pain_10_times_shift_when_they_are_saved_and_a_buyer_stands_in_their_own_way(shop, departure, at):
    starts = at_bangkok(bangkok_day(f.in_days(at, 9)), 7)
    early = f.a_departure(departure.tour, starts_at=starts, capacity=2)
    for _again in range(3):
        set_capacity(departure=early, capacity=2)
        early.refresh_from_db()
    assert (early.starts_at, clock(early.starts_at, "th")) == (starts, "07.00 น.")
    # Her phone lost the answer: she sends the same form again, and her own hold is no hindrance.
    buyer, wanted = f.a_buyer(), [f.seats(early, 2)]
    twice = [
        place_order(shop=shop, buyer=buyer, items=wanted, idempotency_key="one-form", at=at).pk for _send in range(2)
    ]
    assert twice[0] == twice[1]
    assert taken(early) == 2
