"""What comes back when only a part of an order is given up: fewer people, fewer pieces."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tourdee.core.money import percent_of

from ..models import Departure, Extra, Order, OrderLine, Variant
from .money import percent_back
from .settled import Settled, settled

STATUS = Order.Status


@dataclass(frozen=True)
class PartLine:
    """So many of a line are given up. ``gone_satang`` is their price after the voucher's share, ``back_satang`` what
    the tiers give back of it. Looks to the stock like a line of its own."""

    line: OrderLine
    quantity: int
    percent: int
    discount_satang: int

    @property
    def kind(self) -> str:
        return self.line.kind

    @property
    def departure(self) -> Departure | None:
        return self.line.departure

    @property
    def extra(self) -> Extra | None:
        return self.line.extra

    @property
    def variant(self) -> Variant | None:
        return self.line.variant

    @property
    def name_th(self) -> str:
        return self.line.name_th

    @property
    def name_en(self) -> str:
        return self.line.name_en

    @property
    def seats(self) -> int:
        return self.line.seats // self.line.quantity * self.quantity

    @property
    def price_satang(self) -> int:
        return self.quantity * self.line.unit_price_satang

    @property
    def gone_satang(self) -> int:
        return self.price_satang - self.discount_satang

    @property
    def back_satang(self) -> int:
        return percent_of(self.gone_satang, self.percent)


@dataclass(frozen=True)
class PartQuote:
    """What the order would be without these parts, in satang."""

    parts: list[PartLine]
    goods_satang: int
    discount_satang: int
    rounding_satang: int
    kept_satang: int
    total_satang: int
    money: Settled

    @property
    def refund_satang(self) -> int:
        """What is owed back afterwards, with what was owed before."""
        return self.money.due_satang

    @property
    def rest_satang(self) -> int:
        """What is still to be paid afterwards."""
        return self.money.rest_satang


def part_quote(
    order: Order, lines: list[OrderLine], keep: Mapping[int, int], at: datetime, *, whole: bool = False
) -> PartQuote:
    """The price if only so many of each line (by row) are kept; what is not named stays as it is. All comes back for
    what the seller takes away (``whole``), and while nothing is confirmed."""
    whole = whole or order.status != STATUS.CONFIRMED
    parts = [
        _part(line, line.quantity - keep[line.pk], 100 if whole else _percent(line, at))
        for line in lines
        if keep.get(line.pk, line.quantity) < line.quantity
    ]
    price = order.total_satang + order.rounding_satang - sum(part.back_satang for part in parts)
    rounding = min(order.rounding_satang, price)  # on no line; what is left may cost less
    taken_off = sum(part.discount_satang for part in parts) + order.rounding_satang - rounding
    return PartQuote(
        parts=parts,
        goods_satang=order.goods_satang - sum(part.price_satang for part in parts),
        discount_satang=order.discount_satang - taken_off,
        rounding_satang=rounding,
        kept_satang=order.kept_satang + sum(part.gone_satang - part.back_satang for part in parts),
        total_satang=price - rounding,
        money=settled(order, price - rounding),
    )


def _part(line: OrderLine, quantity: int, percent: int) -> PartLine:
    """With its share of the voucher, to the satang below."""
    return PartLine(line, quantity, percent, line.discount_satang * quantity // line.quantity)


def _percent(line: OrderLine, at: datetime) -> int:
    return percent_back(line.tiers, line.departure.starts_at - at) if line.departure else 100


def can_give_up(order: Order, line: OrderLine, at: datetime) -> bool:
    """Whether something of this line can still be given up: nobody has come, nothing was sent."""
    if line.departure is not None:
        return line.departure.starts_at > at and line.checked_in_at is None
    return order.shipped_at is None


def with_their_people(lines: list[OrderLine], keep: Mapping[int, int]) -> dict[int, int]:
    """What is kept, and of pick-ups and extras that are meant for one person no more than there are people left to have
    them: nobody is fetched, or pays for it, who stays at home."""
    kept = {line.pk: min(keep.get(line.pk, line.quantity), line.quantity) for line in lines}
    people: Counter[int | None] = Counter()
    for line in lines:
        people[line.departure_id] += line.people * kept[line.pk] // line.quantity
    for line in lines:
        if line.pickup_id or (line.extra and line.extra.per == Extra.Per.PERSON):
            kept[line.pk] = min(kept[line.pk], people[line.departure_id])
    return kept


def holds_together(lines: list[OrderLine], keep: Mapping[int, int]) -> bool:
    """Whether what is kept is an order: something is left, and nobody who needs no seat travels alone."""
    kept = {line.pk: keep.get(line.pk, line.quantity) for line in lines}
    seats: dict[int, int] = {}
    for line in lines:
        if line.departure_id and kept[line.pk]:
            seats.setdefault(line.departure_id, 0)
            seats[line.departure_id] += line.seats * kept[line.pk]
    return any(kept.values()) and all(seats.values())
