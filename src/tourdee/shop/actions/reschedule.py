"""Another date of the same tour: seats taken there and given back here in one transaction, never lost in between."""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.audit import Actor
from tourdee.core.dates import clock, short_date
from tourdee.core.money import baht

from ..models import Departure, Order, OrderLine
from ..queries.deposits import rest_due_after_move
from ..queries.moves import MoveQuote, can_move, move_quote, what
from . import stock
from .books import keep_books
from .conflicts import once_more
from .deposits import rest_columns
from .history import tell
from .holds import expire_stale_holds, locked, move
from .money import tell_if_paid_now
from .orders import PriceChanged, SoldOut


class CannotMove(Exception):
    """Not paid, begun, past the last tier (for the guest), or another tour's date."""

    @property
    def message(self) -> str:
        return _("This booking can no longer be moved here. Please talk to the seller.")


Who = Literal["buyer", "seller"]


def reschedule(
    *,
    order: Order,
    departure: Departure,
    to: Departure,
    by: Who,
    at: datetime,
    shown_difference_satang: int,
    actor: Actor | None = None,
) -> Order:
    """Move everybody of ``departure`` to ``to``, at the price of that date. A higher price is to be paid within a day
    (or on the day, where that was agreed), a lower one is owed back. What a later cancellation gives back never rises by
    a guest's move. Again changes nothing. Raises CannotMove, PriceChanged, SoldOut and what ``basket`` raises."""
    expire_stale_holds(departures=[to.pk], variants=[], at=at)
    return _moved(order=order, departure=departure, to=to, by=by, at=at, shown=shown_difference_satang, actor=actor)


@once_more
@transaction.atomic
def _moved(
    *, order: Order, departure: Departure, to: Departure, by: Who, at: datetime, shown: int, actor: Actor | None
) -> Order:
    now = locked(order)
    every = stock.lines_of(now.pk)
    lines = [line for line in every if line.departure_id == departure.pk]
    if not lines and any(line.departure_id == to.pk for line in every):
        return now
    by_seller = by == "seller"
    if departure.tour_id != to.tour_id or departure.pk == to.pk or not can_move(now, lines, at, by_seller=by_seller):
        raise CannotMove
    quote = move_quote(now, lines, to, at, by_seller=by_seller)
    if quote.difference_satang != shown:
        raise PriceChanged(quote.total_satang)
    _change_seats(quote, at)
    rest = now.rest_satang
    _must(move(now, to=now.status, **_columns(now, every, quote, at)))
    keep_books(order=now, at=at)
    _tell(now, departure, quote, by, at, actor)
    tell_if_paid_now(now, rest_before=rest)
    return now


def _change_seats(quote: MoveQuote, at: datetime) -> None:
    try:
        stock.exchange(quote.lines, quote.basket.lines, at=at, opening=quote.basket.opening)
    except stock.CannotTake as short:
        raise SoldOut(short.line.name_th, short.line.name_en, short.left) from short
    by_thing = {what(new): new for new in quote.basket.lines}
    for line in quote.lines:
        new = by_thing[what(line)]
        tiers = [[hours, min(percent, quote.percent_at_most)] for hours, percent in line.tiers]
        OrderLine.objects.filter(pk=line.pk).update(
            departure=quote.departure, unit_price_satang=new.unit_price_satang, seats=new.seats, tiers=tiers,
            name_th=new.name_th, name_en=new.name_en, discount_satang=min(line.discount_satang, new.total_satang),
        )  # fmt: skip


def _columns(order: Order, every: list[OrderLine], quote: MoveQuote, at: datetime) -> dict[str, object]:
    return _rest(order, every, quote, at) | {
        "goods_satang": quote.goods_satang,
        "discount_satang": quote.discount_satang,
        "rounding_satang": quote.rounding_satang,
        "total_satang": quote.total_satang,
        "due_now_satang": min(order.due_now_satang, quote.total_satang),
        "refund_due_satang": quote.refund_satang,
        "goodwill_satang": quote.money.goodwill_satang,
    }


def _rest(order: Order, every: list[OrderLine], quote: MoveQuote, at: datetime) -> dict[str, object]:
    """A rest that was agreed moves along with the date; a new difference is due within a day."""
    if not quote.rest_satang:
        return {"rest_due_at": None}
    return rest_columns(order, rest_due_after_move(order, every, quote.lines, quote.departure, at))


def _must(moved: bool) -> None:
    """The row is locked, so its status cannot have changed."""
    if not moved:
        raise stock.BooksDoNotBalance("an order changed under its lock")


def _tell(
    order: Order, departure: Departure, quote: MoveQuote, by: str, at: datetime, actor: Actor | None
) -> None:  # fmt: skip
    words: dict[str, object] = {}
    for language in ("th", "en"):
        for name, start in (("from", departure.starts_at), ("to", quote.departure.starts_at)):
            words[f"{name}_{language}"] = f"{short_date(start, language)} {clock(start, language)}"
    kind = "dearer" if quote.difference_satang > 0 else "cheaper" if quote.difference_satang < 0 else "same"
    amount = baht(abs(quote.difference_satang))
    tell(f"rescheduled_{kind}", order=order, at=at, by=actor, amount=amount, **words)
    events.publish(events.OrderRescheduled(user=order.shop.owner.public_id, order=order.public_id, by=by))
