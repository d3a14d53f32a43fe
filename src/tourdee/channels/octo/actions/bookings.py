"""What a reseller's program does with a booking: reserve, extend, confirm, change, cancel. Each act may be repeated when
its answer was lost, and gives the same booking again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tourdee.core.inserts import insert
from tourdee.core.prepared import MOMENT, PreparedUpdate
from tourdee.shop.actions import resale, stock
from tourdee.shop.actions.conflicts import TryAgain, once_more
from tourdee.shop.actions.holds import expire_stale_holds
from tourdee.shop.models import Order
from tourdee.shop.queries.resale import Offer

from ..contract.bodies import (
    CancellationBody,
    ConfirmationBody,
    ContactBody,
    ExtensionBody,
    ReservationBody,
    UnitItemBody,
    UpdateBody,
)
from ..contract.refusals import InvalidBooking, Unprocessable
from ..models import Booking
from ..queries.bookings import is_cancellable, status_of
from ..queries.callers import Caller
from ..queries.cancelling import free_until
from ..queries.found import booking_of
from ..queries.products import OPTION
from . import wishes

HOLD = timedelta(minutes=30)  # where the reseller does not say
LONGEST_HOLD = timedelta(minutes=60)  # of what it says
LONGEST_ALTOGETHER = timedelta(hours=6)  # however often it asks again: nobody keeps a seat for nothing
SAME_REQUEST = timedelta(minutes=1)  # so little longer is asked for by one that is repeated: its answer was lost
ATTEMPTS = 3
NOTE = PreparedUpdate(
    lambda booking, **noted: (Booking.objects.filter(pk=booking), noted),
    booking=1, contact={}, notes="", reference="", updated_at=MOMENT,
)  # fmt: skip


def reserve(*, caller: Caller, body: ReservationBody, at: datetime) -> Booking:
    """Hold the seats. The same uuid with the same request again gives the same booking. Raises Refusal, TryAgain."""
    uuid, digest = UUID(body.uuid) if body.uuid else uuid4(), wishes.digest(body)
    for _attempt in range(ATTEMPTS):
        if body.uuid and (earlier := _reserved_before(caller, uuid, digest)):
            return earlier
        found = _wanted(caller, body, at)
        try:
            return _reserve(caller=caller, body=body, found=found, uuid=uuid, digest=digest, at=at)
        except IntegrityError:  # the same uuid in the same instant, or a code drawn twice: look again
            continue
        except stock.CannotTake as short:
            if not expire_stale_holds(departures=[found.departure.pk], variants=[], at=at):
                raise _too_few(short) from short
    raise TryAgain


def _reserved_before(caller: Caller, uuid: UUID, digest: str) -> Booking | None:
    earlier = booking_of(caller, uuid)
    if earlier and earlier.request_hash != digest:
        raise InvalidBooking(str(uuid))
    return earlier


def _wanted(caller: Caller, body: ReservationBody, at: datetime) -> Offer:
    wishes.check_items(body.unit_items)
    return wishes.wanted_offer(caller, body.product_id, body.option_id, body.availability_id or "", at)


@once_more
def _reserve(*, caller: Caller, body: ReservationBody, found: Offer, uuid: UUID, digest: str, at: datetime) -> Booking:
    lines = wishes.wanted_lines(found, body.unit_items, caller)
    units = wishes.unit_rows(found, body.unit_items, caller)
    contact, reference = wishes.contact_row(body.contact), body.reseller_reference or ""
    sale = resale.Resale(
        shop=caller.seller(),
        reseller=caller.reseller_name,
        guest=wishes.guest(contact, notes=body.notes or "", caller=caller, reference=reference),
        lines=lines,
        opening=_opening(found, at),
        key=f"octo-{caller.reseller}-{uuid}",
        digest=digest,
    )
    booking = Booking(
        reseller_id=caller.reseller, uuid=uuid, departure=found.departure, reference=reference, contact=contact,
        notes=body.notes or "", units=units, retail_satang=sum(unit["retail"] for unit in units),
        request_hash=digest, updated_at=at, cancellable_until=free_until(found.departure.starts_at, found.tiers),
    )  # fmt: skip

    def booked(order: Order) -> None:
        booking.order = order
        insert(booking)

    resale.hold_for_reseller(sale=sale, until=at + _span(body.expiration_minutes), at=at, with_it=booked)
    found.departure.taken += sum(line.seats for line in lines)
    return booking


def _opening(found: Offer, at: datetime) -> dict[int, datetime]:
    return {found.departure.pk: found.opening(at)}


def _span(minutes: int | None) -> timedelta:
    return min(timedelta(minutes=minutes), LONGEST_HOLD) if minutes else HOLD


def _too_few(short: stock.CannotTake) -> Unprocessable:
    return Unprocessable(_("Too few seats: %(left)s left.") % {"left": short.left})


def _own(caller: Caller, uuid: str) -> Booking:
    """Raises InvalidBooking for what is not the caller's."""
    found = booking_of(caller, wishes.read_uuid(uuid))
    if found is None:
        raise InvalidBooking(uuid)
    return found


