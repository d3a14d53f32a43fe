"""What a buyer asks for, by public ids: things, and what was chosen beside them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .refusals import LARGEST_QUANTITY, BadQuantity, NotOnSale

LARGEST_BASKET = 20
PUBLIC_ID = re.compile(r"[a-z0-9]{0,16}")  # what is not even one is not asked for (PostgreSQL refuses a NUL)
PRIVATE = "private"  # stands in the place of a category: the whole departure, ``quantity`` is the party

Key = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Item:
    """Seats of a departure in a price category (or all of it: ``PRIVATE``), an extra of a departure, or pieces of a
    variant."""

    quantity: int
    departure: str = ""
    category: str = ""
    variant: str = ""
    extra: str = ""

    @property
    def key(self) -> Key:
        """What it is, without how many."""
        return self.departure, self.category, self.variant, self.extra

    @property
    def name(self) -> str:
        """How forms and cookies name it: ``variant``, ``departure.category`` or ``departure.extra.id``."""
        return key_name(self.key)

    @classmethod
    def of(cls, key: Key, quantity: int) -> "Item":
        """So many of what a key says."""
        departure, category, variant, extra = key
        return cls(departure=departure, category=category, variant=variant, extra=extra, quantity=quantity)


def key_name(key: Key) -> str:
    """How forms and cookies name a thing."""
    departure, category, variant, extra = key
    if extra:
        return f"{departure}.extra.{extra}"
    return variant or f"{departure}.{category}"


def key_named(name: str) -> Key | None:
    """What a form or a cookie names; None where it names nothing."""
    parts = name.split(".")
    if not all(PUBLIC_ID.fullmatch(part) and part for part in parts):
        return None
    match parts:
        case [variant]:
            return "", "", variant, ""
        case [departure, category]:
            return departure, category, "", ""
        case [departure, "extra", extra]:
            return departure, "", "", extra
    return None


@dataclass(frozen=True, kw_only=True)
class BookingWish:
    """For one departure: where to be fetched (empty: one comes by oneself), in which language to be guided."""

    departure: str
    pickup: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was chosen beside the things themselves. ``voucher`` is a code as it was typed."""

    bookings: tuple[BookingWish, ...] = ()
    voucher: str = ""

    def booking(self, departure: str) -> BookingWish:
        """What was chosen for a departure."""
        return next((one for one in self.bookings if one.departure == departure), BookingWish(departure=departure))


NOTHING_ELSE = Wishes()


def whole(quantity: object) -> int:
    """A quantity that is a whole number from 1 to 99. ``True`` and ``2.0`` are none. Raises BadQuantity."""
    if type(quantity) is not int or not 1 <= quantity <= LARGEST_QUANTITY:
        raise BadQuantity
    return quantity


def added_up(items: Sequence[Item]) -> list[Item]:
    """One item for each thing, in a fixed order. Raises NotOnSale, BadQuantity."""
    totals: defaultdict[Key, int] = defaultdict(int)
    for item in items:
        if not all(PUBLIC_ID.fullmatch(name) for name in item.key):
            raise NotOnSale
        totals[item.key] += whole(item.quantity)
    if not 1 <= len(totals) <= LARGEST_BASKET:
        raise BadQuantity(largest=LARGEST_BASKET)
    return [Item.of(key, whole(quantity)) for key, quantity in sorted(totals.items())]
