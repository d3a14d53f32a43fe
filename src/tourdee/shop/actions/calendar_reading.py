"""The worker reads outside calendars: over the network first, then, in a transaction, what follows for the dates."""

import logging
import time
from datetime import datetime, timedelta

from tourdee.core.crypto import CannotUnseal, unseal
from tourdee.core.outbound import CannotFetch, fetch
from tourdee.core.periodic import Clock, each_in_turn

from ..ical.reading import BadCalendar, Span, busy_spans
from ..models import OutsideCalendar
from .calendars import keep_busy_times, note_failure, note_unchanged

logger = logging.getLogger(__name__)
AHEAD = timedelta(days=400)


def read_due_calendars(at: datetime, *, clock: Clock = time.monotonic) -> int:
    """Read those whose time has come. Returns how many were read well; the others say on their page what is wrong."""
    due = OutsideCalendar.objects.filter(next_at__lte=at).exclude(sealed_url="").order_by("next_at")
    return each_in_turn(due, lambda calendar: read_calendar(calendar=calendar, at=at), clock=clock)


def read_calendar(*, calendar: OutsideCalendar, at: datetime) -> bool:
    """Read one now. ``False``: it could not be read, and the reason stands with it."""
    try:
        fetched = fetch(unseal(calendar.sealed_url), etag=calendar.etag)
        if fetched.body is None:
            note_unchanged(calendar=calendar, at=at)
        else:
            spans = spans_of(fetched.body, at)
            keep_busy_times(calendar=calendar, spans=spans, at=at, etag=fetched.etag)
    except (CannotFetch, BadCalendar) as problem:
        note_failure(calendar=calendar, problem=problem.reason, at=at)
        return False
    except CannotUnseal:
        note_failure(calendar=calendar, problem="address", at=at)
        return False
    except Exception:  # one odd calendar keeps no other from being read
        logger.exception("Calendar %s could not be read", calendar.public_id)
        note_failure(calendar=calendar, problem="not_calendar", at=at)
        return False
    return True


def spans_of(data: bytes, at: datetime) -> list[Span]:
    """The busy times of a file, as far ahead as anything can be booked. Raises BadCalendar."""
    return busy_spans(data, first=at, last=at + AHEAD)
