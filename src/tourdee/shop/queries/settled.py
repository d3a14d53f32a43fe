"""An order's money beside another price: what is owed back, and what is still asked for."""

from dataclasses import dataclass

from ..models import Order


@dataclass(frozen=True)
class Settled:
    """In satang: what is owed back, what is still to come, and what of the good will stands beside the price."""

    due_satang: int
    rest_satang: int
    goodwill_satang: int


def settled(order: Order, total_satang: int) -> Settled:
    """If the order cost that much. A lower price lessens first what is still to come; the remainder is owed, less what was
    paid back of good will before. What was owed already stays so, but a higher price is taken off it first."""
    due, goodwill = order.refund_due_satang, order.goodwill_satang
    rest = order.rest_satang + total_satang - order.total_satang
    if rest > order.rest_satang:
        taken = min(due, rest - order.rest_satang)
        return Settled(due - taken, rest - taken, goodwill)
    used = min(goodwill, max(0, -rest))
    return Settled(min(due + max(0, -rest) - used, order.received_satang), max(0, rest), goodwill - used)
