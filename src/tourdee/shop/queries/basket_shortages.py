"""Which lines of a basket could not be had just now. For showing only: what decides is the conditional UPDATE."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from ..models import Departure, ExtraCount, OrderLine
from .availability import pieces_left, seats_left
from .baskets import BasketLine, Key


def shortages(lines: Sequence[BasketLine], at: datetime) -> dict[Key | None, str]:
    """By line, what to say where fewer are left than wanted. Asks more only where the counter itself looks short, or
    where an extra is limited."""
    seats = Counter[int]()
    for line in lines:
        if line.departure:
            seats[line.departure.pk] += line.seats
    return {line.key: said for line in lines if (said := _said(line, seats, at))}


def _said(line: BasketLine, seats: Counter[int], at: datetime) -> str:
    if line.departure and line.kind == OrderLine.Kind.PRIVATE:
        return _private(line.departure, line.seats, at)
    wanted = seats[line.departure.pk] if line.departure and line.kind == OrderLine.Kind.SEATS else line.quantity
    left = _left(line, wanted, at)
    return "" if left is None or left >= wanted else _only_left(left)


def _left(line: BasketLine, wanted: int, at: datetime) -> int | None:
    """None where the counter alone shows that there is enough, or where nothing is counted."""
    if line.variant:
        return pieces_left(line.variant, at) if line.variant.left < wanted else None
    assert line.departure
    if line.extra:
        return _extras_left(line) if line.extra.limit is not None else None
    if line.kind == OrderLine.Kind.SEATS and line.departure.left < wanted:
        return seats_left(line.departure, at)
    return None


def _extras_left(line: BasketLine) -> int:
    assert line.extra
    count = ExtraCount.objects.filter(departure=line.departure, extra=line.extra).first()
    return count.capacity - count.taken if count else line.extra.capacity


def _private(departure: Departure, party: int, at: datetime) -> str:
    """A whole departure is to be had while nobody is in it."""
    if departure.capacity < party:
        return _only_left(departure.capacity)
    if departure.taken and seats_left(departure, at) < departure.capacity:
        return _("Others have booked this day already. Please choose another one for your own group.")
    return ""


def _only_left(left: int) -> str:
    if left <= 0:
        return _("Sold out. Please choose another day or take it out.")
    return _("Only %(left)s left. Please choose fewer.") % {"left": left}
