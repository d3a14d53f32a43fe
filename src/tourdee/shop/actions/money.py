"""Money: word of it is committed first, what follows from it is done after, and again until it is done.

A ``PaymentEvent`` is written in a transaction of its own. Only then is it applied to the order. Whoever dies in between
leaves an event without ``applied_at``, which the sweep applies: money that came is never lost, nor counted twice.
"""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.money import MAX_SATANG, baht
from tourdee.people.models import User

from ..models import Order, PaymentEvent, Way
from . import stock
from .books import keep_books
from .conflicts import once_more
from .history import tell
from .holds import hold_again, locked, move
from .parcels import collect_the_rest

logger = logging.getLogger(__name__)
STATUS = Order.Status
SOURCES = {"slip": ("บริการตรวจสลิป", "The slip service"), "opn": ("Opn", "Opn"), "stripe": ("Stripe", "Stripe")}


class PaymentTwice(Exception):
    """The reference belongs to money that was recorded before, for another order or in another amount."""

    @property
    def message(self) -> str:
        return _("Money with this reference has been recorded already.")


class NotAnAmount(Exception):
    """Nothing, or less than nothing."""

    @property
    def message(self) -> str:
        return _("Please enter the amount that arrived.")


def record_manual_payment(
    *, order: Order, by: User, satang: int, reference: str, at: datetime, how: str = Way.BANK
) -> Order:
    """Money that the seller found without a slip (``how``: cash, or a transfer seen in the bank app), in full or in
    part. The same reference and amount again is the same money. Raises NotAnAmount, PaymentTwice, TryAgain."""
    event = record_payment(
        provider="manual",
        reference=f"{order.public_id}:{reference}",
        order=order,
        satang=satang,
        at=at,
        by=by,
        payload={"reference": reference, "how": how},
    )
    return apply_payment(event=event, at=at)


@once_more
@transaction.atomic(durable=True)
def record_payment(
    *,
    provider: str,
    reference: str,
    order: Order,
    satang: int,
    at: datetime,
    by: User | None = None,
    payload: dict[str, object] | None = None,
) -> PaymentEvent:
    """First step: the event alone, committed when this returns (``durable`` refuses to run inside another
    transaction). Raises NotAnAmount, PaymentTwice."""
    return write_event(
        provider=provider, reference=reference, order=order, satang=satang, at=at, by=by, payload=payload or {}
    )


@transaction.atomic
def write_event(
    *,
    provider: str,
    reference: str,
    order: Order,
    satang: int,
    at: datetime,
    by: User | None,
    payload: dict[str, object],
) -> PaymentEvent:
    """The event, inside the caller's first step. Word that comes again gives the event that was written first."""
    if not 0 < satang <= MAX_SATANG:
        raise NotAnAmount
    try:
        with transaction.atomic():
            event = PaymentEvent.objects.create(
                provider=provider,
                provider_ref=reference,
                order=order,
                satang=satang,
                recorded_by=by,
                at=at,
                payload=payload,
            )
    except IntegrityError:
        return _the_same(provider, reference, order, satang)
    source_th, source_en = SOURCES.get(provider, (provider, provider))
    kind = "money_recorded" if by else "money_told"
    tell(kind, order=order, at=at, by=by, amount=baht(satang), source_th=source_th, source_en=source_en)
    return event


def _the_same(provider: str, reference: str, order: Order, satang: int) -> PaymentEvent:
    event = PaymentEvent.objects.get(provider=provider, provider_ref=reference)
    if (event.order_id, event.satang) != (order.pk, satang):
        raise PaymentTwice
    return event


@once_more
@transaction.atomic
def apply_payment(*, event: PaymentEvent, at: datetime) -> Order:
    """Second step: what follows from the money, exactly once. Enough for a held order (``due_now_satang``) confirms it.
    For one that ran out, what it had is taken anew if it is to be had, else it waits in ``PAID_NO_SEAT`` for the
    seller. What nobody asked for is owed back. Raises TryAgain."""
    order = locked(event.order)
    if not PaymentEvent.objects.filter(pk=event.pk, applied_at__isnull=True).update(applied_at=at):
        return order
    event.applied_at = at
    if order.status in {STATUS.CANCELLED, STATUS.CONFIRMED, STATUS.PAID_NO_SEAT}:
        _keep_beside(order, event, at)
    elif order.status == STATUS.EXPIRED and not hold_again(order, at):
        _without_seat(order, event, at)
    elif order.received_satang + event.satang < order.due_now_satang:
        _part(order, event, at)
    else:
        _confirm(order, event, at)
    keep_books(order=order, at=at)
    return order


