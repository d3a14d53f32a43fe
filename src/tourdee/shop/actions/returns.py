"""Goods come back: the buyer asks, the seller decides, the parcel arrives, money is owed."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import pictures
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import Order, Return, ReturnLine
from ..queries.books import in_hand
from ..queries.returns import is_whole, refund_of, return_until, returnable_lines
from . import stock_room
from .books import keep_books
from .conflicts import once_more
from .history import tell
from .holds import locked

STATUS = Return.Status


class CannotReturn(Exception):
    """Not sent, too late, one is open already, or more pieces than were bought."""

    @property
    def message(self) -> str:
        return _("These goods can no longer be sent back. Please write to the seller.")


class ReturnDecided(Exception):
    """Somebody was quicker: it was decided, received or withdrawn before."""

    @property
    def message(self) -> str:
        return _("This return has been decided already.")


class AnswerNeeded(Exception):
    """A refusal without a reason."""

    @property
    def message(self) -> str:
        return _("Please tell the buyer why.")


def ask_return(
    *, order: Order, quantities: Mapping[int, int], reason: str, words: str, at: datetime, picture: Any = None
) -> Return:
    """The buyer asks to send pieces back; ``quantities`` by row of the order's line. The picture is kept first, and
    thrown away if nothing came of it. Raises CannotReturn, core.pictures.BadPicture."""
    path = pictures.store_private(picture, f"returns/{order.public_id}") if picture else ""
    try:
        return _ask(order=order, quantities=quantities, reason=reason, words=words, picture=path, at=at)
    except CannotReturn:
        with suppress(OSError):
            if path:
                pictures.discard(path)
        raise


@once_more
@transaction.atomic
def _ask(*, order: Order, quantities: Mapping[int, int], reason: str, words: str, picture: str, at: datetime) -> Return:
    now = locked(order)
    until = return_until(now)
    left = {one.line.pk: one.left for one in returnable_lines(now)}
    wanted = {line: quantity for line, quantity in quantities.items() if quantity}
    if until is None or (at > until and reason not in Return.SELLERS_FAULT) or not wanted:
        raise CannotReturn
    if any(not 0 < quantity <= left.get(line, 0) for line, quantity in wanted.items()):
        raise CannotReturn
    try:
        with transaction.atomic():
            asked = Return.objects.create(order=now, reason=reason, words=words, picture=picture, asked_at=at)
    except IntegrityError as open_one:
        raise CannotReturn from open_one
    ReturnLine.objects.bulk_create(ReturnLine(of=asked, line_id=line, quantity=n) for line, n in wanted.items())
    tell("return_asked", order=now, at=at, pieces=sum(wanted.values()))
    events.publish(events.ReturnAsked(user=now.shop.owner.public_id, order=now.public_id))
    return asked


@once_more
@transaction.atomic
def withdraw_return(*, asked: Return, at: datetime) -> None:
    """The buyer keeps the goods after all. Raises ReturnDecided."""
    order = locked(asked.order)
    _move(asked, {STATUS.ASKED, STATUS.ACCEPTED}, status=STATUS.WITHDRAWN)
    tell("return_withdrawn", order=order, at=at)


@once_more
@transaction.atomic
def decide_return(*, asked: Return, accept: bool, answer: str, by: User, at: datetime) -> None:
    """Accepted: ``answer`` says where to send it. Refused: why. Raises AnswerNeeded, ReturnDecided."""
    if not accept and not answer.strip():
        raise AnswerNeeded
    order = locked(asked.order)
    status = STATUS.ACCEPTED if accept else STATUS.REFUSED
    _move(asked, {STATUS.ASKED}, status=status, answer=answer, decided_at=at, decided_by=by)
    tell(f"return_{status}", order=order, at=at, by=by, answer=answer)
    events.publish(
        events.ReturnDecided(user=order.shop.owner.public_id, order=order.public_id, accepted=accept, answer=answer)
    )


@once_more
@transaction.atomic
def receive_return(*, asked: Return, damaged: Mapping[int, int], by: User, at: datetime) -> int:
    """The parcel is back: what is whole goes into the stock, the rest is written off; what is owed is owed, as soon
    as its money has come from the carrier. ``damaged`` by row of the return's line. Returns the satang owed for it. Raises
    ReturnDecided."""
    order = locked(asked.order)
    lines = list(asked.lines.select_related("line__variant__product"))
    fault = asked.reason in Return.SELLERS_FAULT
    quantities = {one.line: one.quantity for one in lines}
    owed = refund_of(order, quantities, whole=fault and is_whole(order, lines))
    _move(asked, {STATUS.ACCEPTED}, status=STATUS.RECEIVED, received_at=at, refund_satang=owed)
    for one in lines:
        _take_back(one, min(damaged.get(one.pk, 0), one.quantity), order, by, at)
    Order.objects.filter(pk=order.pk).update(
        refund_due_satang=F("refund_due_satang") + min(owed, in_hand(order)),
        returned_satang=F("returned_satang") + owed,
    )
    keep_books(order=order, at=at)
    tell("return_received", order=order, at=at, by=by, amount=baht(owed))
    events.publish(events.ReturnReceived(user=order.shop.owner.public_id, order=order.public_id, satang=owed))
    return owed


def _take_back(one: ReturnLine, damaged: int, order: Order, by: User, at: datetime) -> None:
    ReturnLine.objects.filter(pk=one.pk).update(damaged=damaged)
    assert one.line.variant
    stock_room.take_back(
        variant=one.line.variant, quantity=one.quantity - damaged, order=order, by=by, at=at, source=f"return:{one.pk}"
    )


def _move(asked: Return, frm: set[STATUS], **changes: object) -> None:
    if not Return.objects.filter(pk=asked.pk, status__in=frm).update(**changes):
        raise ReturnDecided
    for name, value in changes.items():
        setattr(asked, name, value)
