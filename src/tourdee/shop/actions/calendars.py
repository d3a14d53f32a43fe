"""Outside calendars: added, read again and again, and what follows for the dates. Reading over the network happens in
the worker, outside any transaction (see calendar_reading.py)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from tourdee.core.crypto import seal
from tourdee.core.ids import secret_token

from ..models import BusyTime, CalendarFeed, Departure, OutsideCalendar, Resource, Shop, Tour
from ..queries.busy import Span, busy_times, departures_under
from .resources import ResourceBusy, let_go, take_resources
from .versions import tour_changed

STATUS = Departure.Status
BY_CALENDAR = Departure.ClosedBy.CALENDAR
EVERY = timedelta(minutes=30)
LONGEST_PAUSE = timedelta(hours=12)
MOST_CALENDARS = 10


class TooManyCalendars(Exception):
    """A shop has so many calendars already that more would only slow the others down."""


@transaction.atomic
def add_calendar(
    *, shop: Shop, resource: Resource | None, name: str, at: datetime, url: str = "", spans: Iterable[Span] = ()
) -> OutsideCalendar:
    """By address: it is read within a minute and then every half hour. Without one: what a file said, until the next
    file. Raises TooManyCalendars."""
    if OutsideCalendar.objects.filter(shop=shop).count() >= MOST_CALENDARS:
        raise TooManyCalendars
    calendar = OutsideCalendar.objects.create(
        shop=shop, resource=resource, name=name, sealed_url=seal(url) if url else "", next_at=at if url else None
    )
    if not url:
        keep_busy_times(calendar=calendar, spans=spans, at=at)
    return calendar


@transaction.atomic
def keep_busy_times(*, calendar: OutsideCalendar, spans: Iterable[Span], at: datetime, etag: str = "") -> None:
    """What it said when it was read just now takes the place of what it said before; dates close and open with it."""
    BusyTime.objects.filter(calendar=calendar).delete()
    BusyTime.objects.bulk_create(BusyTime(calendar=calendar, from_at=first, to_at=last) for first, last in spans)
    read_again = at + EVERY if calendar.sealed_url else None
    OutsideCalendar.objects.filter(pk=calendar.pk).update(
        read_at=at, next_at=read_again, etag=etag[:200], problem="", failures=0
    )
    follow_calendars(shop_id=calendar.shop_id, at=at)


@transaction.atomic
def note_unchanged(*, calendar: OutsideCalendar, at: datetime) -> None:
    """It was asked and said that nothing is new."""
    OutsideCalendar.objects.filter(pk=calendar.pk).update(read_at=at, next_at=at + EVERY, problem="", failures=0)


@transaction.atomic
def note_failure(*, calendar: OutsideCalendar, problem: str, at: datetime) -> None:
    """It could not be read. What it said last still holds; it is tried again, ever more seldom."""
    pause = min(EVERY * 2 ** min(calendar.failures, 5), LONGEST_PAUSE)
    OutsideCalendar.objects.filter(pk=calendar.pk).update(
        problem=problem, failures=calendar.failures + 1, next_at=at + pause
    )


@transaction.atomic
def read_soon(*, calendar: OutsideCalendar, at: datetime) -> None:
    """The seller does not want to wait for the half hour."""
    OutsideCalendar.objects.filter(pk=calendar.pk).exclude(sealed_url="").update(next_at=at)


@transaction.atomic
def remove_calendar(*, calendar: OutsideCalendar, at: datetime) -> None:
    """It no longer says anything; what it closed opens."""
    shop_id = calendar.shop_id
    calendar.delete()
    follow_calendars(shop_id=shop_id, at=at)


@transaction.atomic
def follow_calendars(*, shop_id: int, at: datetime) -> int:
    """Close the open dates at busy times, and open what a calendar closed and no calendar wants closed any more. What the
    seller closed or opened by hand stays so. Returns how many dates changed. Repeatable."""
    calendars = list(OutsideCalendar.objects.filter(shop=shop_id))
    waiting = Departure.objects.filter(
        tour__shop=shop_id, starts_at__gt=at, closed_by=BY_CALENDAR, status=STATUS.CLOSED
    )
    if not calendars and not waiting.exists():
        return 0
    busy = {row for calendar in calendars for row in _busy_departures(calendar, at)}
    opened = Departure.objects.filter(tour__shop=shop_id, starts_at__gt=at, status=STATUS.OPEN, ignores_calendar=False)
    to_close = list(opened.filter(pk__in=busy).select_related("tour"))
    to_open = list(waiting.exclude(pk__in=busy).select_related("tour"))
    changed = [*(one for one in to_close if _close(one)), *(one for one in to_open if _open(one))]
    for tour in {one.tour_id: one.tour for one in changed}.values():
        tour_changed(tour)
    return len(changed)


def _busy_departures(calendar: OutsideCalendar, at: datetime) -> list[int]:
    busy = busy_times(calendar, at)
    if not busy.spans:
        return []
    ahead = departures_under(calendar).filter(starts_at__gt=at)
    return [one.pk for one in ahead if busy.overlap(one.starts_at, one.starts_at + timedelta(minutes=one.tour.minutes))]


def _close(departure: Departure) -> bool:
    still_open = Departure.objects.filter(pk=departure.pk, status=STATUS.OPEN, ignores_calendar=False)
    closed = still_open.update(status=STATUS.CLOSED, closed_by=BY_CALENDAR)
    let_go([departure.pk])
    return bool(closed)


def _open(departure: Departure) -> bool:
    """Unless its guide, van or boat has been given to another departure meanwhile."""
    try:
        with transaction.atomic():
            take_resources(departure)
            still = Departure.objects.filter(pk=departure.pk, status=STATUS.CLOSED, closed_by=BY_CALENDAR)
            return bool(still.update(status=STATUS.OPEN, closed_by=""))
    except ResourceBusy:
        return False


# ------------------------------------------------------------------ feeds
@transaction.atomic
def feed_for(*, shop: Shop, language: str, resource: Resource | None = None, tour: Tour | None = None) -> CalendarFeed:
    """The secret address for the dates of a shop, a guide or a tour; made when it is first asked for."""
    feed, _new = CalendarFeed.objects.get_or_create(
        shop=shop, resource=resource, tour=tour, defaults={"language": language}
    )
    return feed


@transaction.atomic
def renew_feed(*, feed: CalendarFeed, language: str) -> None:
    """Another secret: whoever had the old address sees nothing any more."""
    CalendarFeed.objects.filter(pk=feed.pk).update(token=secret_token(), language=language)
