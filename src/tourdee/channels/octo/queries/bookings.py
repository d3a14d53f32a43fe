"""What a reseller booked, as the standard writes it. A key finds the bookings of its own reseller and no others."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tourdee.shop.models import Order
from tourdee.shop.queries.tickets import ticket_text

from ..models import Booking
from .availability import Asked, Sold, Start, availability
from .callers import Caller
from .moments import utc, utc_or_none
from .prices import pricing
from .products import OPTION, PRICING

STATUS = Order.Status
CONTACT = (
    "fullName", "firstName", "lastName", "emailAddress", "phoneNumber", "postalCode", "country", "notes",
)  # fmt: skip


# ------------------------------------------------------------------ what became of it
def status_of(booking: Booking, at: datetime) -> str:
    """In the standard's words. A hold that has run out is over, whether or not a worker has ended it."""
    order = booking.order
    if order.status == STATUS.AWAITING_PAYMENT:
        return "ON_HOLD" if order.expires_at > at else "EXPIRED"
    if order.status == STATUS.CONFIRMED:
        return "REDEEMED" if redeemed_at(booking) else "CONFIRMED"
    return "EXPIRED" if order.status == STATUS.EXPIRED else "CANCELLED"


def redeemed_at(booking: Booking) -> datetime | None:
    """When the last of the guests of a confirmed booking was checked in."""
    confirmed = booking.order.status == STATUS.CONFIRMED
    return booking.last_arrival if confirmed and not booking.somebody_missing else None


def is_cancellable(booking: Booking, status: str, at: datetime) -> bool:
    """A hold always; what is confirmed, as long as its terms give everything back."""
    return status == "ON_HOLD" or (status == "CONFIRMED" and at < booking.cancellable_until)


# ------------------------------------------------------------------ the document
def booking_document(booking: Booking, caller: Caller, capabilities: set[str], at: datetime) -> dict[str, Any]:
    """One booking as the standard writes it."""
    order, status, redeemed = booking.order, status_of(booking, at), utc_or_none(redeemed_at(booking))
    said = {
        "id": str(booking.uuid),
        "uuid": str(booking.uuid),
        "testMode": caller.test,
        "resellerReference": booking.reference or None,
        "supplierReference": order.code,
        "status": status,
        "utcCreatedAt": utc(order.placed_at),
        "utcUpdatedAt": utc(max(filter(None, (booking.updated_at, order.ended_at)))),
        "utcExpiresAt": utc(order.expires_at) if status in {"ON_HOLD", "EXPIRED"} else None,
        "utcRedeemedAt": redeemed,
        "utcConfirmedAt": utc_or_none(order.confirmed_at),
        "productId": booking.departure.tour.public_id,
        "optionId": OPTION,
        "cancellable": is_cancellable(booking, status, at),
        "cancellation": _cancellation(booking, status),
        "freesale": False,
        "availabilityId": booking.departure.public_id,
        "availability": _availability(booking, caller, at),
        "contact": contact_document(booking.contact),
        "notes": booking.notes or None,
        "deliveryMethods": ["VOUCHER"],
        "voucher": _voucher(booking, status, redeemed),
        "unitItems": [_unit_item(booking, item, status, redeemed, capabilities) for item in booking.units],
    }
    return said | ({"pricing": _pricing(booking)} if PRICING in capabilities else {})


def _cancellation(booking: Booking, status: str) -> dict[str, Any] | None:
    """Whoever ended it: nothing is owed for what came to nothing."""
    if status not in {"CANCELLED", "EXPIRED"}:
        return None
    ended_at = booking.order.ended_at or booking.order.expires_at
    return {"refund": "FULL", "reason": booking.cancel_reason or None, "utcCancelledAt": utc(ended_at)}


def _availability(booking: Booking, caller: Caller, at: datetime) -> dict[str, Any]:
    departure = booking.departure
    start = Start(
        departure.pk, departure.public_id, departure.starts_at, departure.bookable_until, departure.capacity,
        departure.left, departure.status,
    )  # fmt: skip
    return availability(Sold(departure.tour, {}), start, Asked({}, set(), caller.commission_percent, at))


def _voucher(booking: Booking, status: str, redeemed: str | None) -> dict[str, Any]:
    """The ticket that the guest shows: the one that the seller's own check-in reads."""
    valid = status in {"CONFIRMED", "REDEEMED"}
    code = [{"deliveryFormat": "QRCODE", "deliveryValue": ticket_text(booking.order)}] if valid else []
    return {"redemptionMethod": "DIGITAL", "utcRedeemedAt": redeemed, "deliveryOptions": code}


def _unit_item(
    booking: Booking, item: dict[str, Any], status: str, redeemed: str | None, capabilities: set[str]
) -> dict[str, Any]:
    said = {
        "uuid": item["uuid"],
        "resellerReference": item["resellerReference"],
        "supplierReference": booking.order.code,
        "unitId": item["unitId"],
        "status": status,
        "utcRedeemedAt": redeemed,
        "contact": contact_document(item["contact"]),
        "ticket": None,
    }
    return said | ({"pricing": pricing(item["retail"], item["net"])} if PRICING in capabilities else {})


def _pricing(booking: Booking) -> dict[str, Any]:
    return pricing(booking.retail_satang, booking.order.total_satang)


def contact_document(contact: dict[str, Any]) -> dict[str, Any]:
    """Every field that the standard has, empty where nothing was said."""
    return {name: contact.get(name) for name in CONTACT} | {"locales": contact.get("locales") or []}


def documents(
    bookings: Iterable[Booking], caller: Caller, capabilities: set[str], at: datetime
) -> list[dict[str, Any]]:
    """Several."""
    return [booking_document(booking, caller, capabilities, at) for booking in bookings]
