"""Goods that were sold are sent or handed over. (Guests: arrivals.)"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.people.models import User

from ..models import Order
from . import stock
from .conflicts import once_more
from .history import tell
from .holds import locked
from .stock_room import note_sent

STATUS = Order.Status


class CannotShip(Exception):
    """There are no goods to send: not paid, cancelled, or nothing but seats."""

    @property
    def message(self) -> str:
        return _("There is nothing to send in this order.")


@once_more
@transaction.atomic
def ship_order(*, order: Order, by: User, at: datetime, carrier: str, tracking: str = "") -> Order:
    """The goods leave the house; stock and reservation go down. Without a tracking number they were handed over.
    Again changes only carrier and number. Raises CannotShip."""
    now = locked(order)
    goods = [line for line in stock.lines_of(now.pk) if line.variant is not None]
    if now.status != STATUS.CONFIRMED or not goods:
        raise CannotShip
    first = Order.objects.filter(pk=now.pk, shipped_at__isnull=True).update(shipped_at=at)
    if not first and (now.carrier, now.tracking_number) == (carrier, tracking):
        return now
    Order.objects.filter(pk=now.pk).update(carrier=carrier, tracking_number=tracking)
    if first:
        stock.send(goods)
        note_sent(order=now, lines=goods, by=by, at=at)
        now.shipped_at = at
    now.carrier, now.tracking_number = carrier, tracking
    tell("shipped" if tracking else "handed_over", order=now, at=at, by=by, carrier=carrier, tracking=tracking)
    events.publish(events.OrderShipped(user=now.shop.owner.public_id, order=now.public_id))
    return now
