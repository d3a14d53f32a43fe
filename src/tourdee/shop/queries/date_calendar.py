"""A tour's month as a grid: what each day offers, and what can be chosen."""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import get_language

from tourdee.core.dates import (
    BANGKOK,
    BUDDHIST_ERA,
    MONTHS_EN,
    MONTHS_TH,
    SHORT_WEEKDAYS_EN,
    SHORT_WEEKDAYS_TH,
    at_bangkok,
    bangkok_day,
)
from tourdee.programme.queries import public_holiday

from ..models import Departure, Tour
from .schedules import planned_beyond

STATUS = Departure.Status
FARTHEST = timedelta(days=730)
SHORT_DAYS_TH = tuple(name.rstrip(".") for name in SHORT_WEEKDAYS_TH)


@dataclass(frozen=True)
class Day:
    """One cell. ``planned``: starts that a schedule will make later. ``mark`` names its colour: open, few, full,
    closed, planned, or nothing."""

    date: date
    can_change: bool
    in_month: bool
    is_today: bool
    holiday: str
    departures: list[Departure] = field(default_factory=list)
    planned: list[datetime] = field(default_factory=list)

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def taken(self) -> int:
        return sum(one.taken for one in self.departures)

    @property
    def capacity(self) -> int:
        return sum(one.capacity for one in self.departures)

    @property
    def mark(self) -> str:
        opened = [one for one in self.departures if one.status == STATUS.OPEN]
        if not self.departures:
            return "planned" if self.planned else ""
        if not opened:
            return "closed"
        return "full" if all(one.left == 0 for one in opened) else "open"


@dataclass(frozen=True)
class Month:
    """A month with the days around it that fill its first and last week."""

    first: date
    weeks: list[list[Day]]
    can_go_back: bool
    can_go_on: bool

    @property
    def title(self) -> str:
        """``ธันวาคม 2569`` or ``December 2026``."""
        if (get_language() or "th").startswith("th"):
            return f"{MONTHS_TH[self.first.month - 1]} {self.first.year + BUDDHIST_ERA}"
        return f"{MONTHS_EN[self.first.month - 1]} {self.first.year}"

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=32):%Y-%m}"

    @property
    def holidays(self) -> list[Day]:
        """The public holidays of this month, to be named below the grid."""
        return [day for week in self.weeks for day in week if day.in_month and day.holiday]


def read_month(text: str, at: datetime) -> date:
    """The first day of the month that an address names (``2026-12``); this month for anything else or too far away."""
    today = bangkok_day(at)
    try:
        first = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)
    near = today.replace(day=1) - timedelta(days=366) <= first <= today + FARTHEST
    return first if near else today.replace(day=1)


def weekday_names() -> list[str]:
    """Monday to Sunday, as short as a narrow column needs."""
    return list(SHORT_DAYS_TH if (get_language() or "th").startswith("th") else SHORT_WEEKDAYS_EN)


def month_of(tour: Tour, first: date, at: datetime) -> Month:
    """The grid of a month. Four queries, however many dates there are."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begin, end = weeks[0][0], weeks[-1][-1]
    departures = _by_day(tour, begin, end)
    planned: dict[date, list[datetime]] = {}
    for start in planned_beyond(tour, begin, end, at):
        planned.setdefault(bangkok_day(start), []).append(start)
    today = bangkok_day(at)
    cells = [
        [
            Day(
                day, today <= day <= today + FARTHEST, day.month == first.month, day == today, public_holiday(day),
                departures.get(day, []), sorted(planned.get(day, [])),
            )
            for day in week
        ]
        for week in weeks
    ]  # fmt: skip
    return Month(first, cells, first > today.replace(day=1) - timedelta(days=366), end < today + FARTHEST)


def _by_day(tour: Tour, begin: date, end: date) -> dict[date, list[Departure]]:
    within = Departure.objects.filter(
        tour=tour, starts_at__gte=at_bangkok(begin, 0), starts_at__lt=at_bangkok(end + timedelta(days=1), 0)
    ).exclude(status=STATUS.CANCELLED)
    found: dict[date, list[Departure]] = {}
    for departure in within.order_by("starts_at"):
        found.setdefault(departure.starts_at.astimezone(BANGKOK).date(), []).append(departure)
    return found
