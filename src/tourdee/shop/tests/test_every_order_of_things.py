"""Whatever buyers, sellers, the clock and the sweep do, in whatever order: nothing is oversold and no money is lost."""

import io
import os
from datetime import date, timedelta
from itertools import count
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tourdee.core.dates import at_bangkok

from ..actions import holds, on_the_day, orders, payments, stock
from ..actions.counter import ON_THE_DAY, sell_at_counter
from ..actions.departures import SeatsTaken, TooFewPlaces, set_capacity
from ..actions.deposits import drop_unpaid_rests, remind_of_rests
from ..actions.fulfilment import CannotShip, ship_order
from ..actions.part_cancellation import CannotGiveUp, RefundChanged, give_up_part
from ..actions.reschedule import CannotMove, reschedule
from ..actions.waiting_list import (
    CannotOffer,
    StillFree,
    TooManyLists,
    WaitsAlready,
    join_waiting_list,
    leave_waiting_list,
    offer_by_hand,
    offer_everywhere,
)
from ..models import Departure, Order, PaymentEvent, Slip, Variant
from ..payment_methods import SlipReading
from ..queries.parts import part_quote
from ..queries.reconcile import differences
from ..queries.waiting_list import LONGEST_OFFER
from .factories import a_buyer, a_departure, a_product, a_shop, a_tour, a_user, goods, seats

