"""A whole date is cancelled: shut for good first, then every order of it, each in a transaction of its own. Whoever dies
in between leaves a cancelled date with guests, which the sweep finishes."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tourdee.core.audit import Actor, record
from tourdee.core.dates import clock, short_date
from tourdee.core.periodic import each_in_turn

from ..models import Departure, Order, ResourceUse
from ..queries.parts import part_quote
from . import stock
from .cancellation import OPEN, CannotCancel, cancel_order
from .history import tell
from .part_cancellation import CannotGiveUp, give_up_part
from .versions import tour_changed

logger = logging.getLogger(__name__)
STATUS = Departure.Status


def cancel_departure(*, departure: Departure, by: Actor | None, reason: str, at: datetime) -> int:
    """Cancel a date for all its guests: each is owed everything back. Returns how many orders were cancelled now. Again
    does what is left to do."""
    shut_for_good(departure=departure, by=by, reason=reason, at=at)
    return _cancel_orders(departure, by, at)


@transaction.atomic
def shut_for_good(*, departure: Departure, by: Actor | None, reason: str, at: datetime) -> bool:
    """Nobody can book it any more, and its guide, van and boat are free. Returns whether it was not cancelled before."""
    still = Departure.objects.filter(pk=departure.pk).exclude(status=STATUS.CANCELLED)
    if not still.update(status=STATUS.CANCELLED, cancel_reason=reason[:300], by_hand=True):
        return False
    ResourceUse.objects.filter(departure=departure.pk).delete()
    tour_changed(departure.tour)
    day = f"{short_date(departure.starts_at, 'th')} {clock(departure.starts_at, 'th')}"
    record(
        "departure.cancelled",
        subject=departure,
        text=f"ยกเลิกรอบ {departure.tour.name_th} {day}: {reason}",
        at=at,
        actor=by,
    )
    return True


def finish_cancelled_departures(at: datetime) -> int:
    """The orders that a broken-off cancellation left. Returns how many were cancelled."""
    unfinished = Departure.objects.filter(status=STATUS.CANCELLED, lines__order__status__in=OPEN).distinct()
    return each_in_turn(unfinished.select_related("tour"), lambda departure: _cancel_orders(departure, None, at))


def orders_on(departure: Departure, statuses: Iterable[str] = OPEN) -> list[Order]:
    """The orders that would be cancelled with it (or those in these states), by name."""
    orders = Order.objects.filter(lines__departure=departure, status__in=list(statuses)).distinct()
    return list(orders.select_related("shop__owner").prefetch_related("lines").order_by("buyer_name", "pk"))


@transaction.atomic
def take_out_of(*, order: Order, departure: Departure, reason: str, by: Actor | None, at: datetime) -> None:
    """Everything that an order has on this date is owed back. What else is in it (goods, other dates) stays, where the
    order can be taken apart; else the whole order is cancelled. Raises CannotCancel."""
    lines = stock.lines_of(order.pk)
    gone = {line.pk: 0 for line in lines if line.departure_id == departure.pk}
    if 0 < len(gone) < len(lines) and order.status == Order.Status.CONFIRMED:
        owed = part_quote(order, lines, gone, at, whole=True).refund_satang
        try:
            give_up_part(order=order, keep=gone, by="seller", at=at, shown_refund_satang=owed, actor=by)
        except CannotGiveUp:
            pass
        else:
            tell("date_called_off", order=order, at=at, by=by, reason=reason)
            return
    cancel_order(order=order, by="seller", at=at, reason=reason, actor=by)


def _cancel_orders(departure: Departure, by: Actor | None, at: datetime) -> int:
    reason = Departure.objects.get(pk=departure.pk).cancel_reason
    return sum(_cancelled(order, departure, reason, by, at) for order in orders_on(departure))


def _cancelled(order: Order, departure: Departure, reason: str, by: Actor | None, at: datetime) -> bool:
    """One that fails must not keep the others from their refund; the sweep tries it again."""
    try:
        take_out_of(order=order, departure=departure, reason=reason, by=by, at=at)
    except CannotCancel:
        return False  # ended in this moment: paid too late, or cancelled by the buyer
    except Exception:
        logger.exception("Order %s of a cancelled date could not be cancelled", order.code)
        return False
    return True
