"""What goes with a booking in the chat: where to be fetched, extras. Asked one after the other where the tour has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from tourdee.shop.models import Extra, PickupPoint, Tour
from tourdee.shop.queries.baskets import BookingWish, Item

MOST_POINTS = 11  # of thirteen quick answers: two stay for the ways out
MOST_EXTRAS = 4  # that are asked for one by one; the shop's page has them all
BY_ONESELF = "no"  # stands in a button in the place of a pick-up point
SIGNS = 8  # of an extra's public id: a button holds few


@dataclass(frozen=True)
class Options:
    """What the tour offers beside its seats, and what was answered so far. ``pickup``: a point's public id, ``BY_ONESELF``, or
    empty while it is not asked; ``chosen``: how many of each extra, by the first signs of its id."""

    points: tuple[PickupPoint, ...] = ()
    extras: tuple[Extra, ...] = ()
    pickup: str = ""
    chosen: tuple[tuple[str, int], ...] = ()

    @property
    def asks_pickup(self) -> bool:
        """Where to be fetched is the next question."""
        return bool(self.points) and not self.pickup

    @property
    def next_extra(self) -> Extra | None:
        """The next one that was not asked for yet."""
        known = dict(self.chosen)
        return next((extra for extra in self.extras if extra.public_id[:SIGNS] not in known), None)

    def fits(self) -> bool:
        """What was tapped is still offered."""
        points, extras = {one.public_id for one in self.points}, {one.public_id[:SIGNS] for one in self.extras}
        return self.pickup in {"", BY_ONESELF, *points} and {signs for signs, _number in self.chosen} <= extras

    def items(self, departure: str) -> list[Item]:
        """The extras that are wanted."""
        ids = {extra.public_id[:SIGNS]: extra.public_id for extra in self.extras}
        return [Item(departure=departure, extra=ids[signs], quantity=number) for signs, number in self.chosen if number]

    def wish(self, departure: str) -> BookingWish:
        """Where to be fetched."""
        return BookingWish(departure=departure, pickup="" if self.pickup == BY_ONESELF else self.pickup)

    def with_pickup(self, pickup: str) -> "Options":
        return Options(self.points, self.extras, pickup, self.chosen)

    def with_extra(self, extra: Extra, number: int) -> "Options":
        return Options(self.points, self.extras, self.pickup, (*self.chosen, (extra.public_id[:SIGNS], number)))

    @property
    def written(self) -> dict[str, str]:
        """As it stands in a button: ``p`` and ``x`` (``k3v9w2aa-2.p0q1r2s3-0``), only what was answered."""
        known = {"p": self.pickup, "x": ".".join(f"{signs}-{number}" for signs, number in self.chosen)}
        return {name: value for name, value in known.items() if value}


NO_OPTIONS = Options()


def options_of(tour: Tour, pickup: str, extras: str) -> Options | None:
    """What a button says beside seats; ``None`` where it is nonsense or no longer offered. Two queries, none for a tour
    without options."""
    if not tour.has_options:
        return NO_OPTIONS
    points = tuple(PickupPoint.objects.filter(tour=tour, is_active=True)[:MOST_POINTS])
    offered = tuple(Extra.objects.filter(tour=tour, is_active=True)[:MOST_EXTRAS])
    chosen = _chosen(extras)
    made = None if chosen is None else Options(points, offered, pickup, chosen)
    return made if made and made.fits() else None


def _chosen(extras: str) -> tuple[tuple[str, int], ...] | None:
    parts = [part.split("-") for part in extras.split(".")] if extras else []
    if not all(len(part) == 2 and part[1].isascii() and part[1].isdigit() and len(part[1]) <= 2 for part in parts):
        return None
    return tuple((signs, int(number)) for signs, number in cast("Sequence[Sequence[str]]", parts))
