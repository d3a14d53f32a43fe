"""Whether the books balance: counters against lines, orders against money, slips against their pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tourdee.legal.models import Business

from ..models import Departure, Order, OrderLine, PaymentEvent, Refund, Slip, StockMovement, Variant
from .books_check import COMPARED, gaps_in_numbers, orders_off_the_books, sum_of

STATUS = Order.Status
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Difference:
    """Two figures that should be the same. ``subject`` says of what, by public id; ``kind`` what to do about it."""

    subject: str
    what: str
    is_now: int
    should_be: int
    kind: str
    order: str = ""  # its code, where it is one order's

    def __str__(self) -> str:
        return f"{self.subject}: {self.what} is {self.is_now}, should be {self.should_be}"


def differences(at: datetime, business: Business | None = None) -> list[Difference]:
    """Everything that does not balance, of one business or (without it) of all; empty when all is well. Nine queries,
    whatever the size."""
    return [
        *_seats(business), *_stock(business), *_paid(business), *_refunded(business), *_money_without_order(business),
        *_left_over(at, business), *_pictures(business), *_books(business), *_numbers(business),
    ]  # fmt: skip


def _of(rows: QuerySet, business: Business | None, *paths: str) -> QuerySet:
    """Only the rows that lead to the business by one of the paths."""
    if business is None:
        return rows
    mine = Q()
    for path in paths:
        mine |= Q(**{path: business})
    return rows.filter(mine)


def _seats(business: Business | None) -> Iterator[Difference]:
    live = sum_of(OrderLine.objects.filter(order__status__in=Order.HOLDING), "departure", "seats")
    of_business = _of(Departure.objects.all(), business, "tour__shop__business", "tour__operator")
    for departure in of_business.annotate(live=live).exclude(taken=F("live")):
        subject = f"departure {departure.public_id}"
        yield Difference(subject, "seats taken", departure.taken, departure.live, "seats")


def _stock(business: Business | None) -> Iterator[Difference]:
    unsent = OrderLine.objects.filter(order__status__in=Order.HOLDING, order__shipped_at__isnull=True)
    newest = StockMovement.objects.filter(variant=OuterRef("pk")).order_by("-pk").values("after")[:1]
    booked = Coalesce(Subquery(newest), F("stock"))  # one that never moved is in no stock book
    of_business = _of(Variant.objects.all(), business, "product__shop__business")
    counted = of_business.annotate(live=sum_of(unsent, "variant", "quantity"), booked=booked)
    for variant in counted.exclude(reserved=F("live"), stock=F("booked")):
        subject = f"variant {variant.public_id}"
        if variant.reserved != variant.live:
            yield Difference(subject, "pieces reserved", variant.reserved, variant.live, "stock")
        if variant.stock != variant.booked:
            yield Difference(subject, "pieces in stock", variant.stock, variant.booked, "stock_book")


def _paid(business: Business | None) -> Iterator[Difference]:
    applied = PaymentEvent.objects.filter(applied_at__isnull=False)
    orders = _of(Order.objects.all(), business, "seller")
    for order in orders.annotate(sum=sum_of(applied, "order", "satang")).exclude(paid_satang=F("sum")):
        yield Difference(f"order {order.code}", "satang paid", order.paid_satang, order.sum, "paid", order.code)


def _refunded(business: Business | None) -> Iterator[Difference]:
    orders = _of(Order.objects.all(), business, "seller")
    summed = orders.annotate(sum=sum_of(Refund.objects.all(), "order", "satang"))
    for order in summed.exclude(refunded_satang=F("sum")):
        subject = f"order {order.code}"
        yield Difference(subject, "satang refunded", order.refunded_satang, order.sum, "refunded", order.code)


def _money_without_order(business: Business | None) -> Iterator[Difference]:
    """Money that stands on an order which never got to know of it."""
    unaware = Q(status__in=[STATUS.AWAITING_PAYMENT, STATUS.EXPIRED]) & Q(paid_satang__gt=F("refunded_satang"))
    for order in _of(Order.objects.filter(unaware), business, "seller"):
        subject = f"order {order.code} ({order.status})"
        yield Difference(subject, "satang kept", order.received_satang, 0, "unaware", order.code)


def _left_over(at: datetime, business: Business | None) -> Iterator[Difference]:
    """Payments that the sweep should have applied long ago: is the worker alive?"""
    late = PaymentEvent.objects.filter(applied_at__isnull=True, at__lt=at - LATE).select_related("order")
    for event in _of(late, business, "order__seller"):
        code = event.order.code
        yield Difference(f"payment {event.provider} of order {code}", "satang applied", 0, event.satang, "late", code)


def _pictures(business: Business | None) -> Iterator[Difference]:
    root = Path(settings.PRIVATE_ROOT)
    waiting = _of(Slip.objects.filter(status=Slip.Status.WAITING), business, "order__seller")
    for public_id, picture, code in waiting.values_list("public_id", "picture", "order__code"):
        if not (root / picture).is_file():
            yield Difference(f"slip {public_id}", "pictures on disk", 0, 1, "picture", code)


def _books(business: Business | None) -> Iterator[Difference]:
    for order in _of(orders_off_the_books(), business, "seller"):
        for place, what in enumerate(COMPARED, start=1):
            now, should = getattr(order, f"is_{place}"), getattr(order, f"should_{place}")
            if now != should:
                what = f"satang in the books ({what})"
                yield Difference(f"order {order.code}", what, now, should, "books", order.code)


def _numbers(business: Business | None) -> Iterator[Difference]:
    for name, series, count, last in gaps_in_numbers(business):
        yield Difference(f"business {name}", f"receipts ({series})", count, last, "numbers")
