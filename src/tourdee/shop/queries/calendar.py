"""A booked departure as a file for the buyer's calendar (RFC 5545)."""

from datetime import datetime, timedelta

from tourdee.core.templatetags.tourdee import local

from ..ical.writing import document, escaped, moment
from ..models import Departure, Order, PickupPoint
from .order_page import Ticket


def calendar_file(order: Order, ticket: Ticket, *, url: str, at: datetime) -> str:
    """One event with an alarm a day before: from the moment when the guest is fetched, or the start. Lines end in CR LF
    and are folded between characters."""
    departure = ticket.first.departure
    assert departure
    tour = departure.tour
    fetched = _pickup(order, departure)
    begins = departure.starts_at - timedelta(minutes=fetched.minutes_before if fetched else 0)
    place = local(fetched, "name") if fetched else local(tour, "meeting_point")
    lines = [
        "BEGIN:VEVENT",
        f"UID:{order.public_id}-{departure.public_id}@tourdee", f"DTSTAMP:{moment(at)}",
        f"DTSTART:{moment(begins)}",
        f"DTEND:{moment(departure.starts_at + timedelta(minutes=tour.minutes))}",
        f"SUMMARY:{escaped(local(tour, 'name'))}", f"LOCATION:{escaped(place)}",
        f"DESCRIPTION:{escaped(order.code)} {escaped(url)}", f"URL:{url}",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{escaped(local(tour, 'name'))}", "END:VALARM",
        "END:VEVENT",
    ]  # fmt: skip
    return document(lines)


def _pickup(order: Order, departure: Departure) -> PickupPoint | None:
    return next((one.pickup for one in order.lines.all() if one.pickup and one.departure_id == departure.pk), None)
