"""The process dies between any two steps of paying by gateway, by a slip that a service checks, and of paying back. After the
restart the worker goes on and people try again: one order, one charge, one payment, one refund, one message; the books balance.

An exception that nothing catches stands for the death; ``test_crashes`` really kills a process on the same way.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django_tasks_db.models import DBTaskResult

from ..actions.charges import ask_to_pay, follow_charges_due, receive_notice
from ..actions.gateway_refunds import ask_refund, follow_refunds_due
from ..actions.money import apply_pending_payments
from ..actions.orders import place_order
from ..actions.slip_answers import ask_about_slips_due
from ..actions.slips import receive_slip
from ..models import Departure, GatewayCharge, GatewayRefund, Order, PaymentEvent, Refund, SlipAnswer
from ..payment_methods.gateways import play
from ..payment_methods.slip_services import Told
from ..queries.reconcile import differences
from .factories import a_buyer, a_departure, a_money_service, a_shop, a_slip, a_tour, in_days, seats
from .test_crashes import Died, dying_at

pytestmark = pytest.mark.django_db(transaction=True)
PAUSE = timedelta(minutes=3)  # until the worker that died is followed by another
REFERENCE = "01632{:011d}"


class Way:
    """One order's way, which can be walked again and again; each walk is a little later."""

    service = "opn"

    def __init__(self, at: datetime) -> None:
        self.at, self.shop, self.buyer = at, a_shop(), a_buyer()
        self.departure = a_departure(a_tour(self.shop), starts_at=in_days(at, 5))
        self.item = seats(self.departure, 2)
        self.money = a_money_service(self.shop.business, self.service, at)

    def order(self) -> Order:
        placed = (
            self.at
            if not Order.objects.filter(shop=self.shop).exists()
            else Order.objects.get(shop=self.shop).placed_at
        )
        return place_order(
            shop=self.shop, buyer=self.buyer, items=[self.item], idempotency_key="one-form", at=placed
        )  # fmt: skip

    def walk(self) -> None:
        raise NotImplementedError

    def take_up(self) -> None:
        """The restarted worker goes on; people look and try again."""
        for _ in range(3):
            self.at += PAUSE
            apply_pending_payments(self.at)
            self.walk()

    def check(self) -> None:
        order = Order.objects.get(shop=self.shop)
        assert (order.status, order.paid_satang, order.refund_due_satang) == ("confirmed", 240000, 0)
        assert Departure.objects.get(pk=self.departure.pk).taken == 2
        assert PaymentEvent.objects.filter(order=order, applied_at__isnull=False).count() == 1
        assert order.notes.filter(kind="paid").count() == 1
        tasks = [str(task.args_kwargs) for task in DBTaskResult.objects.all()]
        assert len([task for task in tasks if "tell_buyer_confirmed" in task and order.public_id in task]) == 1
        assert differences(self.at) == []


class ByGateway(Way):
    """Paid through Opn, part of it paid back."""

    def walk(self) -> None:
        order = self.order()
        if order.status == "awaiting_payment":
            ask_to_pay(order=order, service=self.money, method="card", at=self.at)
        follow_charges_due(self.at)
        charge = GatewayCharge.objects.get(order=order)
        if charge.reference:
            settled = play.settle(charge.reference, paid=True)
            headers, raw = play.notice(settled, secret=play.OPN_KEYS["webhook_secret"], at=self.at)
            receive_notice(service=self.money, headers=headers, raw=raw, at=self.at)
        follow_charges_due(self.at)
        self.pay_back(GatewayCharge.objects.get(order=order))

    def pay_back(self, charge: GatewayCharge) -> None:
        if (
            charge.status == "paid" and not charge.refunds.exists()
        ):  # the seller sees on the page whether it was asked for
            ask_refund(charge=charge, satang=1000, by=self.shop.owner, at=self.at)
        follow_refunds_due(self.at)

    def check(self) -> None:
        super().check()
        charge = GatewayCharge.objects.get(order__shop=self.shop)
        assert (charge.status, GatewayRefund.objects.get(charge=charge).status) == ("paid", "done")
        assert [refund["amount"] for refund in play.charge(charge.reference).refunds] == [1000]
        assert Refund.objects.get(order=charge.order).satang == 1000


class BySlip(Way):
    """A slip that a service finds in the bank. A second question about it would be answered "duplicate"."""

    service = "slipok"

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.reference = REFERENCE.format(self.departure.pk)
        self.picture, self.answers = a_slip(reference=self.reference), 0

    def verify(self, *, code: str, satang: int) -> Told:
        self.answers += 1
        return Told(
            result="ok", trans_ref=self.reference, satang=240000, accounts=("xxx-xxx-5678",), transferred_at=self.at
        )

    def walk(self) -> None:
        receive_slip(order=self.order(), upload=self.picture, at=self.at)
        ask_about_slips_due(self.at)

    def check(self) -> None:
        super().check()
        assert SlipAnswer.objects.get(slip__order__shop=self.shop).verdict == "ok"


def survives(new_way: Callable[[], Way], fewest: int) -> None:
    """Die at the first step, at the second …, until a way is walked to its end."""

    def die() -> None:
        raise Died

    for step in count(1):
        way = new_way()
        try:
            with dying_at(step, die):
                way.walk()
            ended = True
        except Died:
            ended = False
        way.take_up()
        way.check()
        if ended:
            break
    assert step >= fewest


def test_dying_while_paying_by_gateway_and_paying_back_loses_nothing(at, settings, monkeypatch):
    settings.MONEY_SERVICES = "console"
    apart = LocMemCache("play", {})  # the gateway's books are not ours: they do not die with us
    monkeypatch.setattr(play, "caches", {"default": apart})
    survives(lambda: ByGateway(at), fewest=40)


def test_dying_while_a_slip_is_checked_loses_nothing(at, settings, monkeypatch):
    settings.MONEY_SERVICES = "live"
    ways: list[BySlip] = []

    def new_way() -> BySlip:
        ways.append(BySlip(at))
        return ways[-1]

    monkeypatch.setattr("tourdee.shop.actions.slip_answers.verifier_of", lambda *args: ways[-1])
    survives(new_way, fewest=25)
