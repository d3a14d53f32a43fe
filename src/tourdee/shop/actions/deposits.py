"""The rest after a deposit: reminded of once before it is due and once after; a day later the order is cancelled by its
terms, unless the seller has given more time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.dates import short_date
from tourdee.core.money import baht
from tourdee.core.periodic import each_in_turn
from tourdee.people.models import User

from ..models import Order
from ..queries.deposits import owing_a_rest, rests_to_drop
from .cancellation import CannotCancel, cancel_order
from .conflicts import TryAgain
from .history import tell
from .holds import locked, move

STATUS, TOLD = Order.Status, Order.RestTold
REMIND_BEFORE = timedelta(days=3)


class NothingIsDue(Exception):
    """The whole price is there, or the order is not confirmed."""

    @property
    def message(self) -> str:
        return _("Nothing is due for this order.")


def remind_of_rests(at: datetime) -> int:
    """Tell the buyers whose rest is due within three days, and those whose is overdue, each once. Returns how many."""
    soon = owing_a_rest().filter(rest_due_at__lte=at + REMIND_BEFORE, rest_due_at__gt=at, rest_told=TOLD.NOTHING)
    late = owing_a_rest().filter(rest_due_at__lte=at).exclude(rest_told=TOLD.OVERDUE)
    reminded = each_in_turn(soon, lambda order: _told(order, TOLD.REMINDED, at))
    return reminded + each_in_turn(late, lambda order: _told(order, TOLD.OVERDUE, at))


def drop_unpaid_rests(at: datetime) -> int:
    """Cancel, by the agreed tiers, what nobody paid the rest of. Returns how many."""
    return each_in_turn(rests_to_drop(at), lambda order: _dropped(order, at))


def _dropped(order: Order, at: datetime) -> bool:
    """Paid, extended or begun meanwhile: then it stays."""
    try:
        cancel_order(order=order, by="unpaid_rest", at=at)
    except (CannotCancel, TryAgain):
        return False
    return True


@transaction.atomic
def _told(order: Order, told: str, at: datetime) -> bool:
    """Nothing is said twice: the note of it is a conditional UPDATE, in the transaction that sends the word."""
    if not owing_a_rest().filter(pk=order.pk).exclude(rest_told=told).update(rest_told=told):
        return False
    assert order.rest_due_at
    kind = "rest_overdue" if told == TOLD.OVERDUE else "rest_reminded"
    day_th, day_en = (short_date(order.rest_due_at, language) for language in ("th", "en"))
    tell(kind, order=order, at=at, amount=baht(order.rest_satang), day_th=day_th, day_en=day_en)
    user = order.shop.owner.public_id
    events.publish(events.RestDue(user=user, order=order.public_id, overdue=told == TOLD.OVERDUE))
    return True


@transaction.atomic
def give_more_time(*, order: Order, until: datetime, by: User, at: datetime) -> None:
    """The rest may come until then; the buyer is reminded anew. Raises NothingIsDue."""
    now = locked(order)
    if now.status != STATUS.CONFIRMED or not now.rest_satang or until <= at:
        raise NothingIsDue
    move(now, to=STATUS.CONFIRMED, **rest_columns(now, until))
    days = {f"day_{language}": short_date(until, language) for language in ("th", "en")}
    tell("rest_extended", order=now, at=at, by=by, **days)


def rest_columns(order: Order, due: datetime | None) -> dict[str, object]:
    """The order's columns when its rest is due on another day: then its buyer is reminded anew."""
    told = order.rest_told if due == order.rest_due_at else TOLD.NOTHING
    return {"rest_due_at": due, "rest_told": told}
