"""Dated starts: added, made larger or smaller, closed and opened, deleted when nobody ever booked them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from ..models import Departure, Tour
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


@transaction.atomic
def add_departures(*, tour: Tour, starts: Sequence[datetime], capacity: int, at: datetime) -> int:
    """Add dated starts; those that exist already stay as they are. Returns how many are new. Raises BadStart."""
    wanted = sorted(set(starts))
    if not 0 < len(wanted) <= MOST_AT_ONCE or wanted[0] <= at:
        raise BadStart
    before = tour.departures.count()
    Departure.objects.bulk_create(
        [Departure(tour=tour, starts_at=start, capacity=capacity) for start in wanted], ignore_conflicts=True
    )
    tour_changed(tour)
    return tour.departures.count() - before


@transaction.atomic
def set_capacity(*, departure: Departure, capacity: int) -> None:
    """More or fewer seats, never fewer than are taken. Raises SeatsTaken."""
    if not Departure.objects.filter(pk=departure.pk, taken__lte=capacity).update(capacity=capacity):
        raise SeatsTaken(Departure.objects.get(pk=departure.pk).taken)
    tour_changed(departure.tour)
    tell_of_free_seats([departure.pk])


@transaction.atomic
def close_departure(*, departure: Departure) -> None:
    """No new bookings; those that exist stay. Again changes nothing."""
    if Departure.objects.filter(pk=departure.pk, status=STATUS.OPEN).update(status=STATUS.CLOSED):
        tour_changed(departure.tour)


@transaction.atomic
def open_departure(*, departure: Departure) -> None:
    """Bookings again. Again changes nothing."""
    if Departure.objects.filter(pk=departure.pk, status=STATUS.CLOSED).update(status=STATUS.OPEN):
        tour_changed(departure.tour)
        tell_of_free_seats([departure.pk])


@transaction.atomic
def delete_departure(*, departure: Departure) -> None:
    """Delete a start that was never booked. Raises DepartureInUse."""
    try:
        with transaction.atomic():
            deleted, _rows = Departure.objects.filter(pk=departure.pk, taken=0).delete()
    except (ProtectedError, IntegrityError) as problem:
        raise DepartureInUse from problem
    if not deleted:
        raise DepartureInUse
    tour_changed(departure.tour)
