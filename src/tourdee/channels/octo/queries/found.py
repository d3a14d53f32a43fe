"""Finding what a reseller booked. A key finds the bookings of its own reseller and no others."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery

from tourdee.core.prepared import Prepared
from tourdee.shop.models import Departure, Order, OrderLine, Tour

from ..models import Booking
from .callers import Caller
from .moments import span_of_days


def bookings_of(caller: Caller) -> QuerySet[Booking]:
    """Everything that the caller booked, oldest first, with all that their documents need. One query."""
    return _with_arrivals(Booking.objects.filter(reseller=caller.reseller)).select_related("order", "departure__tour")


def between(bookings: QuerySet[Booking], first: str, last: str) -> QuerySet[Booking]:
    """Those that travel in that span of days, the last one included."""
    since, until = span_of_days(first, last)
    return bookings.filter(departure__starts_at__gte=since, departure__starts_at__lt=until)


def _with_arrivals(bookings: Any) -> QuerySet[Any]:
    """Fills what the model names ``somebody_missing`` and ``last_arrival``."""
    lines = OrderLine.objects.filter(order=OuterRef("order"))
    latest = lines.filter(checked_in_at__isnull=False).order_by("-checked_in_at").values("checked_in_at")
    missing = Exists(lines.filter(arrived__lt=F("quantity")))
    return bookings.annotate(somebody_missing=missing, last_arrival=Subquery(latest[:1])).order_by("pk")


# ------------------------------------------------------------------ one of them, as fast as can be
# Every act of a program begins with this question, so its SQL is written once (see ``Prepared``).
PARTS: list[tuple[str, type[Model]]] = [
    ("", Booking), ("order__", Order), ("departure__", Departure), ("departure__tour__", Tour),
]  # fmt: skip


def booking_of(caller: Caller, uuid: UUID) -> Booking | None:
    """The caller's booking of that id, with all that its document needs. One query."""
    rows = BOOKING.rows(reseller=caller.reseller, uuid=uuid)
    return _built(list(rows[0]), caller) if rows else None


def _built(values: list[Any], caller: Caller) -> Booking:
    """The rows of the answer, joined as they belong together."""
    missing, latest = values[-2:]
    booking, order, departure, tour = (_row(model, values) for _prefix, model in PARTS)
    booking.somebody_missing, booking.last_arrival = bool(missing), latest
    booking.order, booking.departure, departure.tour, order.shop = order, departure, tour, caller.seller()
    return booking


def _row(model: type[Model], values: list[Any]) -> Any:
    """A row of the model out of the values in front, which it takes away."""
    names = _columns(model)
    row = model.from_db("default", names, values[: len(names)])
    del values[: len(names)]
    return row


@cache
def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _booking_question(reseller: int, uuid: UUID) -> QuerySet[Any, Any]:
    columns = [f"{prefix}{name}" for prefix, model in PARTS for name in _columns(model)]
    known = _with_arrivals(Booking.objects.filter(reseller=reseller, uuid=uuid)).order_by()
    return known.values_list(*columns, "somebody_missing", "last_arrival")


BOOKING = Prepared(_booking_question, reseller=1, uuid=UUID(int=1))
