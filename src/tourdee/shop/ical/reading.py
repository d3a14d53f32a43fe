"""A calendar that somebody else wrote, as the times at which its owner is busy.

The file may be large, odd or hostile: what is counted is capped, and rules that nobody's calendar has are left out."""

import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rrulestr
from icalendar import Calendar, Component, vDDDLists, vRecur
from icalendar.error import BrokenCalendarProperty

from tourdee.core.dates import BANGKOK

Span = tuple[datetime, datetime]
MOST_EVENTS = 5_000
MOST_SPANS = 5_000
SECONDS = 5.0
LONGEST = timedelta(days=120)
OWN = "@tourdee"  # our own feed, which the owner's calendar may show as well: it must not close what it is about
FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}


class BadCalendar(Exception):
    """``reason``: not_calendar, or too_much."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def busy_spans(data: bytes, *, first: datetime, last: datetime) -> list[Span]:
    """When its owner is busy between the two moments, in UTC, the earliest first. Whole days are Bangkok's. Raises
    BadCalendar."""
    events = _events(data)
    changed = {
        (str(event.get("UID", "")), _moment(_value(event, "RECURRENCE-ID"))) for event in events if _is_change(event)
    }
    until = clock.monotonic() + SECONDS
    spans: list[Span] = []
    for event in events:
        spans += [span for span in _spans(event, changed, first, last) if span[0] < last and span[1] > first]
        if len(spans) > MOST_SPANS or clock.monotonic() > until:
            raise BadCalendar("too_much")
    return sorted(set(spans))


def _events(data: bytes) -> list[Component]:
    if b"BEGIN:VCALENDAR" not in data[:10_000].upper():
        raise BadCalendar("not_calendar")
    if data.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise BadCalendar("too_much")
    try:
        return [event for event in Calendar.from_ical(data).walk("VEVENT") if _has_start(event)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as problem:
        raise BadCalendar("not_calendar") from problem


def _has_start(event: Component) -> bool:
    return isinstance(_value(event, "DTSTART"), date)


def _is_change(event: Component) -> bool:
    return isinstance(_value(event, "RECURRENCE-ID"), date)


def _value(event: Component, name: str) -> Any:
    """The day, moment or length that a property holds; nothing where it is missing or broken."""
    try:
        held: Any = event[name]
        return held.dt
    except (KeyError, AttributeError, BrokenCalendarProperty):
        return None


def _is_free(event: Component) -> bool:
    """It says itself that it takes no time, is off, or is ours."""
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    off = str(event.get("STATUS", "")).upper() == "CANCELLED"
    return free or off or str(event.get("UID", "")).endswith(OWN)


def _spans(event: Component, changed: set[tuple[str, datetime]], first: datetime, last: datetime) -> Iterator[Span]:
    length = _length(event)
    if _is_free(event) or not timedelta(0) < length <= LONGEST:
        return
    uid = "" if _is_change(event) else str(event.get("UID", ""))
    left_out = _dates(event, "EXDATE")
    for start in [*_starts(event, first - length, last), *_dates(event, "RDATE")]:
        if start not in left_out and (uid, start) not in changed:
            yield start, start + length


def _length(event: Component) -> timedelta:
    """How long it takes; a day without an end takes that day, a moment without one takes no time."""
    start: date = _value(event, "DTSTART")
    if isinstance(end := _value(event, "DTEND"), date):
        return _moment(end) - _moment(start)
    if isinstance(lasts := _value(event, "DURATION"), timedelta):
        return lasts
    return timedelta(0) if isinstance(start, datetime) else timedelta(days=1)


def _starts(event: Component, first: datetime, last: datetime) -> list[datetime]:
    """Its first start, or those of its rule between the two moments. A rule goes by the wall clock of its own zone."""
    start: date = _value(event, "DTSTART")
    rule = event.get("RRULE")
    if not isinstance(rule, vRecur):
        return [_moment(start)]
    zone = _zone(start)
    naive = _wall(start, zone)
    begin, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (first, last))
    repeated = _rule(rule, naive, zone)
    if repeated is None:
        return [_moment(start)]
    return [one.replace(tzinfo=zone).astimezone(UTC) for one in repeated.between(begin, end, inc=True)[:MOST_SPANS]]


def _rule(rule: Any, start: datetime, zone: tzinfo) -> rrule | None:
    """The rule, reckoned without zones. Nothing for one that repeats by the hour or that we do not understand."""
    parts = {str(key).upper(): value if isinstance(value, list) else [value] for key, value in rule.items()}
    if str(parts.get("FREQ", [""])[0]).upper() not in FREQUENCIES or "BYYEARDAY" in parts or "BYWEEKNO" in parts:
        return None
    if ends := parts.pop("UNTIL", None):
        last = ends[0] if isinstance(ends[0], datetime) else datetime.combine(ends[0], time(23, 59, 59))
        parts["UNTIL"] = [f"{_wall(last, zone):%Y%m%dT%H%M%S}"]
    text = ";".join(f"{key}={','.join(str(one) for one in value)}" for key, value in parts.items())
    try:
        made = rrulestr(text, dtstart=start)
    except (ValueError, TypeError, AttributeError):
        return None
    return made if isinstance(made, rrule) else None


def _dates(event: Component, name: str) -> set[datetime]:
    """The moments of EXDATE or RDATE, of which there may be several lines."""
    listed = event.get(name) or []
    lines = listed if isinstance(listed, list) else [listed]
    found = [one.dt for line in lines if isinstance(line, vDDDLists) for one in line.dts]
    return {_moment(one) for one in found if isinstance(one, date)}


def _zone(value: date) -> tzinfo:
    return value.tzinfo if isinstance(value, datetime) and value.tzinfo else BANGKOK


def _wall(value: date, zone: tzinfo) -> datetime:
    """What the clock on the wall shows."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value


def _moment(value: date) -> datetime:
    """In UTC. Days and times without a zone are Bangkok's."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=BANGKOK)).astimezone(UTC)
