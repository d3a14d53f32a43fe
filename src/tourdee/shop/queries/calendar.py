"""A booked departure as a file for the buyer's calendar (RFC 5545)."""

from datetime import datetime, timedelta

from tourdee.core.templatetags.tourdee import local

from ..ical.writing import document, escaped, moment
from ..models import Order
from .order_page import Ticket


def calendar_file(order: Order, ticket: Ticket, *, url: str, at: datetime) -> str:
    """One event with an alarm a day before. Lines end in CR LF and are folded between characters."""
    departure = ticket.first.departure
    assert departure
    tour = departure.tour
    lines = [
        "BEGIN:VEVENT",
        f"UID:{order.public_id}-{departure.public_id}@tourdee", f"DTSTAMP:{moment(at)}",
        f"DTSTART:{moment(departure.starts_at)}",
        f"DTEND:{moment(departure.starts_at + timedelta(minutes=tour.minutes))}",
        f"SUMMARY:{escaped(local(tour, 'name'))}", f"LOCATION:{escaped(local(tour, 'meeting_point'))}",
        f"DESCRIPTION:{escaped(order.code)} {escaped(url)}", f"URL:{url}",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{escaped(local(tour, 'name'))}", "END:VALARM",
        "END:VEVENT",
    ]  # fmt: skip
    return document(lines)
