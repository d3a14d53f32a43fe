"""Holds: how long they last, and how they end when nobody pays."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from tourdee import events

from ..models import Order
from . import stock
from .conflicts import once_more
from .history import tell
from .vouchers import give_back_voucher, take_voucher_again

logger = logging.getLogger(__name__)

# Long enough to open a bank app and send the slip, short enough that a full tour frees itself within the half hour.
# Paying by PromptPay and slip takes people longer than by card: 15 to 30 minutes are usual.
HOLD = timedelta(minutes=20)
STATUS = Order.Status


def locked(order: Order) -> Order:
    """The order as it stands now, its row locked until the transaction ends (SQLite: the whole database is)."""
    return Order.objects.select_for_update(of=("self",)).select_related("shop__owner").get(pk=order.pk)


def move(order: Order, *, to: str, **changes: object) -> bool:
    """Change the status, if it still is what was read. ``False``: somebody else was quicker; nothing is changed."""
    changes["status"] = to
    still = Order.objects.filter(pk=order.pk, status=order.status)
    told_apart = order.rounding_satang and to in Order.UNPAID
    if not (_wait_for_amount(still, changes) if told_apart else still.update(**changes)):
        return False
    for name, value in changes.items():
        setattr(order, name, value)
    return True


def _wait_for_amount(still: QuerySet[Order], changes: dict[str, object]) -> int:
    """Where another open order of the payee waits for the same amount by now (``equal_amounts_are_told_apart``), this one
    is told apart by it no more: its buyer may have paid just that."""
    try:
        with transaction.atomic():
            return still.update(**changes)
    except IntegrityError:
        changes["rounding_satang"] = 0
        return still.update(**changes)


def hold_again(order: Order, at: datetime) -> bool:
    """Everything that an order had which ran out, its voucher included; or nothing, and ``False``."""
    try:
        with transaction.atomic():
            if not take_voucher_again(order):
                return False
            stock.take(stock.lines_of(order.pk), at=at)
    except stock.CannotTake:
        order.holds_voucher = False
        return False
    return True


@once_more
@transaction.atomic
def expire_order(*, order: Order, at: datetime) -> bool:
    """End an unpaid hold that has run out and give everything back. ``False``: it was paid, cancelled, expired or
    given a slip meanwhile, or has time left. An order with word of money (slip, part payment) never expires."""
    running_out = Order.objects.filter(pk=order.pk, status=STATUS.AWAITING_PAYMENT, expires_at__lte=at, paid_satang=0)
    if not running_out.update(status=STATUS.EXPIRED, ended_at=at):
        return False
    order.status, order.ended_at = STATUS.EXPIRED, at
    stock.give_back(stock.lines_of(order.pk), at=at)
    give_back_voucher(order)
    tell("not_confirmed_in_time" if order.pay_by == Order.PayBy.ON_DELIVERY else "expired", order=order, at=at)
    events.publish(events.OrderExpired(user=order.shop.owner.public_id, order=order.public_id))
    return True


def expire_stale_orders(at: datetime) -> int:
    """End every hold that has run out, each in a transaction of its own. Returns how many were."""
    return _expire(Order.objects.filter(status=STATUS.AWAITING_PAYMENT, expires_at__lte=at), at)


def expire_stale_holds(*, departures: Iterable[int], variants: Iterable[int], at: datetime) -> int:
    """The same for the holds on these departures and variants only: asked before anybody is told "sold out", so that
    seats come free even while no worker runs."""
    on_these = Q(lines__departure__in=list(departures)) | Q(lines__variant__in=list(variants))
    stale = Order.objects.filter(on_these, status=STATUS.AWAITING_PAYMENT, expires_at__lte=at)
    return _expire(stale.distinct(), at)


def _expire(stale: QuerySet[Order], at: datetime) -> int:
    orders = stale.order_by("pk").select_related("shop__owner")
    return sum(_expired(order, at) for order in orders)


def _expired(order: Order, at: datetime) -> bool:
    """One that fails must not keep the others from giving back what they hold; it is tried again next time."""
    try:
        return expire_order(order=order, at=at)
    except Exception:
        logger.exception("The hold of order %s could not be ended", order.code)
        return False
