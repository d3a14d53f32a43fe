"""Who goes where: what the dates of a tour need, another guide for one date, somebody who no longer works here. The guide's
own calendar is heard at once: a date at a time when the new one is busy closes, and what only the old one's calendar
closed opens."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tourdee.core.audit import record
from tourdee.people.models import User

from ..models import Departure, Resource, ResourceUse, Tour
from .calendars import follow_calendars
from .conflicts import once_more
from .resources import ResourceBusy, TooFewPlaces, fit_seats, take_resources
from .versions import tour_changed

STATUS = Departure.Status


@once_more
@transaction.atomic
def attach_resources(*, tour: Tour, resources: Sequence[Resource], by: User, at: datetime) -> list[str]:
    """What every departure of a tour needs, from now on and for the dates ahead, which have no more seats than the van or
    boat. Dates for which one of them is busy or too small keep what they had; why is returned in words."""
    tour.resources.set(resources)
    names = ", ".join(one.name for one in resources) or "—"
    record("tour.resources", subject=tour, text=f"{tour.name_th}: ใช้ {names}", at=at, actor=by)
    problems: list[str] = []
    ahead = Departure.objects.filter(tour=tour, starts_at__gt=at, by_hand=False).select_related("tour")
    for departure in ahead:
        if departure.status == STATUS.OPEN or (departure.taken and departure.status == STATUS.CLOSED):
            problems += _exchanged(departure, resources)
    follow_calendars(shop_id=tour.shop_id, at=at)
    tour_changed(tour)
    return problems


def _exchanged(departure: Departure, resources: Sequence[Resource]) -> list[str]:
    try:
        with transaction.atomic():
            ResourceUse.objects.filter(departure=departure).delete()
            take_resources(departure, resources)
            fit_seats(departure, resources)
    except ResourceBusy as busy:
        return [clash.message for clash in busy.clashes]
    except TooFewPlaces as small:
        return [small.message]
    return []


@once_more
@transaction.atomic
def assign_resources(*, departure: Departure, resources: Sequence[Resource], by: User, at: datetime) -> None:
    """Another guide or van for this one date. Raises ResourceBusy, TooFewPlaces; then the old ones stay."""
    ResourceUse.objects.filter(departure=departure).delete()
    take_resources(departure, resources)
    fit_seats(departure, resources)
    Departure.objects.filter(pk=departure.pk).update(by_hand=True)
    follow_calendars(shop_id=departure.tour.shop_id, at=at)
    tour_changed(departure.tour)
    names = ", ".join(one.name for one in resources) or "—"
    record("departure.resources", subject=departure, text=f"{departure.tour.name_th}: ใช้ {names}", at=at, actor=by)


@transaction.atomic
def put_aside(*, resource: Resource, at: datetime) -> None:
    """No longer used: it leaves its tours and its departures ahead."""
    Resource.objects.filter(pk=resource.pk).update(is_active=False)
    resource.tours.clear()
    ResourceUse.objects.filter(resource=resource, from_at__gt=at).delete()
    follow_calendars(shop_id=resource.shop_id, at=at)
