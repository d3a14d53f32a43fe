"""Whether the books balance: counters against lines, orders against money, slips against their pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import BigIntegerField, Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from ..models import Departure, Order, OrderLine, PaymentEvent, Posting, Receipt, Refund, Slip, Variant
from ..models.books import MONEY, SALES, Account

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
    """Everything that does not balance; empty when all is well. Nine queries, whatever the size."""
    return [
        *_seats(), *_stock(), *_paid(), *_refunded(), *_money_without_order(), *_left_over(at), *_pictures(),
        *_books(), *_numbers(),
    ]  # fmt: skip


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


# The part of the buyer's money that is the seller's (queries/books.py), as the database works it out.
FREE = F("paid_satang") - F("refunded_satang") - F("refund_due_satang")
DECIDED = [STATUS.CONFIRMED, STATUS.CANCELLED]
COMPARED = ("money", "to be paid back", "not confirmed", "sold", "on receipts", "VAT")


def orders_off_the_books() -> QuerySet[Order]:
    """Orders whose postings or receipts are not what the order says, each with ``is_1`` … ``is_6`` and ``should_1`` …
    in the order of ``COMPARED``. Every posting balances by its shape, so these six leave no account free."""
    figures = [
        (_balance(*MONEY), F("paid_satang") - F("refunded_satang")),
        (_balance(Account.REFUNDS), -F("refund_due_satang")),
        (_balance(Account.DEPOSITS), _when(~Q(status__in=DECIDED), -FREE)),
        (_sold(), _when(Q(status=STATUS.CONFIRMED), F("total_satang") - F("kept_satang"))),
        (_on_receipts("satang"), _when(Q(status__in=DECIDED), FREE)),
        (_balance(Account.VAT_IN_SALES), _on_receipts("vat_satang")),
    ]
    columns = {f"is_{place}": now for place, (now, _) in enumerate(figures, start=1)}
    columns |= {f"should_{place}": should for place, (_, should) in enumerate(figures, start=1)}
    differs = Q()
    for place in range(1, len(figures) + 1):
        differs |= ~Q(**{f"is_{place}": F(f"should_{place}")})
    return Order.objects.annotate(**columns).filter(differs).select_related("seller").order_by("placed_at")


def _when(condition: Q, figure: object) -> Case:
    return Case(When(condition, then=figure), default=Value(0), output_field=BigIntegerField())


def _balance(*accounts: str) -> object:
    """Debits less credits of the accounts, of each order."""
    debits = _sum_of(Posting.objects.filter(debit__in=accounts), "order", "satang")
    return debits - _sum_of(Posting.objects.filter(credit__in=accounts), "order", "satang")


def _sold() -> object:
    """The price sold: credits less debits of the sales, without what cancellations and refunds did to them."""
    price = [account for account in SALES if account not in (Account.KEPT, Account.REDUCTIONS)]
    credits = _sum_of(Posting.objects.filter(credit__in=price), "order", "satang")
    return credits - _sum_of(Posting.objects.filter(debit__in=price), "order", "satang")


def _on_receipts(what: str) -> object:
    counting = Receipt.objects.filter(replacement__isnull=True)
    notes = _sum_of(counting.filter(kind__in=Receipt.TAKING_BACK), "order", what)
    return _sum_of(counting.exclude(kind__in=Receipt.TAKING_BACK), "order", what) - notes


def _books() -> Iterator[Difference]:
    for order in orders_off_the_books():
        for place, what in enumerate(COMPARED, start=1):
            now, should = getattr(order, f"is_{place}"), getattr(order, f"should_{place}")
            if now != should:
                yield Difference(f"order {order.code}", f"satang in the books ({what})", now, should)


def _numbers() -> Iterator[Difference]:
    """A series of receipts has every number from one to its last."""
    series = Receipt.objects.order_by().values_list("business__public_id", "kind", "year")
    for business, kind, year, last, count in series.annotate(Max("number"), Count("pk")).exclude(
        number__max=F("pk__count")
    ):
        yield Difference(f"business {business}", f"receipts ({kind} {year})", count, last)
