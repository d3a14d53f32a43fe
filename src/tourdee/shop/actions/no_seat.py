"""Paid, and nothing left: what the seller does about it."""

from collections import defaultdict
from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.people.models import User

from ..models import Departure, Order, OrderLine
from ..queries.deposits import rest_due_after_move
from . import stock
from .books import keep_books
from .cancellation import cancel_order
from .conflicts import once_more
from .deposits import rest_columns
from .history import tell
from .holds import locked, move
from .money import tell_confirmed
from .vouchers import take_voucher_again

STATUS = Order.Status


class CannotResolve(Exception):
    """The order has its seats, or another departure was chosen than one of its own tour."""

    @property
    def message(self) -> str:
        return _("This order cannot be moved there. Please choose another date of the same tour.")


class NothingLeft(Exception):
    """Not enough seats or pieces are left there. ``left`` is how many are."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left

    @property
    def message(self) -> str:
        return _("Only %(left)s left there. Please choose another date, or refund the buyer.") % {"left": self.left}


@once_more
@transaction.atomic
def resolve_paid_no_seat(
    *, order: Order, by: User, at: datetime, departure: Departure | None = None, refund: bool = False
) -> Order:
    """Give a paid order what it has not got: seats of another departure of the same tour (for the date that has none, where
    several were ordered), or (without ``departure``) what was ordered, now that there is room again. Or owe everything back
    (``refund``). Raises CannotResolve, NothingLeft."""
    now = locked(order)
    if now.status != STATUS.PAID_NO_SEAT:
        raise CannotResolve
    if refund:
        return cancel_order(order=now, by="seller", at=at, actor=by)
    lines = stock.lines_of(now.pk)
    if departure is not None:
        _change_date(now, lines, departure, at)
    try:
        stock.take(lines, at=at)
    except stock.CannotTake as short:
        raise NothingLeft(short.left) from short
    _settle(now, at)
    keep_books(order=now, at=at)
    day = departure.starts_at if departure else at
    words = {f"day_{language}": f"{short_date(day, language)} {clock(day, language)}" for language in ("th", "en")}
    tell("moved" if departure else "seat_found", order=now, at=at, by=by, **words)
    return now


def _change_date(order: Order, lines: list[OrderLine], departure: Departure, at: datetime) -> None:
    moved = _to_move(lines, departure, at)
    if order.rest_due_at:
        move(order, to=order.status, **rest_columns(order, rest_due_after_move(order, lines, moved, departure, at)))
    for line in moved:
        line.departure = departure
    OrderLine.objects.filter(pk__in=[line.pk for line in moved]).update(departure=departure)


def _to_move(lines: list[OrderLine], departure: Departure, at: datetime) -> list[OrderLine]:
    """Everything of the tour, where it is for one date. Of several dates the first that has no room; none, where all have
    and one of them was chosen. Raises CannotResolve."""
    dates: defaultdict[Departure, list[OrderLine]] = defaultdict(list)
    for line in lines:
        if line.departure and line.departure.tour_id == departure.tour_id:
            dates[line.departure].append(line)
    if len(dates) == 1:
        return next(iter(dates.values()))
    without = [date for date in sorted(dates, key=attrgetter("starts_at")) if not _has_room(dates[date], at)]
    if not without and departure not in dates:
        raise CannotResolve
    return dates[without[0]] if without else []


def _has_room(lines: list[OrderLine], at: datetime) -> bool:
    """Tried, and taken back."""
    with transaction.atomic():
        found = stock.take_if_left(lines, at=at)
        transaction.set_rollback(True)
    return found


def _settle(order: Order, at: datetime) -> None:
    """Confirmed if what books it is there, else held until the rest of that comes. The seller may give the place even
    where others have used up the voucher: the price stays as it was promised."""
    take_voucher_again(order)
    if order.received_satang < order.due_now_satang:
        moved = move(order, to=STATUS.SLIP_REVIEW, ended_at=None)
    else:
        too_much = max(0, order.received_satang - order.total_satang)
        moved = move(order, to=STATUS.CONFIRMED, confirmed_at=at, ended_at=None, refund_due_satang=too_much)
        tell_confirmed(order)
    if not moved:
        raise CannotResolve
