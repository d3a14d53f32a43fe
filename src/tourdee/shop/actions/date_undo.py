"""A change of many dates taken back, where nobody has booked since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tourdee.core.audit import record
from tourdee.people.models import User

from ..models import DateChange, Departure, DeparturePrice, PriceKey, Schedule, SkippedStart, Tour
from . import departures as acts
from .conflicts import once_more
from .date_changes import KEPT
from .prices import follow_plans, set_prices_by_hand
from .resources import ResourceBusy, let_go, take_resources
from .versions import told_once, tour_changed

STATUS = Departure.Status


@dataclass(frozen=True)
class Undone:
    """So many dates are as they were; so many stay, because somebody has booked or something stands in the way."""

    back: int
    kept: int


@once_more
@told_once()
def undo(*, change: DateChange, by: User, at: datetime) -> Undone:
    """Make it as it was, where nobody has booked since. Again does nothing."""
    if not DateChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=at):
        return Undone(0, 0)
    tour, before = change.tour, change.before
    results = [_back(row) for row in before["rows"]]
    results += [_remade(tour, row, at) for row in before["removed"]]
    results += [_gone(tour, public_id) for public_id in before["added"]]
    skipped = SkippedStart.objects.filter(tour=tour, starts_at__in=before["skipped"])
    results += [True] * skipped.delete()[0]
    results += [_skipped_again(tour, start) for start in before["restored"]]
    follow_plans(tour=tour, at=at)
    tour_changed(tour)
    record("tour.dates", subject=tour, text=f"{tour.name_th}: เลิกทำการแก้วัน", at=at, actor=by)
    return Undone(sum(results), len(results) - sum(results))


def _back(row: dict[str, Any]) -> bool:
    """One date as it was, unless it has more guests now."""
    columns = {name: row[name] for name in KEPT if name != "taken"}
    known = Departure.objects.filter(public_id=row["id"], taken__lte=min(row["taken"], row["capacity"]))
    found = known.exclude(status=STATUS.CANCELLED).select_related("tour").first()
    if found is None:
        return False
    try:
        with transaction.atomic():
            if not known.exclude(status=STATUS.CANCELLED).update(**columns):
                return False
            if row["status"] == STATUS.OPEN:
                take_resources(found)
            else:
                let_go([found.pk])
    except ResourceBusy:
        return False
    DeparturePrice.objects.filter(departure=found, by_hand=True).delete()
    set_prices_by_hand([found], dict(map(_price, row["prices"])))
    return True


def _price(kept: list[Any]) -> tuple[PriceKey, int]:
    """(category, people, satang); changes from before private prices had dates lack the middle one."""
    category, *people, satang = kept
    return (category, people[0] if people else None), satang


def _remade(tour: Tour, row: dict[str, Any], at: datetime) -> bool:
    start = datetime.fromisoformat(row["starts_at"])
    SkippedStart.objects.filter(tour=tour, starts_at=start).delete()
    schedule = Schedule.objects.filter(pk=row["schedule"]).first()
    made = acts.make_departures(tour=tour, starts=[start], capacity=row["capacity"], at=at, schedule=schedule)
    if made.new:
        Departure.objects.filter(tour=tour, starts_at=start).update(public_id=row["id"])
    return bool(made.new) and (row["status"] == STATUS.OPEN or _back(row))


def _gone(tour: Tour, public_id: str) -> bool:
    """A date that was added goes again, if nobody has booked it."""
    departure = Departure.objects.filter(tour=tour, public_id=public_id).select_related("tour").first()
    try:
        if departure is not None:
            acts.delete_departure(departure=departure)
    except acts.DepartureInUse:
        return False
    return departure is not None


def _skipped_again(tour: Tour, start: str) -> bool:
    moment = datetime.fromisoformat(start)
    departure = Departure.objects.filter(tour=tour, starts_at=moment).select_related("tour").first()
    if departure is not None and not _gone(tour, departure.public_id):
        return False
    SkippedStart.objects.get_or_create(tour=tour, starts_at=moment)
    return True
