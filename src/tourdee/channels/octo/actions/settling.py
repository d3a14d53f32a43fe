"""A reseller pays for what it sold: each booking gets its money, as the shop's books know it."""

from collections.abc import Iterable
from datetime import datetime

from tourdee.people.models import User
from tourdee.shop.actions.payments import record_manual_payment

from ..models import Booking, Reseller
from ..queries.resellers import unsettled


def settle(*, reseller: Reseller, codes: Iterable[str], reference: str, by: User, at: datetime) -> list[Booking]:
    """Record that the money for the bookings with these order codes came. Each is a payment of its own, so that a crash
    in between leaves only whole ones; the same again records nothing twice. Returns what was settled. Raises TryAgain."""
    wanted = set(codes)
    chosen = [booking for booking in unsettled(reseller) if booking.order.code in wanted]
    for booking in chosen:
        owed = booking.order.total_satang - booking.order.paid_satang
        said = f"{reseller.name} {reference}"
        record_manual_payment(order=booking.order, by=by, satang=owed, reference=said, at=at)
    return chosen
