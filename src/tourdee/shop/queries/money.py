"""What is owed: the refund of an order by the tiers that were agreed when it was placed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tourdee.core.money import percent_of

from ..models import Order, OrderLine


@dataclass(frozen=True)
class RefundLine:
    """What a line gives back: so many per cent of what was paid for it, in satang."""

    line: OrderLine
    percent: int
    paid_satang: int
    satang: int


@dataclass(frozen=True)
class RefundQuote:
    """What would be paid back if the order were cancelled now, with what is owed for goods that came back before.
    ``total_satang`` counts only money that has come."""

    lines: list[RefundLine]
    shipping_satang: int
    total_satang: int


def refund_quote(order: Order, at: datetime, *, whole: bool = False) -> RefundQuote:
    """Seats and what goes with them by the tiers of their line, goods and shipping in full until they are sent; each of
    the part of its price that has come: all of goods and shipping, which are paid at once, and of seats the same share as
    of the deposit or whatever else came for them. What was owed before is owed
    beside it, and what was paid back of good will counts. Everything is given back (``whole``) when the seller cancels,
    and always while the order is not confirmed: nobody got anything yet."""
    whole = whole or order.status != Order.Status.CONFIRMED
    rows = list(order.lines.select_related("departure", "variant"))
    come = come_of(order, rows)
    lines = [_line(line, order, come, at, whole) for line in rows]
    sent = order.shipped_at is not None and not whole
    shipping = 0 if sent else come.part(order.shipping_satang, is_rest=False)
    agreed = sum(line.satang for line in lines) + shipping
    owed = order.refund_due_satang + max(0, agreed - order.goodwill_satang)
    return RefundQuote(lines, shipping, order.received_satang if whole else min(owed, order.received_satang))


@dataclass(frozen=True)
class Come:
    """Of how much of an order's price the money has come, in satang: for goods and shipping, which are paid at once, and
    for the rest of it. Goods that came back are no part of the price, nor is what is owed back a part of what has come."""

    goods: int
    goods_come: int
    rest: int
    rest_come: int

    def part(self, satang: int, *, is_rest: bool) -> int:
        """The share of an amount that has come, in whole satang: all of it once all is there."""
        price, come = (self.rest, self.rest_come) if is_rest else (self.goods, self.goods_come)
        return satang if come >= price else satang * come // price


def come_of(order: Order, lines: Iterable[OrderLine]) -> Come:
    """What has come, goods and shipping first."""
    price = order.total_satang - order.returned_satang
    come = order.received_satang - order.refund_due_satang + order.goodwill_satang
    at_once = sum(line.net_satang for line in lines if line.variant) + order.shipping_satang - order.returned_satang
    goods = max(0, min(at_once, price))
    goods_come = min(goods, come)
    return Come(goods, goods_come, price - goods, come - goods_come)


def percent_back(tiers: list[list[int]], left: timedelta) -> int:
    """Per cent back with so much time left before the start: the tier with the most hours that still fits."""
    hours = left / timedelta(hours=1)
    return next((percent for before, percent in sorted(tiers, reverse=True) if hours >= before), 0)


def _line(line: OrderLine, order: Order, come: Come, at: datetime, whole: bool) -> RefundLine:
    if whole:
        percent = 100
    elif line.departure is not None:
        percent = percent_back(line.tiers, line.departure.starts_at - at)
    else:
        percent = 0 if order.shipped_at else 100
    base = line.net_satang if whole else come.part(line.net_satang, is_rest=line.departure is not None)
    return RefundLine(line, percent, base, percent_of(base, percent))