# ------------------------------------------------------------------ extend
def extend(*, caller: Caller, uuid: str, body: ExtensionBody, at: datetime) -> Booking:
    """Hold it for longer. Repeated at once it is one extension. Raises InvalidBooking, Unprocessable."""
    booking = _own(caller, uuid)
    order = booking.order
    if status_of(booking, at) != "ON_HOLD":
        raise Unprocessable(_("Only a booking that is on hold can be extended."))
    latest = order.placed_at + LONGEST_ALTOGETHER
    until = min(max(order.expires_at, at + _span(body.expiration_minutes)), latest)
    if until - order.expires_at < SAME_REQUEST:
        return booking
    with transaction.atomic():
        _or_unprocessable(lambda: resale.extend_hold(order=order, until=until, at=at))
        _touch(booking, at)
    return booking


# ------------------------------------------------------------------ confirm
def confirm(*, caller: Caller, uuid: str, body: ConfirmationBody, at: datetime) -> Booking:
    """The reseller sold it. What is confirmed already is given back unchanged. Raises Refusal."""
    booking = _own(caller, uuid)
    status = status_of(booking, at)
    if status in {"CONFIRMED", "REDEEMED"}:
        return booking
    if status == "CANCELLED":
        raise Unprocessable(_("This booking is cancelled."))
    if status == "EXPIRED":
        raise InvalidBooking(uuid)
    changes = UpdateBody(contact=body.contact, unit_items=body.unit_items, reseller_reference=body.reseller_reference)
    try:
        _confirm(caller=caller, booking=booking, changes=changes, at=at)
    except resale.HoldIsOver as over:
        raise InvalidBooking(uuid) from over
    return booking


@once_more
@transaction.atomic
def _confirm(*, caller: Caller, booking: Booking, changes: UpdateBody, at: datetime) -> None:
    if changes.unit_items is not None:
        _change(caller=caller, booking=booking, body=changes, at=at)
    else:
        _note(booking, changes, at)
    resale.confirm_resale(order=booking.order, guest=_guest(booking, caller), at=at)


# ------------------------------------------------------------------ change
def update(*, caller: Caller, uuid: str, body: UpdateBody, at: datetime) -> Booking:
    """Other seats, another departure, another guest: all of it or nothing. Raises Refusal."""
    booking = _own(caller, uuid)
    status = status_of(booking, at)
    if status not in {"ON_HOLD", "CONFIRMED"}:
        raise Unprocessable(_("This booking can no longer be changed."))
    other_seats = any((body.product_id, body.option_id, body.availability_id, body.unit_items is not None))
    if other_seats and not is_cancellable(booking, status, at):
        raise Unprocessable(_("It is too late to change the seats of this booking."))
    try:
        _update(caller=caller, booking=booking, body=body, other_seats=other_seats, at=at)
    except (resale.HoldIsOver, resale.AlreadySettled) as refused:
        raise Unprocessable(refused.message) from refused
    if body.expiration_minutes and status == "ON_HOLD":
        extend(caller=caller, uuid=uuid, body=ExtensionBody(expiration_minutes=body.expiration_minutes), at=at)
    return _own(caller, uuid)


@once_more
@transaction.atomic
def _update(*, caller: Caller, booking: Booking, body: UpdateBody, other_seats: bool, at: datetime) -> None:
    if other_seats:
        _change(caller=caller, booking=booking, body=body, at=at)
    else:
        _note(booking, body, at)
        resale.change_resale(order=booking.order, lines=None, opening={}, guest=_guest(booking, caller), at=at)


