"""A date in few words, for previews: open or closed, seats, price, until when it can be booked."""

from datetime import timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local

from ..models import Departure, PriceCategory
from .prices import prices_on

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
    categories = list(PriceCategory.objects.filter(tour=departure.tour_id, is_active=True))
    prices = prices_on(departure, categories)
    costs = ", ".join(f"{local(one, 'name')} {baht(prices[one.pk])}" for one in categories)
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
