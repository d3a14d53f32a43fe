"""Writing calendars as other programs read them: lines, folded and escaped as the standard asks."""

from collections.abc import Iterable
from datetime import UTC, datetime

LONGEST_LINE = 75  # octets
MOMENT = "%Y%m%dT%H%M%SZ"
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//TourDee//TourDee//TH", "METHOD:PUBLISH")


def document(lines: Iterable[str]) -> str:
    """A whole calendar. Lines end in CR LF."""
    return "".join(f"{folded(line)}\r\n" for line in [*HEAD, *lines, "END:VCALENDAR"])


def moment(value: datetime) -> str:
    """A time in UTC."""
    return value.astimezone(UTC).strftime(MOMENT)


def escaped(text: str) -> str:
    """A text that may hold anything."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> str:
    """At most 75 octets a line; a continued line begins with a space, and no character is torn apart."""
    parts, part = [], ""
    for character in line:
        if len(f"{part}{character}".encode()) > LONGEST_LINE - 1:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
