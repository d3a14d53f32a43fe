"""Slips: kept the moment they arrive, read for what their QR shows, decided by the seller who looks into the bank."""

import hashlib
import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import pictures
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import Order, PaymentEvent, Slip, SlipAnswer
from ..payment_methods import SlipReading, read_slip
from ..queries.gateways import slip_service_of
from ..queries.slips import finding_of
from . import stock
from .conflicts import once_more
from .history import tell
from .holds import HOLD, hold_again, locked, move
from .money import apply_payment, write_event

logger = logging.getLogger(__name__)
STATUS = Order.Status
WANTING = {*Order.UNPAID, STATUS.EXPIRED, STATUS.PAID_NO_SEAT, STATUS.CONFIRMED}  # money may still be asked for
MOST_SLIPS = 6  # of one order


class SlipUsedBefore(Exception):
    """The transfer on this slip was used for another order."""

    @property
    def message(self) -> str:
        return _("This slip has been used for another order. Please send the slip of this payment.")


class TooManySlips(Exception):
    """So many pictures were sent for this order that another one helps nobody."""

    @property
    def message(self) -> str:
        return _("Many slips were sent for this order already. Please talk to the seller.")


class SlipDecided(Exception):
    """The seller has accepted or refused this slip before, otherwise."""

    @property
    def message(self) -> str:
        return _("This slip has been decided already.")


class Underpaid(Exception):
    """The amount does not reach the price. Nothing was recorded. ``missing_satang`` is what is wanting."""

    def __init__(self, missing_satang: int) -> None:
        super().__init__(missing_satang)
        self.missing_satang = missing_satang

    @property
    def message(self) -> str:
        return _(
            "%(missing)s are missing. Record it as part of the price and ask for the rest, or refuse the slip."
        ) % {"missing": baht(self.missing_satang)}


class ReasonNeeded(Exception):
    """A refusal without a word helps nobody."""

    @property
    def message(self) -> str:
        return _("Please tell the buyer why.")


def receive_slip(*, order: Order, upload: Any, at: datetime) -> Slip:
    """Keep a slip and stop the clock. The picture is on disk before its row names it. The same slip sent twice is one.
    Raises BadPicture, SlipUsedBefore, TooManySlips."""
    digest = _digest(upload)
    if earlier := _sent_twice(order, digest):
        return earlier
    if order.slips.count() >= MOST_SLIPS:
        raise TooManySlips
    path = _stored(upload, f"slips/{at:%Y%m}")
    reading = read_slip(path)
    finding = finding_of(order, digest, reading)
    try:
        return _keep(order=order, path=path, digest=digest, reading=reading, finding=finding, at=at)
    except IntegrityError:
        pictures.discard(path)
        used = _those_of(reading)
        if not used.exists():
            raise
        return _used_before(order, used, at)


def _digest(upload: Any) -> str:
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return digest


def _stored(upload: Any, folder: str) -> str:
    try:
        return pictures.store_private(upload, folder)
    except OSError as full:  # the disk; nothing is half saved, and the host hears of it
        logger.exception("A slip could not be written")
        raise pictures.BadPicture(_("The picture could not be saved just now. Please send it again later.")) from full


def _sent_twice(order: Order, digest: str) -> Slip | None:
    return order.slips.filter(picture_hash=digest).exclude(status=Slip.Status.REFUSED).first()


@once_more
@transaction.atomic
def _keep(*, order: Order, path: str, digest: str, reading: SlipReading, finding: str, at: datetime) -> Slip:
    now = locked(order)
    slip = Slip.objects.create(
        order=now,
        picture=path,
        picture_hash=digest,
        picture_print=reading.looks,
        bank=reading.bank,
        trans_ref=reading.trans_ref,
        code=reading.code,
        finding=finding,
        at=at,
    )
    ask_about(slip, at)
    tell(_stop_the_clock(now, at), order=now, at=at)
    events.publish(events.SlipUploaded(user=now.shop.owner.public_id, order=now.public_id))
    return slip


def ask_about(slip: Slip, at: datetime) -> None:
    """Let the payee's slip service be asked, by the worker."""
    service = slip_service_of(slip.order) if slip.code else None
    if service is not None:
        SlipAnswer.objects.create(slip=slip, service=service, try_at=at)


