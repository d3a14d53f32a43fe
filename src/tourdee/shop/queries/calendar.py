"""A booked departure as a file for the buyer's calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from tourdee.core.templatetags.tourdee import local

from ..models import Order
from .order_page import Ticket

LONGEST_LINE = 75  # octets, as the standard asks
MOMENT = "%Y%m%dT%H%M%SZ"


def calendar_file(order: Order, ticket: Ticket, *, url: str, at: datetime) -> str:
    """One event with an alarm a day before. Lines end in CR LF and are folded between characters."""
    departure = ticket.first.departure
    assert departure
    tour = departure.tour
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//TourDee//TourDee//TH", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{order.public_id}-{departure.public_id}@tourdee", f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(departure.starts_at)}",
        f"DTEND:{_moment(departure.starts_at + timedelta(minutes=tour.minutes))}",
        f"SUMMARY:{_escaped(local(tour, 'name'))}", f"LOCATION:{_escaped(local(tour, 'meeting_point'))}",
        f"DESCRIPTION:{_escaped(order.code)} {_escaped(url)}", f"URL:{url}",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{_escaped(local(tour, 'name'))}", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime(MOMENT)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line; a continued line begins with a space, and no character is torn apart."""
    parts, part = [], ""
    for character in line:
        if len(f"{part}{character}".encode()) > LONGEST_LINE - 1:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
