"""How a parcel that is paid in cash ends: the carrier has collected the money, or the parcel comes back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import Order, Parcel, PaymentEvent
from . import stock, stock_room
from .books import keep_books
from .conflicts import once_more
from .history import tell
from .holds import locked, move
from .money import apply_payment, write_event

STATUS = Order.Status
PROVIDER = "on_delivery"


class NotUnderway(Exception):
    """There is no parcel on its way that collects money: not sent yet, collected, or back again."""

    @property
    def message(self) -> str:
        return _("No parcel of this order is on its way to collect money.")


def record_collected(*, order: Order, by: User, at: datetime) -> Order:
    """The carrier has passed the money on: it is income now. The event is committed first, like all money; recorded
    again it is the same money. Raises NotUnderway."""
    parcel = Parcel.objects.filter(order=order, collect_satang__gt=0, came_back_at__isnull=True).first()
    if parcel is None or order.shipped_at is None or order.status != STATUS.CONFIRMED:
        raise NotUnderway
    event = _collected(parcel=parcel, order=order, by=by, at=at)
    return apply_payment(event=event, at=at)


@once_more
@transaction.atomic(durable=True)
def _collected(*, parcel: Parcel, order: Order, by: User, at: datetime) -> PaymentEvent:
    """Money and parcel in one: should the process die after this, the sweep does the rest alone."""
    event = write_event(
        provider=PROVIDER, reference=order.public_id, order=order, satang=parcel.collect_satang, at=at, by=by, payload={}
    )  # fmt: skip
    Parcel.objects.filter(pk=parcel.pk, collected_at__isnull=True).update(collected_at=event.at)
    return event


@once_more
@transaction.atomic
def record_came_back(*, order: Order, by: User, at: datetime, fit: bool) -> Order:
    """The buyer did not take the parcel. The order ends, what is ``fit`` to be sold goes back into the stock, and the
    telephone number pays beforehand from now on. Again changes nothing. Raises NotUnderway."""
    now = locked(order)
    underway = Parcel.objects.filter(order=now, collect_satang__gt=0, collected_at__isnull=True)
    if now.status == STATUS.CANCELLED and underway.filter(came_back_at__isnull=False).exists():
        return now
    sent = now.status == STATUS.CONFIRMED and now.shipped_at is not None
    if not sent or not underway.filter(came_back_at__isnull=True).update(came_back_at=at):
        raise NotUnderway
    if not move(now, to=STATUS.CANCELLED, ended_at=at, refund_due_satang=now.paid_satang - now.refunded_satang):
        raise NotUnderway
    for line in stock.lines_of(now.pk) if fit else ():
        if line.variant:
            stock_room.take_back(
                variant=line.variant, quantity=line.quantity, order=now, by=by, at=at,
                source=f"back:{now.public_id}:{line.pk}",
            )  # fmt: skip
    keep_books(order=now, at=at)
    tell("came_back" if fit else "came_back_damaged", order=now, at=at, by=by, amount=baht(now.total_satang))
    user = now.shop.owner.public_id
    events.publish(events.OrderCancelled(user=user, order=now.public_id, refund_satang=now.refund_due_satang))
    return now
