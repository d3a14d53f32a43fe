"""A date in few words, for previews: open or closed, seats, price, until when it can be booked."""

from datetime import timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.core.money import baht

from ..models import Departure
from .prices import all_prices_on

STATUS = Departure.Status
SEPARATOR = " · "


def status_words(departure: Departure) -> str:
    """Open, closed (by whom), cancelled."""
    if departure.status == STATUS.CLOSED and departure.closed_by == Departure.ClosedBy.CALENDAR:
        return _("Closed by your calendar")
    return {STATUS.OPEN: _("Open"), STATUS.CLOSED: _("Closed"), STATUS.CANCELLED: _("Cancelled")}[
        STATUS(departure.status)
    ]


def state_of(departure: Departure) -> str:
    """``Open · 2 of 10 · Adult ฿1,200``, with the time until which it can be booked where that is its own."""
    seats = _("%(taken)s of %(capacity)s") % {"taken": departure.taken, "capacity": departure.capacity}
    costs = ", ".join(f"{one.name} {baht(satang)}" for one, satang in all_prices_on(departure))
    return SEPARATOR.join(filter(None, [status_words(departure), seats, costs, _until(departure)]))


def _until(departure: Departure) -> str:
    if departure.closes_at is None:
        return ""
    if departure.starts_at - departure.closes_at < timedelta(minutes=1):
        return _("bookable until the start")
    language = get_language() or "th"
    return _("bookable until %(day)s %(time)s") % {
        "day": short_date(departure.closes_at, language), "time": clock(departure.closes_at, language),
    }  # fmt: skip
