"""Random walks of acts on a few orders: what hand-written stories of money do not think of.

``TOURDEE_WALKS=2000 pytest --hypothesis-seed=N`` walks elsewhere; without it the walks are the same every time."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from ..actions import deposits, gateway_refunds, holds, waiting_list
from ..actions.arrivals import check_in
from ..actions.cancellation import cancel_order, record_refund
from ..actions.fulfilment import ship_order
from ..actions.no_seat import resolve_paid_no_seat
from ..actions.on_delivery import record_came_back, record_collected
from ..actions.part_cancellation import give_up_part
from ..actions.reschedule import reschedule
from ..actions.returns import ask_return, decide_return, receive_return, withdraw_return
from ..models import Order
from ..queries.gateways import refundable_charges
from ..queries.moves import move_quote
from ..queries.parts import part_quote, with_their_people
from . import factories as f
from .walks_buying import BY, DAY, ORDERS, Buying

WALKS = int(os.environ.get("TOURDEE_WALKS", "0"))
THOROUGH = settings(
    max_examples=WALKS or 12, stateful_step_count=25 if WALKS else 16, deadline=None, database=None, derandomize=not WALKS,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip


class Walk(Buying):
    """What comes after: changed, sent, sent back, paid back, ended."""

    @rule(place=ORDERS, to=st.integers(0, 2), by=BY)
    def move(self, place, to, by):
        def moved(order):
            to_date = self.world.dates[to]
            line = next((line for line in order.lines.all() if line.departure_id not in {None, to_date.pk}), None)
            if line is None:
                return None
            lines = [one for one in order.lines.select_related("departure", "category", "extra", "pickup")
                     if one.departure_id == line.departure_id]  # fmt: skip
            shown = move_quote(order, lines, to_date, self.at, by_seller=by == "seller").difference_satang
            return reschedule(
                order=order, departure=line.departure, to=to_date, by=by, at=self.at, shown_difference_satang=shown
            )

        self.do(place, moved)

    @rule(place=ORDERS, line=st.integers(0, 3), left=st.integers(0, 2), by=BY)
    def give_up(self, place, line, left, by):
        def given_up(order):
            lines = list(order.lines.select_related("departure", "variant", "extra"))
            keep = with_their_people(lines, {lines[line % len(lines)].pk: left})
            shown = part_quote(order, lines, keep, self.at, whole=by == "seller").refund_satang
            return give_up_part(order=order, keep=keep, by=by, at=self.at, shown_refund_satang=shown)

        self.do(place, given_up)

    @rule(place=ORDERS, by=BY)
    def cancel(self, place, by):
        if not self.orders:
            return
        was, lines = self.order(place), list(self.order(place).lines.select_related("departure"))
        done = self.do(place, lambda order: cancel_order(order=order, by=by, at=self.at))
        if done and was.status != "cancelled":
            self.world.keeps_what_the_terms_promise(was, lines, self.at, by)

    @rule(place=ORDERS, to=st.none() | st.integers(0, 2), refund=st.booleans())
    def find_seats(self, place, to, refund):
        there = None if to is None else self.world.dates[to]
        self.do(
            place,
            lambda order: resolve_paid_no_seat(
                order=order, by=self.world.by, at=self.at, departure=there, refund=refund
            ),
        )

    @rule(place=ORDERS, days=st.integers(1, 9))
    def give_more_time(self, place, days):
        until = self.at + timedelta(days=days)
        self.do(place, lambda order: deposits.give_more_time(order=order, until=until, by=self.world.by, at=self.at))

    @rule(place=ORDERS)
    def drop_the_rest(self, place):
        """Two days after it was due, if nobody paid; told in between."""
        order = self.order(place) if self.orders else None
        if order is None or order.rest_due_at is None or order.status != "confirmed":
            return
        self.world.at = max(self.at, order.rest_due_at)
        self.do(place, lambda _: deposits.remind_of_rests(self.at))
        self.world.at += timedelta(days=1)
        self.do(place, lambda order: cancel_order(order=order, by="unpaid_rest", at=self.at))

    # -------------------------------------------------------------- sent, and sent back
    @rule(place=ORDERS)
    def ship(self, place):
        self.do(
            place, lambda order: ship_order(order=order, by=self.world.by, at=self.at, carrier="Flash", tracking="TH1")
        )

    @rule(place=ORDERS)
    def collect(self, place):
        self.do(place, lambda order: record_collected(order=order, by=self.world.by, at=self.at))

    @rule(place=ORDERS, fit=st.booleans())
    def come_back(self, place, fit):
        self.do(place, lambda order: record_came_back(order=order, by=self.world.by, at=self.at, fit=fit))

    @rule(place=ORDERS, pieces=st.integers(1, 3), reason=st.sampled_from(["unwanted", "wrong"]))
    def ask_back(self, place, pieces, reason):
        def asked(order):
            goods = {line.pk: pieces for line in order.lines.filter(variant__isnull=False)}
            return ask_return(order=order, quantities=goods, reason=reason, words="-", at=self.at)

        self.do(place, asked)

    @rule(place=ORDERS, answer=st.sampled_from(["yes", "yes", "yes", "no", "withdrawn"]))
    def answer(self, place, answer):
        def answered(order):
            for one in order.returns.all():
                if answer == "withdrawn":
                    withdraw_return(asked=one, at=self.at)
                elif one.status == "asked":
                    decide_return(asked=one, accept=answer == "yes", answer="-", by=self.world.by, at=self.at)

        self.do(place, answered)

    @rule(place=ORDERS, damaged=st.integers(0, 1))
    def receive(self, place, damaged):
        def received(order):
            for one in order.returns.filter(status="accepted"):
                broken = {line.pk: damaged for line in one.lines.all()}
                receive_return(asked=one, damaged=broken, by=self.world.by, at=self.at)

        self.do(place, received)

    # -------------------------------------------------------------- paid back
    @rule(place=ORDERS, more=st.sampled_from([0, 0, 0, -1000, 1000, 50000]))
    def refund(self, place, more):
        """What is owed, less or more."""
        self.do(
            place,
            lambda order: record_refund(
                order=order, satang=order.refund_due_satang + more, reference=self.world.number(), by=self.world.by,
                at=self.at,
            ),
        )  # fmt: skip

    @rule(place=ORDERS, more=st.sampled_from([0, 0, 1000]))
    def ask_gateway_back(self, place, more):
        def asked(order):
            for charge, _left in refundable_charges(order)[:1]:
                satang = order.refund_due_satang + more
                gateway_refunds.ask_refund(charge=charge, satang=satang, by=self.world.by, at=self.at)

        self.do(place, asked)

    @rule(place=ORDERS)
    def gateway_pays_back(self, place):
        self.do(place, lambda _: gateway_refunds.follow_refunds_due(self.at + DAY))

    # -------------------------------------------------------------- seats and time
    @rule(place=ORDERS, people=st.none() | st.integers(1, 2))
    def check_in(self, place, people):
        def come(order):
            for line in order.lines.filter(kind__in=["seats", "private"]):
                check_in(line=line, by=self.world.by, at=self.at, people=people)

        self.do(place, come)

    @rule(day=st.integers(0, 2), people=st.integers(1, 3))
    def wait_for_seats(self, day, people):
        there = self.world.dates[day]
        wanted = [(self.world.tour.prices.all()[0].public_id, people)]
        guest, key = f.a_buyer(), self.world.number()
        self.world.tried(
            lambda: waiting_list.join_waiting_list(
                departure=there, wanted=wanted, guest=guest, key=key, source="", at=self.at
            )
        )

    @rule()
    def offer_seats(self):
        self.world.tried(lambda: waiting_list.offer_everywhere(self.at))
        self.orders = (self.orders + list(Order.objects.exclude(pk__in=[one.pk for one in self.orders])))[:3]

    @rule(minutes=st.sampled_from([1, 10, 21, 60, 60 * 24, 60 * 24 * 6]))
    def wait(self, minutes):
        self.world.at += timedelta(minutes=minutes)

    @rule(place=ORDERS)
    def run_out(self, place):
        """The hold ends, if it may."""
        if self.orders and self.order(place).status == "awaiting_payment":
            self.world.at = max(self.at, self.order(place).expires_at)
            self.do(place, lambda order: holds.expire_order(order=order, at=self.at))

    @rule(place=ORDERS, hours=st.sampled_from([48, 48, 1, -1]))
    def come_near(self, place, hours):
        """So many hours before the first date of that order: two days give half back, one hour nothing."""
        lines = self.order(place).lines.filter(departure__isnull=False) if self.orders else []
        starts = [line.departure.starts_at for line in lines]
        if starts:
            self.world.at = max(self.at, min(starts) - timedelta(hours=hours))

    @invariant()
    def is_sound(self):
        if hasattr(self, "world"):
            self.world.is_sound()

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)


@pytest.mark.django_db
def test_whatever_is_walked_the_money_agrees(settings):
    settings.MONEY_SERVICES = "console"
    picture = settings.PRIVATE_ROOT / "slips/slip.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.touch()
    run_state_machine_as_test(Walk, settings=THOROUGH)
