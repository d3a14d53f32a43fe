"""The rest after a deposit: who owes it, and when its time is over for good."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from ..models import GatewayCharge, Order, Slip

GRACE = timedelta(days=1)  # after the rest was due; then its seats are free for others


def owing_a_rest() -> QuerySet[Order]:
    """Confirmed orders whose rest has a day and has not come. Not those that are paid on the day, or to others."""
    price = F("total_satang") + F("refunded_satang") - F("goodwill_satang") - F("returned_satang")
    owing = Order.objects.filter(status=Order.Status.CONFIRMED, rest_due_at__isnull=False, paid_satang__lt=price)
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
