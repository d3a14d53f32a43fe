"""What outside calendars say: when a guide, or the whole shop, is busy elsewhere."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from ..models import BusyTime, Departure, OutsideCalendar

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class BusyTimes:
    """Busy times as spans that neither touch nor overlap, the earliest first."""

    spans: list[Span]

    def overlap(self, first: datetime, last: datetime) -> bool:
        """Whether anything of it lies between the two moments."""
        place = bisect_right(self.spans, first, key=lambda span: span[0])
        before = place and self.spans[place - 1][1] > first
        return bool(before) or (place < len(self.spans) and self.spans[place][0] < last)


def merged(spans: Iterable[Span]) -> BusyTimes:
    """Put together what overlaps."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return BusyTimes(joined)


def busy_times(calendar: OutsideCalendar, at: datetime) -> BusyTimes:
    """What one calendar says about the time from now on."""
    return merged(BusyTime.objects.filter(calendar=calendar, to_at__gt=at).values_list("from_at", "to_at"))


def departures_under(calendar: OutsideCalendar) -> QuerySet[Departure]:
    """The departures that a calendar concerns: those that need its guide, or all of the shop."""
    departures = Departure.objects.filter(tour__shop=calendar.shop_id).select_related("tour")
    if calendar.resource_id is None:
        return departures
    needs = Q(uses__resource=calendar.resource_id) | Q(uses=None, tour__resources=calendar.resource_id)
    return departures.filter(needs).distinct()


def is_busy(departure: Departure) -> bool:
    """Whether a calendar says busy at the time of this departure."""
    last = departure.starts_at + timedelta(minutes=departure.tour.minutes)
    busy = BusyTime.objects.filter(from_at__lt=last, to_at__gt=departure.starts_at)
    calendars = busy.filter(calendar__shop=departure.tour.shop_id).values("calendar")
    found = OutsideCalendar.objects.filter(pk__in=calendars)
    return any(departures_under(one).filter(pk=departure.pk).exists() for one in found)


def guests_in_busy_times(shop_id: int, at: datetime) -> list[Departure]:
    """Dates with guests at a time when a calendar says busy, soonest first: the seller must choose between the two."""
    closed = Departure.objects.filter(
        tour__shop=shop_id, closed_by=Departure.ClosedBy.CALENDAR, taken__gt=0, starts_at__gt=at
    )
    return list(closed.exclude(status=Departure.Status.CANCELLED).select_related("tour").order_by("starts_at"))
