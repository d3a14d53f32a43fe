"""What does not balance, in words for people, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tourdee.core.money import baht

from .reconcile import Difference

IN_PIECES = {"seats", "stock", "stock_book", "picture", "numbers"}
ADVICE: dict[str, tuple[Any, Any]] = {
    "seats": (
        _("A date counts other seats than its bookings hold"),
        _("Open the date's guest list and compare; then tell the host, so that nobody is turned away."),
    ),
    "stock": (
        _("A product reserves other pieces than its orders hold"),
        _("Count the shelf and set the stock anew on the product's page."),
    ),
    "stock_book": (
        _("A product's stock is another than its stock book says"),
        _("Count the shelf and write the count into the stock book; then both are the same again."),
    ),
    "paid": (
        _("An order shows another sum than its payments"),
        _("Look at the order and at your bank statement, then tell the host."),
    ),
    "refunded": (
        _("An order shows another refund than was recorded"),
        _("Look at the order's refunds and at your bank statement, then tell the host."),
    ),
    "unaware": (
        _("Money lies on an order that ended"),
        _("Open the order: give the buyer what was ordered, or pay the money back."),
    ),
    "late": (
        _("Money was recorded, but the order does not know of it yet"),
        _("The background worker seems to stand still. Tell the host; it is caught up as soon as the worker runs."),
    ),
    "picture": (
        _("The picture of a slip that waits is missing"),
        _("Ask the buyer to send the slip again."),
    ),
    "books": (
        _("The books say something else than the order"),
        _("Nothing to do for you: it is put right by itself within the hour. If it stays, tell the host."),
    ),
    "numbers": (
        _("A receipt number is missing"),
        _("Tell the host: somebody changed receipts outside this program."),
    ),
}


@dataclass(frozen=True)
class Finding:
    """A difference as people read it."""

    difference: Difference
    title: str
    advice: str
    is_now: str
    should_be: str


def findings(found: list[Difference]) -> list[Finding]:
    """Each difference with its words, in the page's language."""
    return [_finding(one) for one in found]


def _finding(one: Difference) -> Finding:
    title, advice = ADVICE[one.kind]
    now, should = (str(figure) if one.kind in IN_PIECES else baht(figure) for figure in (one.is_now, one.should_be))
    return Finding(one, str(title), str(advice), now, should)
