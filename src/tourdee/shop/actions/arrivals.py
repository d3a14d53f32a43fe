"""Guests come: a scan counts them in, however often and however late a phone sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee.people.models import User

from ..models import Departure, Order, OrderLine, Scan
from ..queries.selling import departures_for
from ..queries.tickets import ReadTicket, is_genuine, read_ticket
from .conflicts import once_more
from .history import tell
from .holds import locked

STATUS, RESULT = Order.Status, Scan.Result
OLDEST = timedelta(days=7)  # a phone that was off for longer has a clock that nobody should believe
REFUSED = {
    STATUS.AWAITING_PAYMENT: RESULT.UNPAID,
    STATUS.SLIP_REVIEW: RESULT.UNPAID,
    STATUS.EXPIRED: RESULT.CANCELLED,
    STATUS.CANCELLED: RESULT.CANCELLED,
    STATUS.PAID_NO_SEAT: RESULT.CANCELLED,
}


class CannotCheckIn(Exception):
    """Only guests of a confirmed booking can be checked in."""

    @property
    def message(self) -> str:
        return _("Only guests of a confirmed booking can be checked in.")


class _AllHere(Exception):
    """More would come than were booked."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a phone says happened. ``came``: how many of each price category (by its public id); ``None`` means
    everybody who is still missing. ``at`` is the phone's own time of the scan."""

    client_id: str
    text: str
    came: Mapping[str, int] | None
    at: datetime


def take_scan(*, departure: Departure, asked: Asked, by: User, at: datetime) -> Scan:
    """Count in the guests of one scan at this departure and keep the answer. The same ``client_id`` again changes
    nothing and gets the first answer. What doesn't fit is an answer (``Scan.result``), not an error."""
    try:
        return _taken(departure=departure, asked=asked, by=by, at=at)
    except IntegrityError:  # the same scan, sent by two requests at once: the other one has kept it
        return Scan.objects.get(by=by, client_id=asked.client_id)


@once_more
@transaction.atomic
def _taken(*, departure: Departure, asked: Asked, by: User, at: datetime) -> Scan:
    if known := Scan.objects.filter(by=by, client_id=asked.client_id).first():
        return known
    when = max(min(asked.at, at), at - OLDEST)
    ticket = read_ticket(asked.text)
    order = _order_of(ticket, by)
    came: dict[str, int] = {}
    result = RESULT.UNKNOWN
    if order is not None:
        result, came = _counted(order, departure, asked.came, by, when)
    return Scan.objects.create(
        by=by, client_id=asked.client_id, departure=departure, order=order, came=came, result=result,
        typed="" if order else asked.text[-24:], scanned_at=when, received_at=at,
    )  # fmt: skip


def _order_of(ticket: ReadTicket | None, by: User) -> Order | None:
    """The order of a genuine ticket, if it has seats on a departure whose guests this person may see."""
    if ticket is None:
        return None
    order = Order.objects.filter(code=ticket.code, lines__departure__in=departures_for(by)).first()
    return order if order and is_genuine(order, ticket) else None


def _counted(
    order: Order, departure: Departure, came: Mapping[str, int] | None, by: User, at: datetime
) -> tuple[Scan.Result, dict[str, int]]:
    """Look at the order as it stands now and count its guests in. Returns the answer and who was counted."""
    now = locked(order)
    lines = list(now.lines.filter(departure=departure, kind__in=OrderLine.GUESTS).select_related("category"))
    if now.status in REFUSED:
        return REFUSED[STATUS(now.status)], {}
    if not lines:
        return RESULT.WRONG_DEPARTURE, {}
    try:
        counted = arrive(order=now, lines=lines, came=came, by=by, at=at)
    except _AllHere:
        return RESULT.ALREADY, {}
    return (RESULT.OK, counted) if counted else (RESULT.ALREADY, {})


def arrive(
    *, order: Order, lines: list[OrderLine], came: Mapping[str, int] | None, by: User, at: datetime
) -> dict[str, int]:
    """Count guests of a locked, confirmed order in: all of them or, where more came than are missing, none. Returns
    how many by row of the line. Raises _AllHere."""
    with transaction.atomic():
        counted = {str(line.pk): number for line, number in _shared_out(lines, came) if number}
        for line in lines:
            if number := counted.get(str(line.pk), 0):
                _come(line, number, at)
                tell("checked_in", order=order, at=at, by=by, name=line.name_th, number=number)
    return counted


def _shared_out(lines: list[OrderLine], came: Mapping[str, int] | None) -> list[tuple[OrderLine, int]]:
    """How many of each line: everybody missing, or what was said of its price category. Raises _AllHere when more
    were said than are missing."""
    if came is None:
        return [(line, line.missing) for line in lines]
    left = dict(came)
    shares = []
    for line in lines:
        key = line.category.public_id if line.category else ""
        share = min(left.get(key, 0), line.missing)
        left[key] = left.get(key, 0) - share
        shares.append((line, share))
    if any(left.values()):
        raise _AllHere
    return shares


def _come(line: OrderLine, number: int, at: datetime) -> None:
    """Raises _AllHere when so many are not missing any more."""
    missing = OrderLine.objects.filter(pk=line.pk, arrived__lte=line.people - number)
    if not missing.update(arrived=F("arrived") + number, checked_in_at=line.checked_in_at or at):
        raise _AllHere
    line.arrived, line.checked_in_at = line.arrived + number, line.checked_in_at or at


@once_more
@transaction.atomic
def check_in(*, line: OrderLine, by: User, at: datetime, people: int | None = None) -> bool:
    """So many guests of a line are there; everybody who is missing, unless said. ``False``: so many are not missing,
    nothing is changed. Raises CannotCheckIn."""
    order = locked(line.order)
    now = OrderLine.objects.select_related("category").get(pk=line.pk)
    if now.kind not in OrderLine.GUESTS or order.status != STATUS.CONFIRMED:
        raise CannotCheckIn
    try:
        came = None if people is None else {now.category.public_id if now.category else "": people}
        counted = arrive(order=order, lines=[now], came=came, by=by, at=at)
    except _AllHere:
        return False
    line.arrived, line.checked_in_at = now.arrived, now.checked_in_at
    return bool(counted)


@once_more
@transaction.atomic
def undo_scan(*, scan: Scan, by: User, at: datetime) -> bool:
    """Take a check-in back: the wrong name was tapped. ``False``: it counted nobody, or was taken back before."""
    if scan.order is None or scan.result != RESULT.OK:
        return False
    order = locked(scan.order)
    if not Scan.objects.filter(pk=scan.pk, undone_at__isnull=True).update(undone_at=at):
        return False
    scan.undone_at = at
    for row, number in scan.came.items():
        line = OrderLine.objects.get(pk=int(row))
        rest = max(0, line.arrived - number)
        OrderLine.objects.filter(pk=line.pk).update(
            arrived=rest, checked_in_at=line.checked_in_at if rest else None
        )  # fmt: skip
        tell("check_in_undone", order=order, at=at, by=by, name=line.name_th, number=number)
    return True
