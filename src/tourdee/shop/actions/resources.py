"""Guides, vans and boats: made, attached to tours, taken by departures and let go. The database refuses two places at
once (see ResourceUse); here the refusal gets its words."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.people.models import User

from ..models import Departure, Resource, ResourceUse, Shop, Tour
from ..queries.resources import Clash, clashes_of, resources_of, span_of
from .conflicts import once_more

STATUS = Departure.Status


class ResourceBusy(Exception):
    """It would have to be in two places. ``clashes`` say where it is."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(clashes)
        self.clashes = clashes

    @property
    def message(self) -> str:
        said = list(dict.fromkeys(clash.message for clash in self.clashes))
        more = [_("and %(number)s more") % {"number": len(said) - 3}] if len(said) > 3 else []
        return " ".join([*said[:3], *more]) or _("It is needed elsewhere at that time.")


class NameTaken(Exception):
    """The shop has one of that name."""

    @property
    def message(self) -> str:
        return _("You have one with this name already.")


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


def let_go(departures: Iterable[int]) -> None:
    """Departures that are shut and have no guests need nobody any more."""
    idle = ResourceUse.objects.filter(departure__in=list(departures), departure__taken=0)
    idle.exclude(departure__status=STATUS.OPEN).delete()


def let_idle_go(at: datetime) -> int:
    """The same for all departures ahead: a closed one may have lost its last guest since. Returns how many uses ended."""
    idle = ResourceUse.objects.filter(departure__taken=0, to_at__gt=at).exclude(departure__status=STATUS.OPEN)
    return idle.delete()[0]


@once_more
@transaction.atomic
def assign_resources(*, departure: Departure, resources: Sequence[Resource], by: User, at: datetime) -> None:
    """Another guide or van for this one date. Raises ResourceBusy; then the old ones stay."""
    ResourceUse.objects.filter(departure=departure).delete()
    take_resources(departure, resources)
    Departure.objects.filter(pk=departure.pk).update(by_hand=True)
    names = ", ".join(one.name for one in resources) or "—"
    record("departure.resources", subject=departure, text=f"{departure.tour.name_th}: ใช้ {names}", at=at, actor=by)


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
    """Another name, number of seats or buffer; the times of its departures ahead follow. Raises NameTaken,
    ResourceBusy."""
    try:
        with transaction.atomic():
            Resource.objects.filter(pk=resource.pk).update(**asdict(details))
    except IntegrityError as twice:
        raise NameTaken from twice
    again(Resource.objects.get(pk=resource.pk).uses.filter(from_at__gt=at))


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
def put_aside(*, resource: Resource, at: datetime) -> None:
    """No longer used: it leaves its tours and its departures ahead."""
    Resource.objects.filter(pk=resource.pk).update(is_active=False)
    resource.tours.clear()
    ResourceUse.objects.filter(resource=resource, from_at__gt=at).delete()


@transaction.atomic
def take_up_again(*, resource: Resource) -> None:
    """Used again; attach it to its tours anew."""
    Resource.objects.filter(pk=resource.pk).update(is_active=True)


@once_more
@transaction.atomic
def attach_resources(*, tour: Tour, resources: Sequence[Resource], by: User, at: datetime) -> list[Clash]:
    """What every departure of a tour needs, from now on and for the dates ahead. Dates for which one of them is busy
    keep what they had; they are returned."""
    tour.resources.set(resources)
    names = ", ".join(one.name for one in resources) or "—"
    record("tour.resources", subject=tour, text=f"{tour.name_th}: ใช้ {names}", at=at, actor=by)
    clashes: list[Clash] = []
    ahead = Departure.objects.filter(tour=tour, starts_at__gt=at, by_hand=False).select_related("tour")
    for departure in ahead:
        if departure.status == STATUS.OPEN or (departure.taken and departure.status == STATUS.CLOSED):
            clashes += _exchanged(departure, resources)
    return clashes


def _exchanged(departure: Departure, resources: Sequence[Resource]) -> Sequence[Clash]:
    try:
        with transaction.atomic():
            ResourceUse.objects.filter(departure=departure).delete()
            take_resources(departure, resources)
    except ResourceBusy as busy:
        return busy.clashes
    return []