def _confirm(order: Order, event: PaymentEvent, at: datetime) -> None:
    paid = order.paid_satang + event.satang
    _forgo_rounding(order, order.received_satang + event.satang)
    too_much = max(0, order.received_satang + event.satang - order.total_satang)
    _must(
        move(order, to=STATUS.CONFIRMED, confirmed_at=at, ended_at=None, paid_satang=paid, refund_due_satang=too_much)
    )
    if order.rest_satang:
        tell("deposit_paid", order=order, at=at, by=event.recorded_by, amount=baht(paid), rest=baht(order.rest_satang))
    else:
        tell("paid", order=order, at=at, by=event.recorded_by, amount=baht(paid))
    if too_much:
        tell("overpaid", order=order, at=at, by=event.recorded_by, amount=baht(too_much))
    tell_confirmed(order)


def _forgo_rounding(order: Order, received: int) -> None:
    """Who paid the round price although some satang were taken off has paid the price, and nothing is owed back."""
    over = received - order.total_satang
    if not 0 < over <= min(order.rounding_satang, order.discount_satang):
        return
    order.rounding_satang -= over
    order.discount_satang -= over
    order.total_satang += over
    order.save(update_fields=["rounding_satang", "discount_satang", "total_satang"])


def _part(order: Order, event: PaymentEvent, at: datetime) -> None:
    """Less than what is due: what is held stays held, since money stops the clock, and the rest is waited for."""
    paid = order.paid_satang + event.satang
    _must(move(order, to=STATUS.SLIP_REVIEW, ended_at=None, paid_satang=paid))
    amount, missing = baht(event.satang), baht(order.missing_satang)
    tell("part_paid", order=order, at=at, by=event.recorded_by, amount=amount, missing=missing)


def _without_seat(order: Order, event: PaymentEvent, at: datetime) -> None:
    _must(move(order, to=STATUS.PAID_NO_SEAT, paid_satang=order.paid_satang + event.satang))
    tell("paid_no_seat", order=order, at=at, by=event.recorded_by, amount=baht(event.satang))
    events.publish(events.PaidWithoutSeat(user=order.shop.owner.public_id, order=order.public_id))


def _keep_beside(order: Order, event: PaymentEvent, at: datetime) -> None:
    """Money for an order that does not hold its seats for it: the rest of a confirmed one, or more than was asked for,
    which is owed back. One without seats owes it when the seller has chosen between another date and a refund."""
    rest = order.rest_satang
    owed = 0
    if order.status == STATUS.CANCELLED:
        owed = event.satang
    elif order.status == STATUS.CONFIRMED:
        owed = max(0, event.satang - rest)
    paid, due = order.paid_satang + event.satang, order.refund_due_satang + owed
    _must(move(order, to=order.status, paid_satang=paid, refund_due_satang=due))
    collect_the_rest(order)
    amount, missing = baht(event.satang), baht(order.rest_satang)
    tell(_beside(order, owed), order=order, at=at, by=event.recorded_by, amount=amount, missing=missing)
    if order.status == STATUS.CONFIRMED and rest and not order.rest_satang:
        tell_paid(order)
        events.publish(events.RestPaid(user=order.shop.owner.public_id, order=order.public_id))


def _beside(order: Order, owed: int) -> str:
    if order.status != STATUS.CONFIRMED:
        return {STATUS.CANCELLED: "paid_after_cancelling", STATUS.PAID_NO_SEAT: "paid_no_seat"}[STATUS(order.status)]
    if owed:
        return "overpaid"
    return "part_paid" if order.rest_satang else "rest_paid"


def _must(moved: bool) -> None:
    """The row is locked, so its status cannot have changed. If it has, undo everything; the sweep tries again."""
    if not moved:
        raise stock.BooksDoNotBalance("an order changed under its lock")


def tell_confirmed(order: Order) -> None:
    """An order has what it needs to take place; if its whole price has come too, that is income."""
    events.publish(events.OrderConfirmed(user=order.shop.owner.public_id, order=order.public_id))
    if not order.rest_satang:
        tell_paid(order)


def tell_paid(order: Order) -> None:
    """The whole price of a confirmed order has come: income of its shop, by the price and not by what was paid too
    much."""
    user = order.shop.owner.public_id
    events.publish(events.OrderPaid(user=user, order=order.public_id, satang=order.total_satang))


def tell_if_paid_now(order: Order, *, rest_before: int) -> None:
    """A lower price can leave nothing of the rest: then the whole of it has come, and is told as if it had been paid."""
    free = order.received_satang - order.refund_due_satang
    if order.status == STATUS.CONFIRMED and rest_before and not order.rest_satang and free > 0:
        tell_paid(order)


def apply_pending_payments(at: datetime) -> int:
    """Apply every event that was committed and never applied. Returns how many were."""
    pending = PaymentEvent.objects.filter(applied_at__isnull=True).select_related("order", "recorded_by")
    return sum(_applied(event, at) for event in pending)


def _applied(event: PaymentEvent, at: datetime) -> bool:
    """One that fails must not keep the others from their orders; it is tried again at the next sweep."""
    try:
        apply_payment(event=event, at=at)
    except Exception:
        logger.exception("Payment %s could not be applied", event.pk)
        return False
    return True
