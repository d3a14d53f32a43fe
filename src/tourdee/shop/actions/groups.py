"""Too few guests at the cut-off: decided as it was said beforehand, once, by the clock or by the seller before it."""

import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.audit import Actor, record
from tourdee.core.dates import clock, short_date
from tourdee.core.periodic import each_in_turn
from tourdee.people.models import User

from ..models import Departure, Order, OrderLine, TooFew
from ..queries.deposits import rest_due_after_move
from ..queries.groups import dates_to_move_to, groups_to_decide, seats_booked, seats_still_open
from . import stock
from .cancelled_departures import cancel_departure, orders_on, shut_for_good
from .conflicts import once_more
from .deposits import rest_columns
from .history import tell
from .holds import locked, move
from .versions import tour_changed

DECISION = Departure.Decision
ANSWER = timedelta(hours=48)  # so long guests may choose another date, before everything is owed back
REASON = "มีผู้จองไม่ครบจำนวนขั้นต่ำ / Too few people booked"


class DecidedBefore(Exception):
    """The clock or somebody else has decided about this date already."""

    @property
    def message(self) -> str:
        return _("This has been decided already.")


class CannotMove(Exception):
    """The time to choose is over, the order has ended, or the other date has no room any more."""

    @property
    def message(self) -> str:
        return _("That date can no longer be chosen. Please choose another one.")


def decide_due_groups(at: datetime) -> int:
    """Every date whose cut-off has passed. Returns how many were decided."""
    return each_in_turn(groups_to_decide(at), lambda departure: decide_group(departure=departure, at=at))


def end_answer_times(at: datetime) -> int:
    """Who has not chosen another date in time gets everything back. Returns how many orders were cancelled."""
    over = Departure.objects.filter(decision=DECISION.MOVE, answer_by__lte=at).exclude(
        status=Departure.Status.CANCELLED
    )
    return each_in_turn(
        over.select_related("tour"), lambda one: cancel_departure(departure=one, by=None, reason=REASON, at=at)
    )


def decide_group(*, departure: Departure, at: datetime) -> bool:
    """After the cut-off: enough, nobody, or what the tour promises for too few. Waits while unpaid holds may still make
    it enough. Returns whether it is decided now. Repeatable."""
    booked, minimum = seats_booked([departure]).get(departure.pk, 0), departure.tour.minimum_group
    if booked >= minimum:
        return _note(departure, DECISION.ENOUGH)
    if seats_still_open(departure, at):
        return False
    if not booked:
        return _note(departure, DECISION.NONE)
    try:
        carry_out(departure=departure, outcome=departure.tour.if_too_few, by=None, at=at)
    except DecidedBefore:
        return False
    return True


def carry_out(*, departure: Departure, outcome: str, by: Actor | None, at: datetime) -> None:
    """Go anyway, offer other dates, or cancel and owe everything back. The seller may do so before the clock does.
    Raises DecidedBefore."""
    if outcome == TooFew.REFUND:
        _call_off(departure, by, at)
        cancel_departure(departure=departure, by=by, reason=REASON, at=at)
    elif outcome == TooFew.GO:
        _go_anyway(departure, by, at)
    else:
        _offer_other_dates(departure, by, at)


@transaction.atomic
def _call_off(departure: Departure, by: Actor | None, at: datetime) -> None:
    if not _note(departure, DECISION.REFUND):
        raise DecidedBefore
    shut_for_good(departure=departure, by=by, reason=REASON, at=at)


@transaction.atomic
def _go_anyway(departure: Departure, by: Actor | None, at: datetime) -> None:
    if not _note(departure, DECISION.GO):
        raise DecidedBefore
    for order in orders_on(departure, Order.HOLDING):
        tell("group_goes", order=order, at=at, by=by)
        events.publish(events.GroupGoes(user=order.shop.owner.public_id, order=order.public_id))
    _audit(departure, "คนน้อยแต่ไปตามกำหนด", by, at)


@transaction.atomic
def _offer_other_dates(departure: Departure, by: Actor | None, at: datetime) -> None:
    until = at + ANSWER
    shut = {"status": Departure.Status.CLOSED, "closed_by": Departure.ClosedBy.SELLER, "answer_by": until}
    if not _note(departure, DECISION.MOVE, **shut):
        raise DecidedBefore
    words = {f"until_{one}": f"{short_date(until, one)} {clock(until, one)}" for one in ("th", "en")}
    for order in orders_on(departure, Order.HOLDING):
        tell("group_too_small", order=order, at=at, by=by, minimum=departure.tour.minimum_group, **words)
        events.publish(events.GroupTooSmall(user=order.shop.owner.public_id, order=order.public_id))
    tour_changed(departure.tour)
    _audit(departure, "คนไม่ครบ ให้ผู้จองเลือกวันอื่นหรือรับเงินคืน", by, at)


def _note(departure: Departure, decision: str, **columns: object) -> bool:
    """Write the decision down, if there is none yet: of two deciders only one goes on."""
    undecided = Departure.objects.filter(pk=departure.pk, decision="").exclude(status=Departure.Status.CANCELLED)
    return bool(undecided.update(decision=decision, **columns))


def _audit(departure: Departure, what: str, by: Actor | None, at: datetime) -> None:
    day = f"{short_date(departure.starts_at, 'th')} {clock(departure.starts_at, 'th')}"
    record("departure.group", subject=departure, text=f"{departure.tour.name_th} {day}: {what}", at=at, actor=by)


@once_more
@transaction.atomic
def choose_other_date(
    *, order: Order, departure: Departure, to: Departure, at: datetime, by: User | None = None
) -> Order:
    """The guests of a date that does not go move to another one, for the same price. Seats are given back and taken in
    one step. Raises CannotMove."""
    now = locked(order)
    every = stock.lines_of(now.pk)
    lines = [line for line in every if line.departure_id == departure.pk]
    if now.status not in Order.HOLDING or not lines or not may_choose(departure, at):
        raise CannotMove
    target = next((one for one in dates_to_move_to(now, departure, at) if one.pk == to.pk), None)
    if target is None:
        raise CannotMove
    try:
        stock.exchange(lines, [_moved(line, target) for line in lines], at=at)
    except stock.CannotTake as short:
        raise CannotMove from short
    OrderLine.objects.filter(pk__in=[line.pk for line in lines]).update(departure=target)
    if now.rest_due_at:
        move(now, to=now.status, **rest_columns(now, rest_due_after_move(now, every, lines, target, at)))
    words = {
        f"day_{one}": f"{short_date(target.starts_at, one)} {clock(target.starts_at, one)}" for one in ("th", "en")
    }
    tell("moved_to_other_date", order=now, at=at, by=by, **words)
    events.publish(events.OtherDateChosen(user=now.shop.owner.public_id, order=now.public_id))
    return now


def may_choose(departure: Departure, at: datetime) -> bool:
    """Whether its guests can still choose another date."""
    open_question = departure.decision == DECISION.MOVE and departure.status != Departure.Status.CANCELLED
    return open_question and departure.answer_by is not None and at < departure.answer_by


def _moved(line: OrderLine, target: Departure) -> OrderLine:
    moved = copy.copy(line)
    moved.departure = target
    return moved
