"""What stands in a basket's form, and what a tour's or product's page proposes for it.

A line is named by public ids only (``departure.category``, ``departure.private``, ``departure.extra.id`` or
``variant``); no price is ever read from a browser.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from tourdee.core.text import whole_number

from ...queries.baskets import (
    LARGEST_BASKET,
    LARGEST_QUANTITY,
    PRIVATE,
    PUBLIC_ID,
    BookingWish,
    Item,
    Key,
    Wishes,
    key_name,
    key_named,
)

LONGEST_TYPED = 20
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line as it was typed. ``quantity`` is None where no quantity could be understood; 0 takes the line out."""

    key: Key
    typed: str
    quantity: int | None
    error: str

    @property
    def name(self) -> str:
        return key_name(self.key)

    @property
    def departure(self) -> str:
        return self.key[0]

    @property
    def item(self) -> Item:
        return Item.of(self.key, self.quantity or 1)


def typed_lines(data: QueryDict) -> list[TypedLine]:
    """The lines of a posted basket: ``line`` and ``quantity`` side by side. What names nothing is left out."""
    if taken_out := data.get("remove", ""):
        return _typed_all([(taken_out, "0")])
    return _typed_all(zip(data.getlist("line")[: 2 * LARGEST_BASKET], data.getlist("quantity"), strict=False))


def proposed_lines(query: QueryDict) -> list[TypedLine]:
    """What a page proposes by its GET form: a departure with quantities by category, or a variant with a quantity."""
    quantities = query.getlist("quantity")
    variant, departure = query.get("variant", ""), query.get("departure", "")
    if variant and PUBLIC_ID.fullmatch(variant):
        return _typed_all([(variant, quantities[0] if quantities else "1")])
    pairs = zip(query.getlist("category")[:LARGEST_BASKET], quantities, strict=False)
    lines = _typed_all((f"{departure}.{category}", quantity) for category, quantity in pairs)
    wanted = [line for line in lines if line.quantity != 0]
    return [line for line in wanted if line.key[1] == PRIVATE] or wanted  # who has the whole date needs no single seats


def typed_wishes(data: QueryDict, before: Wishes) -> Wishes:
    """What was chosen beside the things: ``pickup-…`` and ``language-…`` by departure, and ``voucher``. What the form
    does not ask stays as it was ``before``."""
    wishes = {one.departure: one for one in before.bookings}
    for name, values in data.lists():
        what, _hyphen, departure = name.partition("-")
        if what in {"pickup", "language"} and departure and PUBLIC_ID.fullmatch(departure):
            chosen = values[-1] if PUBLIC_ID.fullmatch(values[-1]) else ""
            wish = wishes.get(departure, BookingWish(departure=departure))
            wishes[departure] = replace(wish, **{what: chosen})
    voucher = data.get("voucher", before.voucher).strip()[:LONGEST_CODE]
    return Wishes(bookings=tuple(wishes.values())[:LARGEST_BASKET], voucher=voucher)


def _typed_all(pairs: Iterable[tuple[str, str]]) -> list[TypedLine]:
    known = ((key_named(name), quantity) for name, quantity in pairs)
    return [_typed(key, quantity) for key, quantity in known if key]


def _typed(key: Key, quantity: str) -> TypedLine:
    typed = quantity.strip()[:LONGEST_TYPED]
    number = whole_number(typed) if typed else 0
    error = ""
    if number is None or number > LARGEST_QUANTITY:
        number, error = None, _("Please type a whole number from 0 to %(largest)s.") % {"largest": LARGEST_QUANTITY}
    return TypedLine(key, typed, number, error)
