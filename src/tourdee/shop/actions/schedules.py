"""Schedules: begun, changed, ended, and the dates that they make ahead, again and again."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from tourdee.core.audit import record
from tourdee.people.models import User

from ..models import Departure, PlannedPrice, PriceKey, Schedule, Tour
from ..queries.schedules import starts_to_make
from .conflicts import once_more
from .departures import Made, make_departures
from .prices import follow_plans
from .versions import told_once, tour_changed

logger = logging.getLogger(__name__)
STATUS = Departure.Status


@dataclass(frozen=True, kw_only=True)
class ScheduleDetails:
    """On which days, at which times (``"09:00"``), with how many seats. ``prices``: satang by what it is the price
    of, where they differ from the usual."""

    weekdays: list[int]
    times: list[str]
    first_day: date
    capacity: int
    last_day: date | None = None
    rhythm: str = Schedule.Rhythm.WEEKLY
    days_ahead: int = 180
    skips_holidays: bool = False
    prices: dict[PriceKey, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Changed:
    """What a change of a schedule did: ``made`` new dates, so many taken off, so many left as they are because they
    have guests or were changed by hand."""

    made: Made
    removed: int
    kept: int


@once_more
@told_once()
def begin_schedule(*, tour: Tour, details: ScheduleDetails, by: User, at: datetime) -> tuple[Schedule, Made]:
    """A new schedule, and its dates up to the horizon."""
    schedule = Schedule.objects.create(tour=tour, **_columns(details))
    _set_prices(schedule, details)
    made = fill_schedule(schedule=schedule, at=at)
    tour_changed(tour)
    _tell(schedule, f"ตั้งตารางใหม่ เปิด {made.new} รอบ", by, at)
    return schedule, made


@once_more
@told_once()
def change_schedule(*, schedule: Schedule, details: ScheduleDetails, by: User, at: datetime) -> Changed:
    """Other days, times, seats or prices from now on. Dates with guests, and dates that the seller changed by hand, stay
    as they are."""
    Schedule.objects.filter(pk=schedule.pk).update(**_columns(details))
    schedule.refresh_from_db()
    _set_prices(schedule, details)
    wanted = starts_to_make(schedule, at)
    removed = _take_off(_free_dates(schedule, at).exclude(starts_at__in=wanted))
    _free_dates(schedule, at).update(capacity=schedule.capacity)
    made = fill_schedule(schedule=schedule, at=at)
    follow_plans(tour=schedule.tour, at=at)
    tour_changed(schedule.tour)
    kept = schedule.departures.filter(starts_at__gt=at).exclude(pk__in=_free_dates(schedule, at)).count()
    _tell(schedule, f"แก้ตาราง เปิดเพิ่ม {made.new} รอบ เอาออก {removed} รอบ", by, at)
    return Changed(made, removed, kept)


@once_more
@transaction.atomic
def end_schedule(*, schedule: Schedule, by: User, at: datetime) -> Changed:
    """No further dates; those ahead that nobody booked or changed are taken off."""
    Schedule.objects.filter(pk=schedule.pk, ended_at=None).update(ended_at=at)
    removed = _take_off(_free_dates(schedule, at))
    tour_changed(schedule.tour)
    _tell(schedule, f"เลิกตาราง เอาออก {removed} รอบ", by, at)
    return Changed(Made(0), removed, schedule.departures.filter(starts_at__gt=at).count())


@transaction.atomic
def fill_schedule(*, schedule: Schedule, at: datetime) -> Made:
    """Make the dates that are missing up to its horizon. Again makes none; no date that exists is touched."""
    starts = starts_to_make(schedule, at)
    made = make_departures(tour=schedule.tour, starts=starts, capacity=schedule.capacity, at=at, schedule=schedule)
    if made.new:
        tour_changed(schedule.tour)
    return made


def fill_all_schedules(at: datetime) -> int:
    """Move every horizon on, each schedule in a transaction of its own. Returns how many dates are new."""
    running = Schedule.objects.filter(ended_at=None).select_related("tour").order_by("pk")
    return sum(_filled(schedule, at) for schedule in running)


def _filled(schedule: Schedule, at: datetime) -> int:
    """One that fails keeps no other from its dates; it is tried again next time."""
    try:
        return fill_schedule(schedule=schedule, at=at).new
    except Exception:
        logger.exception("Schedule %s could not be filled", schedule.public_id)
        return 0


def _free_dates(schedule: Schedule, at: datetime) -> QuerySet[Departure]:
    """Its dates ahead that nobody ever booked and that were not changed by hand."""
    return Departure.objects.filter(schedule=schedule, starts_at__gt=at, taken=0, lines=None, by_hand=False)


def _take_off(free: QuerySet[Departure]) -> int:
    """Shut first: from then on nobody can book them, so that none with a guest is deleted."""
    rows = list(free.values_list("pk", flat=True))
    still_free = Departure.objects.filter(pk__in=rows, taken=0)
    still_free.update(status=STATUS.CLOSED)
    shut = list(Departure.objects.filter(pk__in=rows, taken=0, lines=None).values_list("pk", flat=True))
    Departure.objects.filter(pk__in=shut).delete()
    return len(shut)


def _columns(details: ScheduleDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in details.__dataclass_fields__ if name != "prices"}


def _set_prices(schedule: Schedule, details: ScheduleDetails) -> None:
    schedule.prices.all().delete()
    PlannedPrice.objects.bulk_create(
        PlannedPrice(schedule=schedule, category_id=category, people=people, price_satang=satang)
        for (category, people), satang in details.prices.items()
    )


def _tell(schedule: Schedule, what: str, by: User, at: datetime) -> None:
    record("tour.schedule", subject=schedule.tour, text=f"{schedule.tour.name_th}: {what}", at=at, actor=by)
