"""What goes with the seats of a departure: extras, and being fetched."""

from datetime import timedelta

from tourdee.core.dates import clock

from ...models import Departure, Extra, OrderLine, PickupPoint
from .lines import BasketLine
from .refusals import LARGEST_QUANTITY, BadQuantity, NoSuchChoice, NotOnSale
from .seats import tiers_of
from .wishes import Item, Wishes

KIND = OrderLine.Kind


def option_lines(seats: list[BasketLine], extras: list[Item], wishes: Wishes) -> list[BasketLine]:
    """Lines of extras and pick-ups beside the seats that they go with. A query for each of the two kinds, and none
    where nothing was chosen. Raises NotOnSale, NoSuchChoice, BadQuantity."""
    parties = _parties(seats)
    return [*_extra_lines(parties, extras), *_pickup_lines(parties, wishes)]


def _parties(seats: list[BasketLine]) -> dict[str, tuple[Departure, int]]:
    """By public id: each departure with how many people go."""
    parties: dict[str, tuple[Departure, int]] = {}
    for line in seats:
        assert line.departure
        _departure, before = parties.get(line.departure.public_id, (line.departure, 0))
        parties[line.departure.public_id] = line.departure, before + line.people
    return parties


# ------------------------------------------------------------------ extras
def _extra_lines(parties: dict[str, tuple[Departure, int]], items: list[Item]) -> list[BasketLine]:
    if not items:
        return []
    wanted = {item.extra for item in items}
    found = {extra.public_id: extra for extra in Extra.objects.filter(public_id__in=wanted, is_active=True)}
    return [_extra_line(item, found.get(item.extra), *parties.get(item.departure, (None, 0))) for item in items]


def _extra_line(item: Item, extra: Extra | None, departure: Departure | None, people: int) -> BasketLine:
    if extra is None or departure is None or extra.tour_id != departure.tour_id:
        raise NotOnSale
    largest = most_of(extra, people)
    if item.quantity > largest:
        raise BadQuantity(extra.name_th, largest)
    return BasketLine(
        kind=KIND.EXTRA,
        departure=departure,
        extra=extra,
        name_th=extra.name_th,
        name_en=extra.name_en or extra.name_th,
        quantity=item.quantity,
        unit_price_satang=extra.price_satang,
        tiers=tiers_of(departure.tour),
    )


def most_of(extra: Extra, people: int) -> int:
    """How many of it so many people may order: at most one each where it is meant for one person."""
    limits = [LARGEST_QUANTITY, *(limit for limit in (extra.most, extra.limit) if limit is not None)]
    if extra.per == Extra.Per.PERSON:
        limits.append(people)
    return min(limits)


# ------------------------------------------------------------------ pick-ups
def _pickup_lines(parties: dict[str, tuple[Departure, int]], wishes: Wishes) -> list[BasketLine]:
    chosen = {one.departure: one.pickup for one in wishes.bookings if one.pickup and one.departure in parties}
    if not chosen:
        return []
    found = PickupPoint.objects.filter(public_id__in=chosen.values(), is_active=True)
    points = {(point.tour_id, point.public_id): point for point in found}
    return [_pickup_line(points, pickup, *parties[departure]) for departure, pickup in sorted(chosen.items())]


def _pickup_line(
    points: dict[tuple[int, str], PickupPoint], pickup: str, departure: Departure, people: int
) -> BasketLine:
    point = points.get((departure.tour_id, pickup))
    if point is None:
        raise NoSuchChoice
    time = departure.starts_at - timedelta(minutes=point.minutes_before)
    return BasketLine(
        kind=KIND.PICKUP,
        departure=departure,
        pickup=point,
        name_th=f"รับที่ {point.name_th} {clock(time, 'th')}",
        name_en=f"Pick-up at {point.name_en or point.name_th}, {clock(time, 'en')}",
        quantity=people,
        unit_price_satang=point.price_satang,
        tiers=tiers_of(departure.tour),
    )