def _change(*, caller: Caller, booking: Booking, body: UpdateBody, at: datetime) -> None:
    found = _other_offer(caller, booking, body, at)
    items = body.unit_items if body.unit_items is not None else _items_of(booking)
    wishes.check_items(items)
    lines = wishes.wanted_lines(found, items, caller)
    booking.units = _kept(booking, items, wishes.unit_rows(found, items, caller))
    booking.departure, booking.retail_satang = found.departure, sum(unit["retail"] for unit in booking.units)
    booking.cancellable_until = free_until(found.departure.starts_at, found.tiers)
    booking.save(update_fields=["departure", "units", "retail_satang", "cancellable_until"])
    _note(booking, body, at)
    try:
        booking.order = resale.change_resale(
            order=booking.order, lines=lines, opening=_opening(found, at), guest=_guest(booking, caller), at=at
        )
    except stock.CannotTake as short:
        raise _too_few(short) from short


def _other_offer(caller: Caller, booking: Booking, body: UpdateBody, at: datetime) -> Offer:
    """What it changes to. Another product needs a departure of its own. Raises Refusal."""
    before = booking.departure
    product = body.product_id or before.tour.public_id
    same = before.public_id if product == before.tour.public_id else ""
    return wishes.wanted_offer(caller, product, body.option_id or OPTION, body.availability_id or same, at)


def _items_of(booking: Booking) -> list[UnitItemBody]:
    return [
        UnitItemBody(
            unit_id=unit["unitId"], uuid=unit["uuid"], reseller_reference=unit["resellerReference"],
            contact=ContactBody.model_validate(unit["contact"]),
        )
        for unit in booking.units
    ]  # fmt: skip


def _kept(booking: Booking, items: Sequence[UnitItemBody], units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A ticket that is named by its uuid keeps what was said of it before and is not said anew. Those that are asked for
    as they stand, by a request that is repeated, stay without being named."""
    before = {unit["uuid"]: unit for unit in booking.units}
    after = [_merged(before.get(unit["uuid"], {}), unit) for unit in units]
    return booking.units if _are_those(booking.units, items, after) else after


def _are_those(before: list[dict[str, Any]], items: Sequence[UnitItemBody], after: list[dict[str, Any]]) -> bool:
    unnamed = all(item.uuid in {None, unit["uuid"]} for item, unit in zip(items, before, strict=False))
    return unnamed and [unit | {"uuid": ""} for unit in before] == [unit | {"uuid": ""} for unit in after]


def _merged(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    reference = now["resellerReference"] or before.get("resellerReference")
    return now | {"resellerReference": reference, "contact": now["contact"] or before.get("contact", {})}


def _note(booking: Booking, body: UpdateBody, at: datetime) -> None:
    """What the channel itself keeps of a change."""
    if body.contact is not None:
        booking.contact = wishes.contact_row(body.contact)
    if body.notes is not None:
        booking.notes = body.notes
    if body.reseller_reference is not None:
        booking.reference = body.reseller_reference
    booking.updated_at = at
    NOTE.run(
        booking=booking.pk, contact=booking.contact, notes=booking.notes, reference=booking.reference, updated_at=at
    )


def _guest(booking: Booking, caller: Caller) -> Any:
    return wishes.guest(booking.contact, notes=booking.notes, caller=caller, reference=booking.reference)


# ------------------------------------------------------------------ cancel
def cancel(*, caller: Caller, uuid: str, body: CancellationBody, at: datetime) -> Booking:
    """The seats are free again and nothing is owed. What is cancelled already is given back unchanged. Raises Refusal."""
    booking = _own(caller, uuid)
    status = status_of(booking, at)
    if status == "CANCELLED":
        return booking
    if not is_cancellable(booking, status, at):
        raise Unprocessable(_("This booking can no longer be cancelled. Please ask the shop."))
    reason = body.reason or ""
    with transaction.atomic():
        _or_unprocessable(lambda: resale.cancel_resale(order=booking.order, reason=reason, at=at))
        Booking.objects.filter(pk=booking.pk).update(cancel_reason=reason, updated_at=at)
    return _own(caller, uuid)


def _or_unprocessable(act: Any) -> None:
    try:
        act()
    except (resale.HoldIsOver, resale.AlreadySettled) as refused:
        raise Unprocessable(refused.message) from refused


def _touch(booking: Booking, at: datetime) -> None:
    booking.updated_at = at
    booking.save(update_fields=["updated_at"])
