"""What the meeting point needs: the guests of today and tomorrow, small enough to lie on a phone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from tourdee.core.dates import at_bangkok, bangkok_day, clock, day_line
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.people.models import User

from ..models import Departure, Order, OrderLine, Scan, Tour
from .manifest_paper import extras_of
from .orders import Guests, by_pickup, expected_lines, guests_by_booking
from .questions import Told, told_by_order
from .selling import departures_for
from .storefront.words import spoken_languages
from .tickets import seal_of

RESULT = Scan.Result
AFTER_MIDNIGHT = timedelta(hours=6)  # guests of a night tour may still come when the day is over
RESULT_WORDS = {
    RESULT.OK: gettext_lazy("Welcome! They are checked in."),
    RESULT.ALREADY: gettext_lazy("This ticket was used before: everybody of it is here already."),
    RESULT.WRONG_DEPARTURE: gettext_lazy("Wrong departure: this ticket is for another date or tour."),
    RESULT.CANCELLED: gettext_lazy("Not valid: this booking was cancelled."),
    RESULT.UNPAID: gettext_lazy("Not paid yet: the money of this booking was not confirmed."),
    RESULT.UNKNOWN: gettext_lazy("No ticket of yours: nothing is known under this code."),
}


def departures_near(user: User, at: datetime) -> QuerySet[Departure]:
    """The departures of today and tomorrow whose guests a person may see, soonest first."""
    today = at_bangkok(bangkok_day(at), 0)
    near = departures_for(user).filter(starts_at__gte=today, starts_at__lt=today + timedelta(days=2))
    return near.exclude(status=Departure.Status.CANCELLED).order_by("starts_at", "pk")


def forgotten_at(departure: Departure) -> datetime:
    """When a phone must have forgotten its guests: at the end of the day, or six hours after a late start."""
    next_day = at_bangkok(bangkok_day(departure.starts_at) + timedelta(days=1), 0)
    return max(next_day, departure.starts_at + AFTER_MIDNIGHT)


def day_for_phone(user: User, at: datetime) -> dict[str, Any]:
    """Everything that checking in needs without a network, as JSON. Two queries, however many come, and one for each
    date of a shop that asks its guests."""
    departures = list(departures_near(user, at))
    bookings: dict[int, list[OrderLine]] = {one.pk: [] for one in departures}
    for line in expected_lines(departures):
        bookings[line.departure_id or 0].append(line)
    told = {one.pk: told_by_order([one]) for one in departures}
    return {
        "person": user.public_id,
        "now": at.isoformat(),
        "departures": [
            _departure(one, by_pickup(guests_by_booking(bookings[one.pk])), told[one.pk]) for one in departures
        ],
    }


def _departure(departure: Departure, guests: Iterable[Guests], told: dict[int, list[Told]]) -> dict[str, Any]:
    language = get_language() or "th"
    return {
        "id": departure.public_id,
        "tour": local(departure.tour, "name"),
        "day": day_line(departure.starts_at, language),
        "time": clock(departure.starts_at, language),
        "place": local(departure.tour, "meeting_point"),
        "until": forgotten_at(departure).isoformat(),
        "page": reverse("manifest", args=[departure.public_id]),
        "bookings": [_booking(one, departure.tour, told.get(one.order.pk, ())) for one in guests],
    }


def _booking(guests: Guests, tour: Tour, told: Iterable[Told]) -> dict[str, Any]:
    """A phone may be lost: what guests eat lies on it, numbers of cards never do."""
    order = guests.order
    return {
        "code": order.code,
        "seal": seal_of(order),
        "name": order.buyer_name,
        "phone": order.buyer_phone,
        "options": _options(guests, tour),
        "note": order.note,
        "answers": [answer.line for answer in told if not answer.is_number],
        "paid": order.status == Order.Status.CONFIRMED,
        "rest": baht(guests.to_collect_satang) if guests.to_collect_satang else "",
        "lines": [
            {
                "category": line.category.public_id if line.category else "",
                "name": local(line.category, "name") if line.category else local(line, "name"),
                "booked": line.people,
                "arrived": line.arrived,
            }
            for line in guests.lines
        ],
    }


def _options(guests: Guests, tour: Tour) -> list[str]:
    """Where and when they are fetched, in which of several languages they are guided, what they ordered beside: without a
    network nobody can look it up."""
    fetched = [local(guests.pickup, "name")] if guests.pickup else []
    chosen = guests.guide_language if len(tour.languages) > 1 else ""
    return [*fetched, *([spoken_languages([chosen])] if chosen else []), *extras_of(guests)]


def answer_to(scan: Scan) -> dict[str, Any]:
    """What the phone is told about a scan. Names are told of orders of one's own alone: no others have a row here."""
    told = {
        "id": scan.client_id,
        "result": "undone" if scan.undone_at else scan.result,
        "message": str(RESULT_WORDS[RESULT(scan.result)]),
        "people": scan.people,
    }
    if scan.order:
        told |= {"code": scan.order.code, "name": scan.order.buyer_name}
    if scan.order and scan.result == RESULT.WRONG_DEPARTURE:
        told["elsewhere"] = _elsewhere(scan)
    return told


def _elsewhere(scan: Scan) -> str:
    """Where the guests belong: ``Old town walk, Thu 26 Nov 2026 09:00``; the soonest of several."""
    language = get_language() or "th"
    near = departures_for(scan.by).filter(lines__order=scan.order).order_by("starts_at").first()
    if near is None:
        return ""
    return f"{local(near.tour, 'name')}, {day_line(near.starts_at, language)} {clock(near.starts_at, language)}"


def scans_to_look_at(departure: Departure) -> QuerySet[Scan]:
    """Scans at a departure that counted nobody in though a guest stood there: who was let in must be sorted out."""
    troubled = [RESULT.CANCELLED, RESULT.UNPAID, RESULT.WRONG_DEPARTURE, RESULT.UNKNOWN]
    return departure.scans.filter(result__in=troubled).select_related("order").order_by("-scanned_at")


def can_be_undone(departure: Departure) -> dict[int, Scan]:
    """The newest check-in of each order at a departure that could be taken back, by row of the order."""
    counted = departure.scans.filter(result=RESULT.OK, undone_at__isnull=True).order_by("scanned_at", "pk")
    return {scan.order_id: scan for scan in counted if scan.order_id}
