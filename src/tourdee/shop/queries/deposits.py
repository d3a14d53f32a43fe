"""The rest after a deposit: who owes it, when it is due on another date, and when its time is over for good."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ..models import Departure, GatewayCharge, Order, OrderLine, Slip

GRACE = timedelta(days=1)  # after the rest was due; then its seats are free for others
TIME_TO_PAY = timedelta(days=1)  # at least, after the guests were moved
# As Order.rest_satang reckons it.
NOT_ALL_HAS_COME = Q(
    paid_satang__lt=F("total_satang") - F("returned_satang") - F("goodwill_satang")
    + F("refunded_satang") + F("refund_due_satang")
)  # fmt: skip


def owing_a_rest() -> QuerySet[Order]:
    """Confirmed orders whose rest has a day and has not come. Not those that are paid on the day, or to others."""
    owing = Order.objects.filter(NOT_ALL_HAS_COME, status=Order.Status.CONFIRMED, rest_due_at__isnull=False)
    return owing.exclude(pay_by__in=Order.WITHOUT_A_DAY).select_related("shop__owner")


def rests_to_drop(at: datetime) -> QuerySet[Order]:
    """Those whose buyer was told that it is overdue, a day ago or more, and who is not just paying: no slip waits to be
    looked at and no code of a gateway can still be paid."""
    slips = Slip.objects.filter(order=OuterRef("pk"), status=Slip.Status.WAITING)
    charges = GatewayCharge.objects.filter(order=OuterRef("pk"), status__in=GatewayCharge.LIVE)
    late = owing_a_rest().filter(rest_due_at__lte=at - GRACE, rest_told=Order.RestTold.OVERDUE)
    return late.exclude(Exists(slips)).exclude(Exists(charges))


def rest_is_overdue(order: Order, at: datetime) -> bool:
    """Whether an order, read under its lock, may still be dropped: money may have come, or more time been given."""
    return rests_to_drop(at).filter(pk=order.pk).exists()


def rest_due_after_move(
    order: Order, lines: Iterable[OrderLine], moved: Iterable[OrderLine], to: Departure, at: datetime
) -> datetime | None:
    """When the rest is due once ``moved`` of the order's lines are for ``to``: as long before the first date of that tour as
    it was agreed, not within a day, never after the start. What is paid on the day, or to others, has no day before."""
    if order.pay_by in Order.WITHOUT_A_DAY:
        return None
    due = at + TIME_TO_PAY
    rows = {line.pk for line in moved}
    of_tour = [line for line in lines if line.departure and line.departure.tour_id == to.tour_id]
    first = min(to.starts_at if line.pk in rows else _starts(line) for line in of_tour)
    if order.rest_due_at:
        due = max(due, order.rest_due_at + (first - min(map(_starts, of_tour))))
    return min(due, first)


def _starts(line: OrderLine) -> datetime:
    assert line.departure
    return line.departure.starts_at
