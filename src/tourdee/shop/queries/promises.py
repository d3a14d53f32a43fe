"""What is said before anybody pays: what is due when, what becomes of too small a group, what comes back when the buyer
cancels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, day_line, short_date
from tourdee.core.money import baht, percent_of
from tourdee.core.templatetags.tourdee import local

from ..models import Departure, Order, OrderLine
from .baskets import BasketLine
from .baskets.deposits import rest_deadline
from .groups import minimum_promise


def promises_of(lines: Sequence[BasketLine], at: datetime) -> list[str]:
    """Of what a basket holds of one date, all together: seats, and what was chosen beside them."""
    guests = next((line for line in lines if line.kind in OrderLine.GUESTS), None)
    if guests is None or guests.departure is None:
        return []
    departure = guests.departure
    group = _of_group(departure, by_the_seat=any(line.category is not None for line in lines))
    back = refund_terms(guests.tiers, sum(line.net_satang for line in lines), departure.starts_at, at)
    by_deposit = departure.tour.takes_deposit and rest_deadline(departure) > at
    return [*group, *back, *_of_deposit(by_deposit)]


def _of_group(departure: Departure, *, by_the_seat: bool) -> list[str]:
    """A private party always goes."""
    promise = minimum_promise(departure) if by_the_seat else ""
    return [promise] if promise else []


def _of_deposit(by_deposit: bool) -> list[str]:
    """Amounts are named of the whole price; of what has come, the share is the same (``queries.money.come_of``)."""
    return [_("While only the deposit is paid, the same share of the deposit comes back.")] if by_deposit else []


def refund_terms(tiers: list[list[int]], satang: int, start: datetime, at: datetime) -> list[str]:
    """What comes back when the buyer cancels, in baht and by the clock: ``until 20 Nov 2026 09:00: ฿2,500 back``."""
    language = get_language() or "th"
    said = []
    for hours, percent in sorted(tiers, reverse=True):
        until = start - timedelta(hours=hours)
        if until > at and percent:
            said.append(
                _("Cancel until %(day)s %(time)s: %(amount)s back")
                % {
                    "day": short_date(until, language),
                    "time": clock(until, language),
                    "amount": baht(percent_of(satang, percent)),
                }
            )
    return [*said, _("After that: no refund")] if said else [_("Too close to the start: no refund when you cancel")]


def deposit_words(order: Order) -> str:
    """Of an order that a part of the price books: how much now, how much later and until when; else nothing."""
    rest = order.total_satang - order.due_now_satang
    if order.rest_due_at is None or rest <= 0:
        return ""
    return _("%(deposit)s now books your place. The rest, %(rest)s, is due until %(day)s.") % {
        "deposit": baht(order.due_now_satang), "rest": baht(rest),
        "day": short_date(order.rest_due_at, get_language() or "th"),
    }  # fmt: skip


@dataclass(frozen=True)
class Promises:
    """Of one date of an order, whatever it holds of it."""

    title: str
    terms: list[str]


def promises_of_order(order: Order, lines: Iterable[OrderLine], at: datetime) -> list[Promises]:
    """Date by date, for who did not see them in a basket: a guest whose order was made in a chat, or who waited."""
    by_departure: dict[int, list[OrderLine]] = {}
    for line in lines:
        if line.departure_id:
            by_departure.setdefault(line.departure_id, []).append(line)
    by_deposit = bool(deposit_words(order))
    return [_promises(together, at, by_deposit) for together in by_departure.values()]


def _promises(lines: list[OrderLine], at: datetime, by_deposit: bool) -> Promises:
    departure, language = lines[0].departure, get_language() or "th"
    assert departure
    group = _of_group(departure, by_the_seat=any(line.category_id for line in lines))
    back = refund_terms(lines[0].tiers, sum(line.net_satang for line in lines), departure.starts_at, at)
    title = f"{local(departure.tour, 'name')} · {day_line(departure.starts_at, language)}"
    return Promises(title, [*group, *back, *_of_deposit(by_deposit)])