def _stop_the_clock(order: Order, at: datetime) -> str:
    """A slip is evidence of money: a held order stays held, one that ran out is held anew if there is room. Without
    room it stays expired, and the slip waits for the seller all the same. Returns which note says so."""
    if order.status == STATUS.AWAITING_PAYMENT and move(order, to=STATUS.SLIP_REVIEW):
        return "slip_received"
    if order.status != STATUS.EXPIRED:
        return "slip_received" if order.status == STATUS.SLIP_REVIEW else "slip_kept"
    if not hold_again(order, at):
        return "slip_too_late"
    if not move(order, to=STATUS.SLIP_REVIEW, ended_at=None):
        raise stock.BooksDoNotBalance("an order changed under its lock")
    return "slip_received"


def _those_of(reading: SlipReading) -> QuerySet[Slip]:
    """The slips of the same transfer that were not refused; none where the slip names no transfer."""
    used = Slip.objects.exclude(status=Slip.Status.REFUSED).exclude(trans_ref="")
    return used.filter(bank=reading.bank, trans_ref=reading.trans_ref)


def _used_before(order: Order, used: QuerySet[Slip], at: datetime) -> Slip:
    if earlier := used.filter(order=order).first():
        return earlier
    with transaction.atomic():
        tell("slip_used_before", order=order, at=at)
    raise SlipUsedBefore


def accept_slip(*, slip: Slip, by: User | None, satang: int, at: datetime, part: bool = False) -> Order:
    """The money was found in the bank, by the seller or (``by=None``) by a slip service. First the event is committed,
    then it is applied; accepting again changes nothing. ``part`` records less than is missing. Raises Underpaid,
    SlipDecided, NotAnAmount, PaymentTwice, TryAgain."""
    order = Order.objects.get(pk=slip.order_id)
    missing = order.missing_satang
    if not part and slip.status == Slip.Status.WAITING and order.status in WANTING and 0 < satang < missing:
        raise Underpaid(missing - satang)
    event = _accept(slip=slip, order=order, by=by, satang=satang, at=at)
    return apply_payment(event=event, at=at)


@once_more
@transaction.atomic(durable=True)
def _accept(*, slip: Slip, order: Order, by: User | None, satang: int, at: datetime) -> PaymentEvent:
    waiting = Slip.objects.filter(pk=slip.pk, status=Slip.Status.WAITING)
    reference = f"{slip.bank}:{slip.trans_ref}" if slip.trans_ref else slip.public_id
    if not waiting.update(status=Slip.Status.ACCEPTED, decided_at=at):
        return _accepted_before(slip, reference, satang)
    slip.status, slip.decided_at = Slip.Status.ACCEPTED, at
    payload: dict[str, object] = {"slip": slip.public_id, "finding": slip.finding}
    return write_event(provider="slip", reference=reference, order=order, satang=satang, at=at, by=by, payload=payload)


def _accepted_before(slip: Slip, reference: str, satang: int) -> PaymentEvent:
    accepted = Slip.objects.filter(pk=slip.pk, status=Slip.Status.ACCEPTED).exists()
    event = PaymentEvent.objects.filter(provider="slip", provider_ref=reference, order=slip.order_id).first()
    if not accepted or event is None or event.satang != satang:
        raise SlipDecided
    return event


@once_more
@transaction.atomic
def refuse_slip(*, slip: Slip, by: User, reason: str, at: datetime) -> Order:
    """The seller did not find the money. Unless another slip waits or part of the price has come, the clock runs
    again, from the beginning, and never for shorter than was promised. Raises ReasonNeeded, SlipDecided."""
    if not reason.strip():
        raise ReasonNeeded
    order = locked(slip.order)
    waiting = Slip.objects.filter(pk=slip.pk, status=Slip.Status.WAITING)
    if not waiting.update(status=Slip.Status.REFUSED, reason=reason, decided_at=at):
        raise SlipDecided
    slip.status, slip.reason, slip.decided_at = Slip.Status.REFUSED, reason, at
    if order.status == STATUS.SLIP_REVIEW and not order.received_satang and not _another_waits(order):
        move(order, to=STATUS.AWAITING_PAYMENT, expires_at=max(order.expires_at, at + HOLD))
    tell("slip_refused", order=order, at=at, by=by, reason=reason)
    events.publish(events.SlipRefused(user=order.shop.owner.public_id, order=order.public_id, reason=reason))
    return order


def _another_waits(order: Order) -> bool:
    return order.slips.filter(status=Slip.Status.WAITING).exists()
