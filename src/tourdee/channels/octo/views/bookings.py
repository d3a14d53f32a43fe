"""What is booked: reserve, confirm, change, cancel, extend, find again."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from ..actions import bookings as acts
from ..actions import wishes
from ..contract import bodies, booked
from ..contract.refusals import BadRequest, InvalidBooking
from ..models import Booking
from ..queries import bookings as known
from ..queries import found
from ..queries import products as what
from .availability import span
from .door import NO, OctoRequest, answer

MOST_BOOKINGS = 1000
router = Router(by_alias=True)


def _document(request: OctoRequest, booking: Booking, at: datetime) -> HttpResponse:
    return answer(known.booking_document(booking, request.auth, set(request.asked), at))


@router.post("/bookings", response={200: booked.Booking, **NO}, operation_id="bookingReservation", tags=["Bookings"])
def reserve(request: OctoRequest, body: bodies.ReservationBody) -> HttpResponse:
    """Hold seats. The uuid makes a repeated request give the same booking."""
    if body.currency not in {None, "THB"}:
        raise BadRequest(_("Prices are in THB."))
    at = timezone.now()
    return _document(request, acts.reserve(caller=request.auth, body=body, at=at), at)


class Filter(bodies.Body):
    """By which bookings are found: one of the first four; product and option narrow."""

    reseller_reference: bodies.Line | None = None
    supplier_reference: bodies.Line | None = None
    local_date: bodies.Day | None = None
    local_date_start: bodies.Day | None = None
    local_date_end: bodies.Day | None = None
    product_id: bodies.Id | None = None
    option_id: bodies.Id | None = None


@router.get("/bookings", response={200: list[booked.Booking], **NO}, operation_id="getBookings", tags=["Bookings"])
def bookings(request: OctoRequest, by: Query[Filter]) -> HttpResponse:
    """The caller's bookings by a reference of either side, or by the day on which they travel."""
    rows, at = found.bookings_of(request.auth), timezone.now()
    if not any((by.reseller_reference, by.supplier_reference, by.local_date, by.local_date_start, by.local_date_end)):
        raise BadRequest(
            _("Please ask by resellerReference, supplierReference, localDate, or localDateStart with End.")
        )
    if by.local_date or by.local_date_start or by.local_date_end:
        rows = found.between(
            rows, *span(by.local_date or by.local_date_start, by.local_date or by.local_date_end)
        )  # fmt: skip
    named = {
        "reference": by.reseller_reference, "order__code": by.supplier_reference,
        "departure__tour__public_id": by.product_id,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    shown = rows[:MOST_BOOKINGS] if by.option_id in {None, what.OPTION} else []
    return answer(known.documents(shown, request.auth, set(request.asked), at))


@router.get("/bookings/{uuid}", response={200: booked.Booking, **NO}, operation_id="getBooking", tags=["Bookings"])
def booking(request: OctoRequest, uuid: str) -> HttpResponse:
    """One booking."""
    mine = found.booking_of(request.auth, wishes.read_uuid(uuid))
    if mine is None:
        raise InvalidBooking(uuid)
    return _document(request, mine, timezone.now())


@router.patch("/bookings/{uuid}", response={200: booked.Booking, **NO}, operation_id="bookingUpdate", tags=["Bookings"])
def update(request: OctoRequest, uuid: str, body: bodies.UpdateBody) -> HttpResponse:
    """Change a booking. unitItems replace those that there are; one that is to stay is named by its uuid."""
    at = timezone.now()
    return _document(request, acts.update(caller=request.auth, uuid=uuid, body=body, at=at), at)


@router.post(
    "/bookings/{uuid}/confirm",
    response={200: booked.Booking, **NO},
    operation_id="bookingConfirmation",
    tags=["Bookings"],
)
def confirm(request: OctoRequest, uuid: str, body: bodies.ConfirmationBody) -> HttpResponse:
    """The guest has paid you: the seats are theirs."""
    at = timezone.now()
    return _document(request, acts.confirm(caller=request.auth, uuid=uuid, body=body, at=at), at)


@router.post(
    "/bookings/{uuid}/cancel",
    response={200: booked.Booking, **NO},
    operation_id="bookingCancellation",
    tags=["Bookings"],
)
def cancel(request: OctoRequest, uuid: str, body: bodies.CancellationBody | None = None) -> HttpResponse:
    """Give the seats back."""
    at, said = timezone.now(), body or bodies.CancellationBody()
    return _document(request, acts.cancel(caller=request.auth, uuid=uuid, body=said, at=at), at)


@router.delete(
    "/bookings/{uuid}", response={200: booked.Booking, **NO}, operation_id="bookingCancellationOld", tags=["Bookings"],
    deprecated=True,
)  # fmt: skip
def cancel_as_before(request: OctoRequest, uuid: str, body: bodies.CancellationBody | None = None) -> HttpResponse:
    """The older name of cancelling."""
    return cancel(request, uuid, body)


@router.post(
    "/bookings/{uuid}/extend",
    response={200: booked.Booking, **NO},
    operation_id="extendReservation",
    tags=["Bookings"],
)
def extend(request: OctoRequest, uuid: str, body: bodies.ExtensionBody | None = None) -> HttpResponse:
    """Hold the seats for longer. Less than a minute longer is taken for the same request, repeated."""
    at, said = timezone.now(), body or bodies.ExtensionBody()
    return _document(request, acts.extend(caller=request.auth, uuid=uuid, body=said, at=at), at)
