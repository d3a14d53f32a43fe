"""What the pages print on which a booking is made smaller or moved; for the buyer and for the seller alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import get_language

from tourdee.core.dates import bangkok_day, day_line

from ..models import Departure, Order, OrderLine
from .baskets import Refused
from .moves import MOST_DATES, MoveQuote, can_move, date_to_move_to, dates_to_move_to, move_quote, percent_now
from .parts import PartQuote, can_give_up, holds_together, part_quote, with_their_people


def lines_to_change(order: Order) -> list[OrderLine]:
    """The lines in their order, with what they hold. One query."""
    return list(order.lines.select_related("departure__tour", "category", "extra", "variant__product"))


@dataclass(frozen=True)
class FewerPage:
    """``rows``: lines of which something can be given up, with their place in the order (from 1) and how many are to be
    kept. ``quote`` is there once fewer are asked for that make sense."""

    order: Order
    rows: list[tuple[int, OrderLine, int]]
    quote: PartQuote | None = None
    nobody_left: bool = False


def fewer_page(order: Order, asked: Mapping[int, int], at: datetime, *, by_seller: bool = False) -> FewerPage:
    """``asked``: by place, how many to keep. Pick-ups and what is meant for one person go with the people."""
    lines = lines_to_change(order)
    kept = with_their_people(lines, {line.pk: asked[place] for place, line in enumerate(lines, 1) if place in asked})
    rows = [(place, line, kept[line.pk]) for place, line in enumerate(lines, start=1) if can_give_up(order, line, at)]
    keep = {line.pk: left for _place, line, left in rows}
    if not any(left < line.quantity for _place, line, left in rows):
        return FewerPage(order, rows)
    if not holds_together(lines, keep):
        return FewerPage(order, rows, nobody_left=True)
    return FewerPage(order, rows, part_quote(order, lines, keep, at, whole=by_seller))


@dataclass(frozen=True)
class MovePage:
    """Where one departure's guests could go; ``since``: the day from which on dates are listed. ``quote`` is there once a
    date is chosen that can be had; else ``problem`` says why not. ``percent``: what a cancellation gives back now, which
    moving never raises."""

    order: Order
    number: int
    lines: list[OrderLine]
    dates: list[Departure] = field(default_factory=list)
    percent: int = 0
    quote: MoveQuote | None = None
    problem: str = ""
    since: date | None = None

    @property
    def days(self) -> list[tuple[str, Departure]]:
        """The dates, each with its day as short as a narrow screen wants it."""
        return [(day_line(one.starts_at, get_language() or "th"), one) for one in self.dates]

    @property
    def more_since(self) -> date | None:
        """From which day on there may be more dates than are listed here."""
        return bangkok_day(self.dates[-1].starts_at) if len(self.dates) == MOST_DATES else None

    @property
    def departure(self) -> Departure:
        """The one that is left."""
        departure = self.lines[0].departure
        assert departure
        return departure


def move_page(
    order: Order, number: int, chosen: str, at: datetime, *, by_seller: bool = False, since: date | None = None
) -> MovePage | None:
    """Ticket ``number`` (from 1) moved to the ``chosen`` date; ``None`` where there is nothing to move."""
    by_departure: dict[int, list[OrderLine]] = {}
    for line in lines_to_change(order):
        if line.departure_id:
            by_departure.setdefault(line.departure_id, []).append(line)
    lines = dict(enumerate(by_departure.values(), start=1)).get(number, [])
    if not can_move(order, lines, at, by_seller=by_seller):
        return None
    dates = dates_to_move_to(lines, at, by_seller=by_seller, since=since)
    to = date_to_move_to(lines, chosen, at, by_seller=by_seller) if chosen else None
    quote, problem = _quoted(order, lines, to, at, by_seller) if to else (None, "")
    return MovePage(order, number, lines, dates, percent_now(lines, at), quote, problem, since)


def _quoted(
    order: Order, lines: list[OrderLine], to: Departure, at: datetime, by_seller: bool
) -> tuple[MoveQuote | None, str]:
    try:
        return move_quote(order, lines, to, at, by_seller=by_seller), ""
    except Refused as refused:
        return None, refused.message
