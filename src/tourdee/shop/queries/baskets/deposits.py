"""What is due at once, and when the rest is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from tourdee.core.money import percent_of

from ...models import Departure, Tour
from .lines import BasketLine


def due_now(lines: Sequence[BasketLine], shipping_satang: int, at: datetime) -> tuple[int, datetime | None]:
    """How much books the basket, and until when the rest is due (None: there is no rest). Goods and shipping are paid
    at once; so are tours that start before their rest would be due."""
    at_once, rest_due_at = shipping_satang, None
    for together in _by_departure(lines):
        price = sum(line.net_satang for line in together)
        departure = together[0].departure
        deadline = rest_deadline(departure) if departure and departure.tour.takes_deposit else at
        deposit = _deposit(departure.tour, together, price) if departure and deadline > at else price
        at_once += deposit
        if deposit < price:
            rest_due_at = min(rest_due_at or deadline, deadline)
    return at_once, rest_due_at


def rest_deadline(departure: Departure) -> datetime:
    """Until when the rest of the price is due."""
    return departure.starts_at - timedelta(days=departure.tour.rest_due_days)


def _by_departure(lines: Sequence[BasketLine]) -> list[list[BasketLine]]:
    groups: defaultdict[int, list[BasketLine]] = defaultdict(list)
    for line in lines:
        groups[line.departure.pk if line.departure else 0].append(line)
    return list(groups.values())


def _deposit(tour: Tour, lines: Sequence[BasketLine], price: int) -> int:
    """Never more than the price, and never nothing of something."""
    people = sum(line.people for line in lines)
    amount = percent_of(price, tour.deposit_percent) if tour.deposit_percent else people * tour.deposit_satang
    return min(amount, price) or price
