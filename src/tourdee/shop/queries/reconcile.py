"""Whether the books balance: counters against lines, orders against money, slips against their pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ..models import Departure, Order, OrderLine, PaymentEvent, Refund, Slip, Variant

STATUS = Order.Status
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Difference:
    """Two figures that should be the same. ``subject`` says of what, by public id."""

    subject: str
    what: str
    is_now: int
    should_be: int

    def __str__(self) -> str:
        return f"{self.subject}: {self.what} is {self.is_now}, should be {self.should_be}"


def differences(at: datetime) -> list[Difference]:
    """Everything that does not balance; empty when all is well. Seven queries, whatever the size."""
    return [*_seats(), *_stock(), *_paid(), *_refunded(), *_money_without_order(), *_left_over(at), *_pictures()]


def _sum_of(rows: QuerySet, by: str, what: str) -> Coalesce:
    per_row = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(sum=Sum(what)).values("sum")
    return Coalesce(Subquery(per_row, output_field=BigIntegerField()), 0)


def _seats() -> Iterator[Difference]:
    live = _sum_of(OrderLine.objects.filter(order__status__in=Order.HOLDING), "departure", "seats")
    for departure in Departure.objects.annotate(live=live).exclude(taken=F("live")):
        yield Difference(f"departure {departure.public_id}", "seats taken", departure.taken, departure.live)


def _stock() -> Iterator[Difference]:
    unsent = OrderLine.objects.filter(order__status__in=Order.HOLDING, order__shipped_at__isnull=True)
    for variant in Variant.objects.annotate(live=_sum_of(unsent, "variant", "quantity")).exclude(reserved=F("live")):
        yield Difference(f"variant {variant.public_id}", "pieces reserved", variant.reserved, variant.live)


def _paid() -> Iterator[Difference]:
    applied = PaymentEvent.objects.filter(applied_at__isnull=False)
    for order in Order.objects.annotate(sum=_sum_of(applied, "order", "satang")).exclude(paid_satang=F("sum")):
        yield Difference(f"order {order.code}", "satang paid", order.paid_satang, order.sum)


def _refunded() -> Iterator[Difference]:
    orders = Order.objects.annotate(sum=_sum_of(Refund.objects.all(), "order", "satang"))
    for order in orders.exclude(refunded_satang=F("sum")):
        yield Difference(f"order {order.code}", "satang refunded", order.refunded_satang, order.sum)


def _money_without_order() -> Iterator[Difference]:
    """Money that stands on an order which never got to know of it."""
    unaware = Q(status__in=[STATUS.AWAITING_PAYMENT, STATUS.EXPIRED]) & Q(paid_satang__gt=F("refunded_satang"))
    for order in Order.objects.filter(unaware):
        yield Difference(f"order {order.code} ({order.status})", "satang kept", order.received_satang, 0)


def _left_over(at: datetime) -> Iterator[Difference]:
    """Payments that the sweep should have applied long ago: is the worker alive?"""
    late = PaymentEvent.objects.filter(applied_at__isnull=True, at__lt=at - LATE).select_related("order")
    for event in late:
        yield Difference(f"payment {event.provider} of order {event.order.code}", "satang applied", 0, event.satang)


def _pictures() -> Iterator[Difference]:
    root = Path(settings.PRIVATE_ROOT)
    for public_id, picture in Slip.objects.filter(status=Slip.Status.WAITING).values_list("public_id", "picture"):
        if not (root / picture).is_file():
            yield Difference(f"slip {public_id}", "pictures on disk", 0, 1)