REFUSALS = (
    orders.SoldOut, orders.NotOnSale, orders.CannotCancel, orders.TooMuchRefund, orders.RefundTwice,
    payments.SlipUsedBefore, payments.TooManySlips, payments.SlipDecided, payments.Underpaid, payments.PaymentTwice,
    payments.CannotResolve, payments.NothingLeft, CannotShip, CannotGiveUp, RefundChanged, CannotMove, CannotOffer,
    StillFree, TooManyLists, WaitsAlready, SeatsTaken, TooFewPlaces, orders.PriceChanged, orders.BadQuantity,
    on_the_day.NothingToTake, on_the_day.RestChanged,
)  # fmt: skip
MORE = int(os.environ.get("TOURDEE_RACE_TRIALS", "5"))
THOROUGH = settings(
    max_examples=3 * MORE,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
KEPT = {Order.Status.SLIP_REVIEW, Order.Status.CONFIRMED, Order.Status.PAID_NO_SEAT, Order.Status.CANCELLED}


class Shopping(RuleBasedStateMachine):
    """Two departures of three and four seats, and a cloth of which there are three."""

    placed = Bundle("placed")
    sent = Bundle("sent")
    told = Bundle("told")
    waits = Bundle("waits")

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer._from_testcase = True  # as Django's own tests: "durable" means the innermost real transaction
        self.outer.__enter__()
        self.numbers = count(1)
        self.at = at_bangkok(date(2026, 11, 23), 9)
        self.seller = a_user()
        self.shop = a_shop(self.seller)
        tour = a_tour(self.shop)
        self.departures = [
            a_departure(tour, starts_at=self.at + timedelta(hours=hours), capacity=capacity)
            for hours, capacity in ((26, 3), (74, 4))
        ]
        self.variant = a_product(self.shop, stock=3)

    def tried(self, act):
        """What the act gave, or nothing where it refused by a named error. Any other error ends the test."""
        try:
            return act()
        except REFUSALS:
            return None

    # -------------------------------------------------------------- buyers
    @rule(target=placed, departure=st.sampled_from([0, 0, 1]), people=st.integers(0, 3), pieces=st.integers(0, 2))
    def place(self, departure, people, pieces):
        items = [seats(self.departures[departure], people)] if people else []
        items += [goods(self.variant, pieces)] if pieces or not people else []
        items = [item if item.quantity else goods(self.variant, 1) for item in items]
        key = f"key-{next(self.numbers)}"
        buyer = a_buyer()
        order = self.tried(
            lambda: orders.place_order(shop=self.shop, buyer=buyer, items=items, idempotency_key=key, at=self.at)
        )
        if order:
            again = orders.place_order(shop=self.shop, buyer=buyer, items=items, idempotency_key=key, at=self.at)
            assert again == order
        return order

    @rule(target=sent, order=placed, reference=st.none() | st.integers(1, 2))
    def send_slip(self, order, reference):
        if order is None:
            return None
        reading = SlipReading("well_formed", "004", f"{reference or next(self.numbers) + 100:018d}")
        upload = io.BytesIO(f"slip {next(self.numbers)}".encode())
        with mock.patch("tourdee.shop.actions.slips.read_slip") as read:
            read.return_value = reading
            return self.tried(lambda: payments.receive_slip(order=order, upload=upload, at=self.at))

    @rule(order=placed)
    def cancel(self, order):
        if order is not None:
            self.tried(lambda: orders.cancel_order(order=order, by="buyer", at=self.at))

    @rule(order=placed, kept=st.integers(0, 2), by=st.sampled_from(["buyer", "seller"]))
    def give_up(self, order, kept, by):
        """Fewer of the first line, at the refund that would be shown."""
        if order is None:
            return
        now = Order.objects.get(pk=order.pk)
        lines = stock.lines_of(now.pk)
        keep = {lines[0].pk: kept}
        shown = part_quote(now, lines, keep, self.at, whole=by == "seller").refund_satang
        self.tried(lambda: give_up_part(order=now, keep=keep, by=by, at=self.at, shown_refund_satang=shown))

    @rule(order=placed, there=st.integers(0, 1), by=st.sampled_from(["buyer", "seller"]))
    def move(self, order, there, by):
        if order is None:
            return
        self.tried(
            lambda: reschedule(
                order=order, departure=self.departures[1 - there], to=self.departures[there], by=by, at=self.at,
                shown_difference_satang=0,
            )
        )  # fmt: skip

    @rule(target=waits, departure=st.sampled_from([0, 1]), people=st.integers(1, 4))
    def wait_for_seats(self, departure, people):
        number, chosen = next(self.numbers), self.departures[departure]
        wanted = [(chosen.tour.prices.all()[0].public_id, people)]
        return self.tried(
            lambda: join_waiting_list(
                departure=chosen, wanted=wanted, guest=a_buyer(), key=f"wait-{number}", source="", at=self.at
            )
        )

    @rule(party=waits)
    def stop_waiting(self, party):
        if party is not None:
            leave_waiting_list(party=party, at=self.at)

    @rule(target=placed, party=waits)
    def pay_an_offer_later(self, party):
        """What was offered is an order like any other."""
        return Order.objects.filter(waiting_party=party).first() if party else None

    # -------------------------------------------------------------- seller
    @rule(target=placed, departure=st.sampled_from([0, 1]), people=st.integers(1, 3))
    def sell_to_be_paid_on_the_day(self, departure, people):
        return self.tried(
            lambda: sell_at_counter(
                shop=self.shop, by=self.seller, buyer=a_buyer(), items=[seats(self.departures[departure], people)],
                how=ON_THE_DAY, idempotency_key=f"key-{next(self.numbers)}", at=self.at,
            )
        )  # fmt: skip

    @rule(order=placed, change=st.sampled_from([0, 0, -1]))
    def take_at_the_meeting_point(self, order, change):
        if order is not None:
            shown = Order.objects.get(pk=order.pk).to_collect_satang + change
            self.tried(
                lambda: on_the_day.take_rest(
                    order=order, by=self.seller, how="cash", shown_satang=shown, at=self.at
                )
            )  # fmt: skip

    @rule(party=waits)
    def offer(self, party):
        if party is not None:
            self.tried(lambda: offer_by_hand(party=party, by=self.seller, at=self.at))

    @rule(departure=st.sampled_from([0, 1]), seats=st.integers(3, 6))
    def change_seats(self, departure, seats):
        self.tried(lambda: set_capacity(departure=self.departures[departure], capacity=seats))

    @rule(slip=sent, change=st.sampled_from([0, 0, 0, -1, 1, 5000]), part=st.booleans())
    def accept(self, slip, change, part):
        if slip is not None:
            satang = Order.objects.get(pk=slip.order_id).total_satang + change
            self.tried(lambda: payments.accept_slip(slip=slip, by=self.seller, satang=satang, at=self.at, part=part))

    @rule(slip=sent)
    def refuse(self, slip):
        if slip is not None:
            self.tried(lambda: payments.refuse_slip(slip=slip, by=self.seller, reason="ไม่พบเงิน", at=self.at))

    @rule(order=placed)
    def call_off(self, order):
        if order is not None:
            before = Order.objects.get(pk=order.pk)
            gone = self.tried(lambda: orders.cancel_order(order=order, by="seller", at=self.at, actor=self.seller))
            if gone and before.status != Order.Status.CANCELLED:
                assert gone.refund_due_satang + gone.refunded_satang == gone.paid_satang

    @rule(order=placed, satang=st.sampled_from([1, 5000, 60000, 10**9]))
    def give_back(self, order, satang):
        if order is not None:
            reference = f"R{next(self.numbers)}"
            self.tried(
                lambda: orders.record_refund(
                    order=order, satang=satang, reference=reference, by=self.seller, at=self.at
                )
            )

    @rule(order=placed, how=st.sampled_from([{}, {"refund": True}, {"departure": 0}, {"departure": 1}]))
    def settle(self, order, how):
        if order is not None:
            how = how | ({"departure": self.departures[how["departure"]]} if "departure" in how else {})
            self.tried(lambda: payments.resolve_paid_no_seat(order=order, by=self.seller, at=self.at, **how))

    @rule(order=placed)
    def ship(self, order):
        if order is not None:
            self.tried(lambda: ship_order(order=order, by=self.seller, at=self.at, carrier="Flash", tracking="1"))

    # -------------------------------------------------------------- gateway, sweep and clock
    @rule(target=told, order=placed, change=st.sampled_from([0, 0, 0, -60000, 1]), late=st.booleans())
    def hear_of_money(self, order, change, late):
        """Word comes and is committed. The process may die before it is applied (``late``)."""
        if order is None:
            return None
        event = payments.record_payment(
            provider="gate",
            reference=f"charge-{next(self.numbers)}",
            order=order,
            satang=max(1, order.total_satang + change),
            at=self.at,
        )
        if not late:
            payments.apply_payment(event=event, at=self.at)
        return event

    @rule(event=told)
    def hear_of_it_again(self, event):
        if event is not None:
            again = payments.record_payment(
                provider="gate", reference=event.provider_ref, order=event.order, satang=event.satang, at=self.at
            )
            assert again == event
            payments.apply_payment(event=again, at=self.at)

    @rule(minutes=st.sampled_from([1, 10, 21, 21, 600]))
    def wait(self, minutes):
        self.at += timedelta(minutes=minutes)

    @rule()
    def sweep(self):
        payments.apply_pending_payments(self.at)
        holds.expire_stale_orders(self.at)
        remind_of_rests(self.at)
        drop_unpaid_rests(self.at)
        offer_everywhere(self.at)

    @rule(order=placed)
    def expire(self, order):
        if order is not None:
            holds.expire_order(order=order, at=self.at)

    # -------------------------------------------------------------- what is always true
    @invariant()
    def nothing_is_oversold(self):
        for departure in Departure.objects.all():
            assert 0 <= departure.taken <= departure.capacity
        for variant in Variant.objects.all():
            assert 0 <= variant.reserved <= variant.stock

    @invariant()
    def nobody_who_waits_has_two_offers_or_blocks_a_seat(self):
        offers = Order.objects.filter(waiting_party__isnull=False)
        assert offers.count() == offers.values("waiting_party").distinct().count()
        assert not offers.filter(status="awaiting_payment", expires_at__gt=self.at + LONGEST_OFFER).exists()

    @invariant()
    def the_books_balance(self):
        assert differences(self.at - timedelta(days=99)) == []

    @invariant()
    def who_pays_on_the_day_keeps_the_seats_until_then(self):
        later = Order.objects.filter(pay_by=Order.PayBy.ON_THE_DAY)
        assert not later.filter(rest_due_at__isnull=False).exists()
        assert not later.filter(notes__kind="cancelled_unpaid_rest").exists()

    @invariant()
    def no_paid_order_is_forgotten(self):
        for order in Order.objects.filter(paid_satang__gt=0):
            if order.received_satang:
                assert order.status in KEPT
            assert order.refund_due_satang <= order.received_satang
            if order.status == Order.Status.CONFIRMED:
                assert order.paid_satang >= order.due_now_satang
                assert order.received_satang - order.refund_due_satang <= order.total_satang

    def teardown(self):
        """The worker comes back: whatever money was heard of stands on its order. Then everything is undone."""
        try:
            self.sweep()
            assert not PaymentEvent.objects.filter(applied_at=None).exists()
            assert not Slip.objects.filter(status="accepted").exclude(order__paid_satang__gt=0).exists()
            self.nothing_is_oversold()
            self.the_books_balance()
            self.no_paid_order_is_forgotten()
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)


@pytest.mark.django_db
def test_nothing_is_oversold_and_no_money_lost_whatever_happens(settings):
    picture = settings.PRIVATE_ROOT / "slips/slip.jpg"
    picture.parent.mkdir(parents=True)
    picture.touch()
    with mock.patch("tourdee.shop.actions.slips.pictures") as pictures:
        pictures.store_private.return_value = "slips/slip.jpg"
        run_state_machine_as_test(Shopping, settings=THOROUGH)
