"""Cancelling an order, and writing down that money was paid back."""

from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.audit import Actor
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import Order, Refund, Way
from ..queries.deposits import rest_is_overdue
from ..queries.gateways import open_refunds
from ..queries.money import refund_quote
from . import stock
from .books import keep_books
from .conflicts import once_more
from .history import tell
from .holds import locked, move
from .vouchers import give_back_voucher

STATUS = Order.Status
Who = Literal["buyer", "seller", "unpaid_rest"]
NOTES = {
    "buyer": "cancelled_by_buyer", "seller": "cancelled_by_seller", "unpaid_rest": "cancelled_unpaid_rest",
}  # fmt: skip
OPEN = {*Order.HOLDING, STATUS.PAID_NO_SEAT}


class CannotCancel(Exception):
    """It is over: expired, cancelled before, or (for the buyer) all taken place and sent."""

    @property
    def message(self) -> str:
        return _("This order can no longer be cancelled.")


class TooMuchRefund(Exception):
    """More than the buyer paid and has not got back. ``most_satang`` is how much that is."""

    def __init__(self, most_satang: int) -> None:
        super().__init__(most_satang)
        self.most_satang = most_satang

    @property
    def message(self) -> str:
        return _("At most %(most)s can be paid back.") % {"most": baht(self.most_satang)}


class RefundTwice(Exception):
    """The bank's reference stands beside another refund of this order, of another amount."""

    @property
    def message(self) -> str:
        return _("A refund with this reference has been recorded already, with another amount.")


@once_more
@transaction.atomic
def cancel_order(*, order: Order, by: Who, at: datetime, reason: str = "", actor: Actor | None = None) -> Order:
    """End an order and give back what it holds. The buyer is owed the refund by the agreed tiers (also where the rest
    did not come), everything if the seller cancels. Cancelling again changes nothing. Raises CannotCancel."""
    now = locked(order)
    if now.status == STATUS.CANCELLED:
        return now
    lines = stock.lines_of(now.pk)
    if now.status not in OPEN or (by != "seller" and not _something_to_cancel(now, lines, at)):
        raise CannotCancel
    if by == "unpaid_rest" and not rest_is_overdue(now, at):
        raise CannotCancel
    refund = refund_quote(now, at, whole=by == "seller").total_satang
    held = now.status in Order.HOLDING
    if not move(now, to=STATUS.CANCELLED, ended_at=at, refund_due_satang=refund):
        raise CannotCancel
    if held:
        stock.give_back(lines, at=at, goods=now.shipped_at is None)
        give_back_voucher(now)
    keep_books(order=now, at=at)
    tell(NOTES[by], order=now, at=at, by=actor, amount=baht(refund), reason=reason)
    user = now.shop.owner.public_id
    events.publish(events.OrderCancelled(user=user, order=now.public_id, refund_satang=refund))
    return now


def _something_to_cancel(order: Order, lines: list[stock.OrderLine], at: datetime) -> bool:
    if order.status != STATUS.CONFIRMED:
        return True
    ahead = any(line.departure is not None and line.departure.starts_at > at for line in lines)
    return ahead or (order.shipped_at is None and any(line.variant is not None for line in lines))


@once_more
@transaction.atomic
def record_refund(*, order: Order, satang: int, reference: str, by: User, at: datetime, way: str = Way.BANK) -> Refund:
    """Write down that money went back to the buyer, with the reference of the bank or gateway, and by which ``way``:
    the books take it from there. The same reference and amount again is the same refund. May be less than is owed (the
    rest stays owed) or, of good will, more, up to what was paid and not yet paid back. Raises TooMuchRefund,
    RefundTwice."""
    now = locked(order)
    if earlier := Refund.objects.filter(order=now, reference=reference).first():
        return _same(earlier, satang)
    _pay_back(now, satang)
    refund = _recorded(order=now, satang=satang, reference=reference, way=way, at=at, recorded_by=by)
    keep_books(order=now, at=at)
    tell("refunded", order=now, at=at, by=by, amount=baht(satang), reference=reference)
    user = now.shop.owner.public_id
    events.publish(events.RefundRecorded(user=user, order=now.public_id, satang=satang))
    return refund


def _pay_back(order: Order, satang: int) -> None:
    """More than is owed is good will where something was sold; else its buyer gets back what is no price yet."""
    going_back = sum(refund.satang for refund in open_refunds(order))  # through a gateway, not yet told
    if satang > order.received_satang - going_back:
        raise TooMuchRefund(order.received_satang - going_back)
    enough = Order.objects.filter(pk=order.pk, paid_satang__gte=F("refunded_satang") + satang)
    given = max(0, satang - order.refund_due_satang) if order.status == STATUS.CONFIRMED else 0
    changed = satang > 0 and enough.update(
        refunded_satang=F("refunded_satang") + satang,
        refund_due_satang=Greatest(F("refund_due_satang") - satang, Value(0)),
        goodwill_satang=F("goodwill_satang") + given,
    )
    if not changed:
        raise TooMuchRefund(order.paid_satang - order.refunded_satang)


def _same(earlier: Refund, satang: int) -> Refund:
    if earlier.satang != satang:
        raise RefundTwice
    return earlier


def _recorded(**columns: object) -> Refund:
    try:
        with transaction.atomic():
            return Refund.objects.create(**columns)
    except IntegrityError as twice:
        raise RefundTwice from twice
