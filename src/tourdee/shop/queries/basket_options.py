"""What may be chosen beside the seats of a basket: extras, pick-up, language of guiding."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, day_line
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local

from ..models import Departure, Extra, ExtraCount, PickupPoint
from .baskets import LARGEST_QUANTITY, NOTHING_ELSE, BasketLine, BookingWish, Item, Wishes, key_name
from .baskets.options import most_of
from .storefront.words import LANGUAGE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraChoice:
    """An extra with how many of it are wanted. ``name`` is how the form names it; ``left`` only where it is limited."""

    name: str
    title: str
    price: str
    unit: str
    quantity: int
    most: int
    left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the pick-up points or languages."""

    value: str
    text: str
    chosen: bool
    map_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingOptions:
    """The choices for one departure of the basket."""

    departure: str
    title: str
    extras: list[ExtraChoice]
    pickups: list[Choice]
    languages: list[Choice]


def booking_options(lines: Sequence[BasketLine], items: Sequence[Item], wishes: Wishes) -> list[BookingOptions]:
    """For each departure among the lines that offers a choice. No query where no tour has extras or pick-up points;
    else two, and one more where an extra is limited."""
    people = _people(lines)
    departures = {line.departure.pk: line.departure for line in lines if line.departure}
    tours = {departure.tour_id for departure in departures.values() if departure.tour.has_options}
    extras, pickups = _extras(tours), _pickups(tours)
    counts = _counts(departures, extras)
    wanted = {item.key: item.quantity for item in items}
    found = [
        BookingOptions(
            departure=departure.public_id,
            title=_title(departure),
            extras=[
                _extra(departure, extra, people[pk], wanted, counts.get((pk, extra.pk)))
                for extra in extras.get(departure.tour_id, [])
            ],
            pickups=_pickup_choices(departure, pickups.get(departure.tour_id, []), wishes),
            languages=_language_choices(departure, wishes.booking(departure.public_id)),
        )
        for pk, departure in departures.items()
    ]
    return [one for one in found if one.extras or one.pickups or one.languages]


def options_to_sell(departure: Departure) -> BookingOptions:
    """Everything that a departure offers beside its seats, before anybody knows how many come: for the seller, who
    types seats and extras on one page. As many queries as ``booking_options``."""
    tours = {departure.tour_id} if departure.tour.has_options else set()
    extras, pickups = _extras(tours), _pickups(tours)
    counts = _counts({departure.pk: departure}, extras)
    return BookingOptions(
        departure=departure.public_id,
        title=_title(departure),
        extras=[
            _extra(departure, extra, LARGEST_QUANTITY, {}, counts.get((departure.pk, extra.pk)))
            for extra in extras.get(departure.tour_id, [])
        ],
        pickups=_pickup_choices(departure, pickups.get(departure.tour_id, []), NOTHING_ELSE),
        languages=_language_choices(departure, BookingWish(departure=departure.public_id)),
    )


def _people(lines: Sequence[BasketLine]) -> dict[int, int]:
    people: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        if line.departure:
            people[line.departure.pk] += line.people
    return people


def _title(departure: Departure) -> str:
    language = get_language() or "th"
    return f"{local(departure.tour, 'name')} · {day_line(departure.starts_at, language)}"


def _extras(tours: set[int]) -> dict[int, list[Extra]]:
    found: defaultdict[int, list[Extra]] = defaultdict(list)
    for extra in Extra.objects.filter(tour__in=tours, is_active=True) if tours else ():
        found[extra.tour_id].append(extra)
    return found


def _pickups(tours: set[int]) -> dict[int, list[PickupPoint]]:
    found: defaultdict[int, list[PickupPoint]] = defaultdict(list)
    for point in PickupPoint.objects.filter(tour__in=tours, is_active=True) if tours else ():
        found[point.tour_id].append(point)
    return found


def _counts(departures: dict[int, Departure], extras: dict[int, list[Extra]]) -> dict[tuple[int, int], ExtraCount]:
    limited = [extra.pk for several in extras.values() for extra in several if extra.limit is not None]
    if not limited:
        return {}
    counts = ExtraCount.objects.filter(departure__in=list(departures), extra__in=limited)
    return {(count.departure_id, count.extra_id): count for count in counts}


def _extra(departure: Departure, extra: Extra, people: int, wanted: dict, count: ExtraCount | None) -> ExtraChoice:
    key = departure.public_id, "", "", extra.public_id
    left = None if extra.limit is None else count.capacity - count.taken if count else extra.limit
    return ExtraChoice(
        name=key_name(key),
        title=local(extra, "name"),
        price=baht(extra.price_satang),
        unit=_("per person") if extra.per == Extra.Per.PERSON else _("per booking"),
        quantity=wanted.get(key, 0),
        most=most_of(extra, people),
        left=left,
    )


def _pickup_choices(departure: Departure, points: list[PickupPoint], wishes: Wishes) -> list[Choice]:
    if not points:
        return []
    chosen = wishes.booking(departure.public_id).pickup
    alone = Choice(value="", text=_("I come to the meeting point"), chosen=not chosen)
    return [alone, *(_pickup(departure, point, chosen) for point in points)]


def _pickup(departure: Departure, point: PickupPoint, chosen: str) -> Choice:
    time = clock(departure.starts_at - timedelta(minutes=point.minutes_before), get_language() or "th")
    text = f"{time} · {local(point, 'name')}"
    if point.price_satang:
        text += " · " + _("%(price)s per person") % {"price": baht(point.price_satang)}
    return Choice(value=point.public_id, text=text, chosen=point.public_id == chosen, map_url=point.map_url)


def _language_choices(departure: Departure, wish: BookingWish) -> list[Choice]:
    """Where there is more than one. The page's own language is proposed if the tour speaks it."""
    spoken = departure.tour.languages
    if len(spoken) < 2:
        return []
    page = (get_language() or "th")[:2]
    chosen = wish.language or (page if page in spoken else spoken[0])
    return [Choice(value=code, text=str(LANGUAGE_NAMES.get(code, code)), chosen=code == chosen) for code in spoken]
