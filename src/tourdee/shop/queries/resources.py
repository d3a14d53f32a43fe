"""Where guides, vans and boats are, and what clashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.core.templatetags.tourdee import local

from ..models import Departure, Resource, ResourceUse, Shop, Tour


@dataclass(frozen=True)
class Clash:
    """A resource that would have to be in two places: at ``starts_at`` it is already with ``other``."""

    resource: Resource
    starts_at: datetime
    other: Departure

    @property
    def message(self) -> str:
        language = get_language() or "th"
        return _("%(resource)s is with “%(tour)s” on %(day)s at %(time)s.") % {
            "resource": self.resource.name,
            "tour": local(self.other.tour, "name"),
            "day": short_date(self.other.starts_at, language),
            "time": clock(self.other.starts_at, language),
        }


def span_of(resource: Resource, tour: Tour, starts_at: datetime) -> tuple[datetime, datetime]:
    """From when till when a departure needs the resource, buffers included."""
    buffer = timedelta(minutes=resource.buffer_minutes)
    return starts_at - buffer, starts_at + timedelta(minutes=tour.minutes) + buffer


def resources_of(tour: Tour) -> list[Resource]:
    """What every departure of the tour needs, by row (the order in which they are locked)."""
    return list(tour.resources.filter(is_active=True).order_by("pk"))


def seats_at_most(resources: Iterable[Resource], wanted: int) -> int:
    """So many seats, or fewer where the van or the boat has fewer."""
    return min([wanted, *(one.seats for one in resources if one.seats)])


def uses_between(resources: Iterable[Resource], first: datetime, last: datetime) -> QuerySet[ResourceUse]:
    """What the resources do in that time."""
    uses = ResourceUse.objects.filter(resource__in=list(resources), from_at__lt=last, to_at__gt=first)
    return uses.select_related("resource", "departure__tour").order_by("from_at")


def clashes_of(departure: Departure, resources: Sequence[Resource]) -> list[Clash]:
    """Why a departure can't have these resources."""
    found = []
    for resource in resources:
        first, last = span_of(resource, departure.tour, departure.starts_at)
        others = uses_between([resource], first, last).exclude(departure=departure.pk)
        found += [Clash(resource, departure.starts_at, use.departure) for use in others]
    return found


def split_by_room(tour: Tour, starts: Sequence[datetime]) -> tuple[list[datetime], list[Clash]]:
    """The starts for which all resources of the tour are free (of each other, too), and what keeps the rest."""
    resources = resources_of(tour)
    if not resources or not starts:
        return list(starts), []
    day = timedelta(days=1, minutes=tour.minutes)
    known = [(use.resource_id, use.from_at, use.to_at, use.departure)
             for use in uses_between(resources, min(starts) - day, max(starts) + day)]  # fmt: skip
    free: list[datetime] = []
    clashing: list[Clash] = []
    for start in starts:
        spans = [(one, *span_of(one, tour, start)) for one in resources]
        clash = next(
            (Clash(one, start, other) for one, first, last in spans for row, begin, end, other in known
             if row == one.pk and begin < last and first < end), None)  # fmt: skip
        if clash:
            clashing.append(clash)
            continue
        free.append(start)
        known += [(one.pk, first, last, Departure(tour=tour, starts_at=start)) for one, first, last in spans]
    return free, clashing


def resources_for_seller(shop: Shop) -> QuerySet[Resource]:
    """Guides first, then vans and boats; those put aside last."""
    return Resource.objects.filter(shop=shop).prefetch_related("tours").order_by("-is_active", "kind", "name")


def agenda(resource: Resource, at: datetime, days: int = 60) -> list[ResourceUse]:
    """Where it is expected from now on."""
    return list(uses_between([resource], at, at + timedelta(days=days))[:60])
