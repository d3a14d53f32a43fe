"""What stands in a basket's form, and what a tour's or product's page proposes for it.

A line is named by public ids only (``departure.category`` or ``variant``); no price is ever read from a browser.
"""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from tourdee.core.text import whole_number

from ...queries.baskets import LARGEST_BASKET, LARGEST_QUANTITY, Item

PUBLIC_ID = re.compile(r"[a-z0-9]{1,16}")
LONGEST_TYPED = 20


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line as it was typed. ``quantity`` is None where no quantity could be understood; 0 takes the line out."""

    departure: str
    category: str
    variant: str
    typed: str
    quantity: int | None
    error: str

    @property
    def name(self) -> tuple[str, str, str]:
        return self.departure, self.category, self.variant

    @property
    def item(self) -> Item:
        return Item(quantity=self.quantity or 1, departure=self.departure, category=self.category, variant=self.variant)


def typed_lines(data: QueryDict) -> list[TypedLine]:
    """The lines of a posted basket: ``line`` and ``quantity`` side by side. What names nothing is left out."""
    if taken_out := data.get("remove", ""):
        return [_typed(*name, "0") for name in _names([taken_out])]
    pairs = zip(data.getlist("line")[:LARGEST_BASKET], data.getlist("quantity"), strict=False)
    return [_typed(*name, quantity) for line, quantity in pairs for name in _names([line])]


def proposed_lines(query: QueryDict) -> list[TypedLine]:
    """What a page proposes by its GET form: a departure with quantities by category, or a variant with a quantity."""
    quantities = query.getlist("quantity")
    variant, departure = query.get("variant", ""), query.get("departure", "")
    if _is_id(variant):
        return [_typed("", "", variant, quantities[0] if quantities else "1")]
    pairs = zip(query.getlist("category")[:LARGEST_BASKET], quantities, strict=False)
    lines = [_typed(departure, category, "", quantity) for category, quantity in pairs if _is_id(departure, category)]
    return [line for line in lines if line.quantity != 0]


def _names(lines: list[str]) -> list[tuple[str, str, str]]:
    parted = [line.split(".") for line in lines]
    return [
        (parts[0], parts[1], "") if len(parts) == 2 else ("", "", parts[0])
        for parts in parted
        if len(parts) <= 2 and _is_id(*parts)
    ]


def _is_id(*texts: str) -> bool:
    return all(PUBLIC_ID.fullmatch(text) for text in texts)


def _typed(departure: str, category: str, variant: str, quantity: str) -> TypedLine:
    typed = quantity.strip()[:LONGEST_TYPED]
    number = whole_number(typed) if typed else 0
    error = ""
    if number is None or number > LARGEST_QUANTITY:
        number, error = None, _("Please type a whole number from 0 to %(largest)s.") % {"largest": LARGEST_QUANTITY}
    return TypedLine(departure, category, variant, typed, number, error)
