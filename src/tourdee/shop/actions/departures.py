"""Dated starts: added, made larger or smaller, closed and opened, deleted when nobody ever booked them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Departure, ResourceUse, Schedule, SkippedStart, Tour
from ..queries.busy import is_busy
from ..queries.resources import Clash, resources_of, seats_at_most, split_by_room
from .calendars import follow_calendars
from .conflicts import once_more
from .prices import follow_plans
from .resources import ResourceBusy, TooFewPlaces, let_go, take_resources, uses_for
from .stock import tell_of_free_seats
from .versions import tour_changed

STATUS = Departure.Status
MOST_AT_ONCE = 120


class BadStart(Exception):
    """A start in the past, or too many at once."""

    @property
    def message(self) -> str:
        return _("Please choose dates ahead of now, at most %(most)s at once.") % {"most": MOST_AT_ONCE}


class SeatsTaken(Exception):
    """Fewer seats than are taken. ``taken`` is how many those are."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken

    @property
    def message(self) -> str:
        return _("%(taken)s seats are taken already, so there cannot be fewer.") % {"taken": self.taken}


class DepartureInUse(Exception):
    """Somebody has booked it, now or before; it can be closed instead."""

    @property
    def message(self) -> str:
        return _("This date has bookings, so it cannot be deleted. You can close it.")


@dataclass(frozen=True)
class Made:
    """What became of the starts that were asked for. ``clashing``: left out because a guide, van or boat is elsewhere."""

    new: int
    clashing: list[Clash] = field(default_factory=list)


def add_departures(*, tour: Tour, starts: Sequence[datetime], capacity: int, at: datetime) -> int:
    """Add dated starts; those that exist already stay as they are. Returns how many are new. Raises BadStart,
    ResourceBusy (then none is added)."""
    wanted = sorted(set(starts))
    if not 0 < len(wanted) <= MOST_AT_ONCE or wanted[0] <= at:
        raise BadStart
    with transaction.atomic():
        made = make_departures(tour=tour, starts=wanted, capacity=capacity, at=at)
        if made.clashing:
            raise ResourceBusy(made.clashing)
        tour_changed(tour)
    return made.new


@once_more
@transaction.atomic
def make_departures(
    *, tour: Tour, starts: Sequence[datetime], capacity: int, at: datetime, schedule: Schedule | None = None
) -> Made:
    """Make the starts that do not exist yet, with what the tour needs and at the prices of schedule and season."""
    known = set(Departure.objects.filter(tour=tour, starts_at__in=starts).values_list("starts_at", flat=True))
    free, clashing = split_by_room(tour, [start for start in starts if start not in known])
    if free:
        resources = resources_of(tour)
        seats = seats_at_most(resources, capacity)
        Departure.objects.bulk_create(
            [Departure(tour=tour, starts_at=start, capacity=seats, schedule=schedule) for start in free],
            ignore_conflicts=True,
        )
        if resources:
            _take_all(tour, free)
        follow_plans(tour=tour, at=at)
        follow_calendars(shop_id=tour.shop_id, at=at)
    return Made(len(free), clashing)


def _take_all(tour: Tour, starts: Sequence[datetime]) -> None:
    """The resources of new departures. If somebody was quicker since we looked, everything is undone and tried again."""
    new = Departure.objects.filter(tour=tour, starts_at__in=starts, uses=None).select_related("tour")
    resources = resources_of(tour)
    uses = [use for departure in new for use in uses_for(departure, resources)]
    try:
        with transaction.atomic():
            ResourceUse.objects.bulk_create(uses)
    except IntegrityError as refused:
        raise ResourceBusy([]) from refused


@transaction.atomic
def set_capacity(*, departure: Departure, capacity: int) -> None:
    """More or fewer seats, never fewer than are taken, never more than the van or boat has. Raises SeatsTaken,
    TooFewPlaces."""
    for use in ResourceUse.objects.filter(departure=departure.pk, resource__seats__lt=capacity).select_related(
        "resource"
    ):
        raise TooFewPlaces(use.resource.name, use.resource.seats or 0)
    if not Departure.objects.filter(pk=departure.pk, taken__lte=capacity).update(capacity=capacity, by_hand=True):
        raise SeatsTaken(Departure.objects.get(pk=departure.pk).taken)
    tour_changed(departure.tour)
    tell_of_free_seats([departure.pk], at=timezone.now())


@transaction.atomic
def close_departure(*, departure: Departure) -> bool:
    """No new bookings; those that exist stay. One that a calendar closed is the seller's own word from now on, and stays
    closed when the calendar is free again. Returns whether anything changed."""
    mine = {"closed_by": Departure.ClosedBy.SELLER, "by_hand": True, "ignores_calendar": False}
    row = Departure.objects.filter(pk=departure.pk)
    if row.filter(status=STATUS.OPEN).update(status=STATUS.CLOSED, **mine):
        let_go([departure.pk])
        tour_changed(departure.tour)
        return True
    return bool(row.filter(status=STATUS.CLOSED, closed_by=Departure.ClosedBy.CALENDAR).update(**mine))


@once_more
@transaction.atomic
def open_departure(*, departure: Departure) -> bool:
    """Bookings again, even if a calendar says busy: the seller knows better. Returns whether anything changed. Raises
    ResourceBusy."""
    row = Departure.objects.filter(pk=departure.pk, status=STATUS.CLOSED).select_related("tour")
    found = row.first()
    if found is None:
        return False
    busy = found.closed_by == Departure.ClosedBy.CALENDAR or is_busy(found)
    row.update(status=STATUS.OPEN, closed_by="", by_hand=True, ignores_calendar=busy)
    take_resources(found)
    tour_changed(found.tour)
    tell_of_free_seats([found.pk], at=timezone.now())
    return True


@transaction.atomic
def delete_departure(*, departure: Departure) -> None:
    """Delete a start that was never booked; if a schedule made it, it stays an exception. Raises DepartureInUse."""
    try:
        with transaction.atomic():
            deleted, _rows = Departure.objects.filter(pk=departure.pk, taken=0).delete()
    except (ProtectedError, IntegrityError) as problem:
        raise DepartureInUse from problem
    if not deleted:
        raise DepartureInUse
    if departure.schedule_id:
        SkippedStart.objects.get_or_create(tour_id=departure.tour_id, starts_at=departure.starts_at)
    tour_changed(departure.tour)
