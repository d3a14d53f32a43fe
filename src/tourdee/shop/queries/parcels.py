"""Parcels that wait to be packed: which, what is in them, and all of it summed for the walk along the shelf."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tourdee.core.dates import at_bangkok
from tourdee.core.templatetags.tourdee import local
from tourdee.people.models import User

from ..models import Order, OrderLine, Parcel

STATUS = Order.Status
MOST_PARCELS = 200


@dataclass(frozen=True)
class Pick:
    """So many pieces of one thing, over all parcels."""

    name: str
    pieces: int


def parcels_of(user: User) -> QuerySet[Order]:
    """Confirmed orders of a person's shop with goods in them, the oldest first. Another's do not exist."""
    goods = OrderLine.objects.filter(order=OuterRef("pk"), variant__isnull=False)
    lines = OrderLine.objects.filter(variant__isnull=False).select_related("variant__product")
    mine = Order.objects.filter(Exists(goods), shop__owner=user, status=STATUS.CONFIRMED)
    return (
        mine.select_related("shop__business", "shop__owner", "parcel")
        .prefetch_related(Prefetch("lines", queryset=lines, to_attr="goods"))
        .order_by("confirmed_at", "pk")
    )


def parcels_to_send(user: User) -> list[Order]:
    """What waits; three queries at most, however many."""
    return list(parcels_of(user).filter(shipped_at__isnull=True)[:MOST_PARCELS])


def parcels_sent_on(user: User, day: date) -> list[Order]:
    """What left the house on a day, to print its papers once more."""
    begin, end = at_bangkok(day, 0), at_bangkok(day + timedelta(days=1), 0)
    return list(parcels_of(user).filter(shipped_at__gte=begin, shipped_at__lt=end)[:MOST_PARCELS])


def parcels_underway(user: User) -> list[Order]:
    """Parcels on their way whose money is still to be collected, the oldest first."""
    waiting = Q(parcel__collect_satang__gt=0, parcel__collected_at__isnull=True, parcel__came_back_at__isnull=True)
    return list(parcels_of(user).filter(waiting, shipped_at__isnull=False)[:MOST_PARCELS])


def chosen(orders: Sequence[Order], codes: Iterable[str]) -> list[Order]:
    """Those of the orders that were ticked; all of them if none was."""
    wanted = set(codes)
    return [order for order in orders if order.code in wanted] if wanted else list(orders)


def pick_list(orders: Iterable[Order]) -> list[Pick]:
    """How many pieces of each thing to take from the shelf, by name."""
    pieces: Counter[str] = Counter()
    for order in orders:
        for line in goods_in(order):
            pieces[local(line, "name")] += line.quantity
    return [Pick(name, number) for name, number in sorted(pieces.items())]


def goods_in(order: Order) -> list[OrderLine]:
    """The goods of an order of these lists."""
    return order.goods  # type: ignore[attr-defined]  # prefetched to it


def parcel_of(order: Order) -> Parcel:
    """How the goods reach the buyer; orders from before parcels, or made in a chat, say so only by their address."""
    try:
        return order.parcel
    except Parcel.DoesNotExist:
        return Parcel(order=order, way=Parcel.Way.POST)


def address_on_label(order: Order) -> str:
    """The address as the carrier reads it."""
    return parcel_of(order).label or order.address
