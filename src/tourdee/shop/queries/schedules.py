"""On which days a schedule goes, and what its dates are."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils.translation import get_language, gettext_lazy

from tourdee.core.dates import SHORT_WEEKDAYS_EN, SHORT_WEEKDAYS_TH, at_bangkok, bangkok_day
from tourdee.programme.queries import public_holiday

from ..models import Schedule, SkippedStart, Tour

RHYTHM = Schedule.Rhythm
WEEK_OF_MONTH = {RHYTHM.FIRST: 1, RHYTHM.SECOND: 2, RHYTHM.THIRD: 3, RHYTHM.FOURTH: 4, RHYTHM.LAST: -1}


def days_of(schedule: Schedule, first: date, last: date) -> list[date]:
    """The days between the two (both included) on which it goes. Holidays left out where it rests on them."""
    begin, end = max(first, schedule.first_day), min(last, schedule.last_day or last)
    if begin > end:
        return []
    found = _rule(schedule, end).between(_midnight(begin), _midnight(end), inc=True)
    days = [moment.date() for moment in found]
    return [day for day in days if not (schedule.skips_holidays and public_holiday(day))]


def starts_between(schedule: Schedule, first: date, last: date) -> list[datetime]:
    """Its starts on those days. Times are Bangkok's wall clock, whatever the server's."""
    clocks = sorted(time.fromisoformat(text) for text in schedule.times)
    return [at_bangkok(day, clock.hour, clock.minute) for day in days_of(schedule, first, last) for clock in clocks]


def starts_to_make(schedule: Schedule, at: datetime) -> list[datetime]:
    """The starts from now to its horizon, without the exceptions."""
    today = bangkok_day(at)
    ahead = starts_between(schedule, today, today + timedelta(days=schedule.days_ahead))
    skipped = set(
        SkippedStart.objects.filter(tour=schedule.tour_id, starts_at__gt=at).values_list("starts_at", flat=True)
    )
    return [start for start in ahead if start > at and start not in skipped]


def running_schedules(tour: Tour) -> list[Schedule]:
    """The schedules of a tour that the seller has not ended."""
    return list(tour.schedules.filter(ended_at=None).prefetch_related("prices"))


def planned_beyond(tour: Tour, first: date, last: date, at: datetime) -> Iterator[datetime]:
    """Starts on those days that its schedules will make later, because they lie beyond the horizon."""
    skipped = set(SkippedStart.objects.filter(tour=tour).values_list("starts_at", flat=True))
    for schedule in running_schedules(tour):
        horizon = bangkok_day(at) + timedelta(days=schedule.days_ahead + 1)
        yield from (start for start in starts_between(schedule, max(first, horizon), last) if start not in skipped)


RHYTHM_WORDS = {
    RHYTHM.WEEKLY: gettext_lazy("every week"),
    RHYTHM.FORTNIGHTLY: gettext_lazy("every second week"),
    RHYTHM.FIRST: gettext_lazy("first of the month"),
    RHYTHM.SECOND: gettext_lazy("second of the month"),
    RHYTHM.THIRD: gettext_lazy("third of the month"),
    RHYTHM.FOURTH: gettext_lazy("fourth of the month"),
    RHYTHM.LAST: gettext_lazy("last of the month"),
}


def schedule_words(schedule: Schedule) -> str:
    """``Sat, Sun 09:00, every week``."""
    names = SHORT_WEEKDAYS_TH if (get_language() or "th").startswith("th") else SHORT_WEEKDAYS_EN
    days = " ".join(names[day] for day in sorted(schedule.weekdays))
    return f"{days} · {', '.join(schedule.times)} · {RHYTHM_WORDS[RHYTHM(schedule.rhythm)]}"


def _rule(schedule: Schedule, until: date) -> rrule:
    begin = _midnight(schedule.first_day)
    if schedule.rhythm in WEEK_OF_MONTH:
        which = [weekday(day, WEEK_OF_MONTH[RHYTHM(schedule.rhythm)]) for day in schedule.weekdays]
        return rrule(MONTHLY, dtstart=begin, byweekday=which, until=_midnight(until))
    interval = 2 if schedule.rhythm == RHYTHM.FORTNIGHTLY else 1
    return rrule(WEEKLY, dtstart=begin, interval=interval, byweekday=schedule.weekdays, until=_midnight(until))


def _midnight(day: date) -> datetime:
    """For the rule only: it reckons in days, without any zone."""
    return datetime.combine(day, time())
