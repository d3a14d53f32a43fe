"""Guides, vans and boats: made, attached to tours, taken by departures and let go. The database refuses two places at
once (see ResourceUse); here the refusal gets its words."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..models import Departure, Resource, ResourceUse, Shop
from ..queries.resources import Clash, clashes_of, resources_of, span_of
from .conflicts import once_more
from .versions import tour_changed

STATUS = Departure.Status


class ResourceBusy(Exception):
    """It would have to be in two places. ``clashes`` say where it is."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(clashes)
        self.clashes = clashes

    @property
    def message(self) -> str:
        return said_together(clash.message for clash in self.clashes) or _("It is needed elsewhere at that time.")


class TooFewPlaces(Exception):
    """The van or boat of a date has fewer seats. ``seats`` is how many."""

    def __init__(self, name: str, seats: int) -> None:
        super().__init__(name, seats)
        self.name, self.seats = name, seats

    @property
    def message(self) -> str:
        return _("%(name)s has only %(seats)s seats.") % {"name": self.name, "seats": self.seats}


class NameTaken(Exception):
    """The shop has one of that name."""

    @property
    def message(self) -> str:
        return _("You have one with this name already.")


def said_together(problems: Iterable[str]) -> str:
    """Each once, the first three in full."""
    said = list(dict.fromkeys(problems))
    more = [_("and %(number)s more") % {"number": len(said) - 3}] if len(said) > 3 else []
    return " ".join([*said[:3], *more])


@dataclass(frozen=True, kw_only=True)
class ResourceDetails:
    """What a resource says about itself; ``seats`` caps the departures it goes with."""

    kind: str
    name: str
    seats: int | None = None
    buffer_minutes: int = 30


@transaction.atomic
def take_resources(departure: Departure, resources: Sequence[Resource] | None = None) -> None:
    """Give a departure what its tour needs (or these), where it has nothing yet. Raises ResourceBusy."""
    if departure.uses.exists():
        return
    wanted = resources_of(departure.tour) if resources is None else sorted(resources, key=lambda one: one.pk)
    try:
        with transaction.atomic():
            ResourceUse.objects.bulk_create(uses_for(departure, wanted))
    except IntegrityError as refused:
        raise ResourceBusy(clashes_of(departure, wanted)) from refused


def uses_for(departure: Departure, resources: Iterable[Resource]) -> list[ResourceUse]:
    """The rows, not yet written."""
    made = []
    for resource in resources:
        first, last = span_of(resource, departure.tour, departure.starts_at)
        made.append(ResourceUse(resource=resource, departure=departure, from_at=first, to_at=last))
    return made


def fit_seats(departure: Departure, resources: Iterable[Resource]) -> None:
    """No more guests than the smallest van or boat has seats. Raises TooFewPlaces where more have booked."""
    for resource in resources:
        larger = Departure.objects.filter(pk=departure.pk, capacity__gt=resource.seats) if resource.seats else None
        if larger is None or not larger.exists():
            continue
        if not larger.filter(taken__lte=resource.seats).update(capacity=resource.seats):
            raise TooFewPlaces(resource.name, resource.seats or 0)


def let_go(departures: Iterable[int]) -> None:
    """Departures that are shut and have no guests need nobody any more."""
    idle = ResourceUse.objects.filter(departure__in=list(departures), departure__taken=0)
    idle.exclude(departure__status=STATUS.OPEN).delete()


def let_idle_go(at: datetime) -> int:
    """The same for all departures ahead: a closed one may have lost its last guest since. Returns how many uses ended."""
    idle = ResourceUse.objects.filter(departure__taken=0, to_at__gt=at).exclude(departure__status=STATUS.OPEN)
    return idle.delete()[0]


@transaction.atomic
def make_resource(*, shop: Shop, details: ResourceDetails) -> Resource:
    """A guide, a van or a boat. Raises NameTaken."""
    try:
        with transaction.atomic():
            return Resource.objects.create(shop=shop, **asdict(details))
    except IntegrityError as twice:
        raise NameTaken from twice


@once_more
@transaction.atomic
def change_resource(*, resource: Resource, details: ResourceDetails, at: datetime) -> None:
    """Another name, number of seats or buffer; its departures ahead follow. Raises NameTaken, ResourceBusy,
    TooFewPlaces."""
    try:
        with transaction.atomic():
            Resource.objects.filter(pk=resource.pk).update(**asdict(details))
    except IntegrityError as twice:
        raise NameTaken from twice
    now = Resource.objects.get(pk=resource.pk)
    uses = now.uses.filter(from_at__gt=at).select_related("departure__tour")
    again(uses)
    for use in uses:
        fit_seats(use.departure, [now])
    for tour in {use.departure.tour_id: use.departure.tour for use in uses}.values():
        tour_changed(tour)


def again(uses: Iterable[ResourceUse]) -> None:
    """Reckon the times of uses anew, after the tour became longer or the buffer another. Raises ResourceBusy."""
    for use in list(uses):
        departure = Departure.objects.select_related("tour").get(pk=use.departure_id)
        resource = Resource.objects.get(pk=use.resource_id)
        use.from_at, use.to_at = span_of(resource, departure.tour, departure.starts_at)
        try:
            with transaction.atomic():
                use.save(update_fields=["from_at", "to_at"])
        except IntegrityError as refused:
            raise ResourceBusy(clashes_of(departure, [resource])) from refused


@transaction.atomic
def take_up_again(*, resource: Resource) -> None:
    """Used again; attach it to its tours anew."""
    Resource.objects.filter(pk=resource.pk).update(is_active=True)
