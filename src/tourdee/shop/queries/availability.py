"""How many seats and pieces can be had now. For showing only: what decides is the conditional UPDATE that takes."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from ..models import Departure, Order, OrderLine, Tour, Variant


def departures_on_sale(tour: Tour, at: datetime) -> list[Departure]:
    """Open departures whose cut-off lies ahead, soonest first, full ones too. Each has ``seats_left``, in which holds
    that have run out count as free: whoever books ends them. One query."""
    opened = Departure.objects.filter(tour=tour, status=Departure.Status.OPEN)
    bookable = opened.filter(before_cut_off(at, at + timedelta(hours=tour.cut_off_hours)))
    return list(with_seats_left(bookable, at).order_by("starts_at"))


def before_cut_off(at: datetime, opens_from: Any) -> Q:
    """Departures that the public may still book. ``opens_from``: now and the tour's cut-off, as a moment or an
    expression; a date that the seller keeps open longer (or closes earlier) goes by its own ``closes_at``."""
    return Q(closes_at__isnull=True, starts_at__gt=opens_from) | Q(closes_at__gt=at)


def seats_left(departure: Departure, at: datetime) -> int:
    """Seats of one departure that can be had now; none once it is closed or cancelled."""
    opened = Departure.objects.filter(pk=departure.pk, status=Departure.Status.OPEN)
    return sum(found.seats_left for found in with_seats_left(opened, at))


def pieces_left(variant: Variant, at: datetime) -> int:
    """Pieces of a variant that can be had now, holds that have run out counted as free."""
    stale = run_out(OrderLine.objects.filter(variant=variant), at).aggregate(sum=Sum("quantity"))["sum"]
    return max(0, variant.left + (stale or 0))


def with_seats_left(departures: QuerySet[Departure], at: datetime) -> QuerySet[Any]:
    """Annotates ``seats_left``, holds that have run out counted as free."""
    lines = run_out(OrderLine.objects.filter(departure=OuterRef("pk")), at)
    stale = lines.order_by().values("departure").annotate(sum=Sum("seats")).values("sum")
    free = Coalesce(Subquery(stale, output_field=IntegerField()), 0)
    left = F("capacity") - F("taken") + free
    return departures.annotate(seats_left=Case(When(is_private=True, taken__gt=free, then=0), default=left))


def next_expiry(at: datetime) -> Subquery:
    """When the next unpaid hold on a departure runs out. By way of the departure's own lines: the soonest of all orders
    (``ORDER BY … LIMIT 1``) made SQLite look through every unpaid order of the house for each date."""
    holds = OrderLine.objects.filter(
        departure=OuterRef("pk"), order__status=Order.Status.AWAITING_PAYMENT, order__expires_at__gt=at
    )
    soonest = holds.order_by().values("departure").annotate(soonest=Min("order__expires_at"))
    return Subquery(soonest.values("soonest"))


def run_out(lines: QuerySet[OrderLine], at: datetime) -> QuerySet[OrderLine]:
    """Lines of holds that nobody paid in time, whether or not a worker has ended them."""
    return lines.filter(order__status=Order.Status.AWAITING_PAYMENT, order__expires_at__lte=at)
