"""Giving up a part of an order: fewer people, fewer pieces; the rest of it stays as it was agreed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.audit import Actor
from tourdee.core.money import baht

from ..models import Order, OrderLine
from ..queries.parts import PartLine, PartQuote, can_give_up, holds_together, part_quote, with_their_people
from . import stock
from .books import keep_books
from .conflicts import once_more
from .history import tell
from .holds import locked, move
from .money import tell_if_paid_now
from .parcels import collect_the_rest

STATUS = Order.Status


class CannotGiveUp(Exception):
    """It has begun, been sent or is over, or the seller is just looking for its money; or nothing would be left (then
    the whole order is cancelled)."""

    @property
    def message(self) -> str:
        return _("This cannot be taken out of the order. To give up all of it, cancel the order.")


class RefundChanged(Exception):
    """Another refund than the one that was shown: a tier has passed meanwhile. ``satang`` is what it is now."""

    def __init__(self, satang: int) -> None:
        super().__init__(satang)
        self.satang = satang

    @property
    def message(self) -> str:
        return _("The amount has changed meanwhile: %(amount)s would be owed back now. Please look once more.") % {
            "amount": baht(self.satang)
        }


@once_more
@transaction.atomic
def give_up_part(
    *,
    order: Order,
    keep: Mapping[int, int],
    by: Literal["buyer", "seller"],
    at: datetime,
    shown_refund_satang: int,
    actor: Actor | None = None,
) -> Order:
    """Keep only so many of each line (by row; what is not named stays) and give the rest back. What the tiers do not
    give back stays with the seller as a part of the price. Pick-ups and what is meant for one person go with the people.
    The same again changes nothing. Raises CannotGiveUp, RefundChanged."""
    now = locked(order)
    lines = stock.lines_of(now.pk)
    keep = with_their_people(lines, keep)
    quote = part_quote(now, lines, keep, at, whole=by == "seller")
    if not quote.parts:
        return now
    if not _allowed(now, lines, keep, quote, at):
        raise CannotGiveUp
    if shown_refund_satang != quote.refund_satang:
        raise RefundChanged(quote.refund_satang)
    rest = now.rest_satang
    if not move(now, to=now.status, **_columns(now, quote)):
        raise CannotGiveUp
    _shrink(quote.parts)
    stock.give_back(quote.parts, at=at)
    collect_the_rest(now)
    keep_books(order=now, at=at)
    _tell(now, quote, by, at, actor)
    tell_if_paid_now(now, rest_before=rest)
    return now


def _allowed(
    order: Order, lines: list[OrderLine], keep: Mapping[int, int], quote: PartQuote, at: datetime
) -> bool:  # fmt: skip
    open_to_change = order.status == STATUS.CONFIRMED or (
        order.status == STATUS.AWAITING_PAYMENT and not order.paid_satang and quote.total_satang > 0
    )
    sound = all(part.quantity <= part.line.quantity and can_give_up(order, part.line, at) for part in quote.parts)
    return open_to_change and sound and holds_together(lines, keep)


def _columns(order: Order, quote: PartQuote) -> dict[str, object]:
    return {
        "goods_satang": quote.goods_satang,
        "discount_satang": quote.discount_satang,
        "rounding_satang": quote.rounding_satang,
        "kept_satang": quote.kept_satang,
        "total_satang": quote.total_satang,
        "due_now_satang": _due_now(order, quote),
        "refund_due_satang": quote.refund_satang,
        "goodwill_satang": quote.money.goodwill_satang,
    }


def _due_now(order: Order, quote: PartQuote) -> int:
    """A deposit that has come stays what it is; one that is waited for shrinks with the price."""
    if order.status == STATUS.CONFIRMED:
        return min(order.due_now_satang, quote.total_satang)
    return order.due_now_satang * quote.total_satang // order.total_satang


def _shrink(parts: list[PartLine]) -> None:
    for part in parts:
        line = part.line
        left, seats = line.quantity - part.quantity, line.seats - part.seats
        row = OrderLine.objects.filter(pk=line.pk)
        if left:
            row.update(quantity=left, seats=seats, discount_satang=F("discount_satang") - part.discount_satang)
        else:
            row.delete()


def _tell(order: Order, quote: PartQuote, by: str, at: datetime, actor: Actor | None) -> None:
    what = {
        f"what_{language}": ", ".join(
            f"{getattr(part.line, f'name_{language}') or part.line.name_th} × {part.quantity}" for part in quote.parts
        )
        for language in ("th", "en")
    }
    tell(f"part_given_up_by_{by}", order=order, at=at, by=actor, amount=baht(quote.refund_satang), **what)
    user = order.shop.owner.public_id
    events.publish(
        events.OrderPartCancelled(user=user, order=order.public_id, refund_satang=quote.refund_satang)
    )  # fmt: skip
