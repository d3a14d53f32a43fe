"""What may be sent back, until when, and what is owed for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum

from tourdee.people.models import User

from ..models import DeliveryTerms, Order, OrderLine, Return, ReturnLine
from .books import in_hand

STATUS = Return.Status
ON_THE_WAY = timedelta(days=5)  # nobody tells us when a parcel arrives; within these days it has, nearly everywhere
COUNTS = (STATUS.ASKED, STATUS.ACCEPTED, STATUS.RECEIVED)


@dataclass(frozen=True)
class Returnable:
    """A line of which ``left`` pieces have not been sent back yet."""

    line: OrderLine
    left: int


def return_until(order: Order) -> datetime | None:
    """Until when goods of the order may be sent back; ``None`` while nothing was sent."""
    if order.status != Order.Status.CONFIRMED or order.shipped_at is None:
        return None
    terms = DeliveryTerms.objects.filter(shop=order.shop_id).first() or DeliveryTerms()
    return order.shipped_at + ON_THE_WAY + timedelta(days=terms.return_days)


def returnable_lines(order: Order) -> list[Returnable]:
    """The goods of an order with what is left of each to send back. Two queries."""
    back = dict(
        ReturnLine.objects.filter(of__order=order, of__status__in=COUNTS)
        .values_list("line")
        .annotate(sum=Sum("quantity"))
    )
    goods = order.lines.filter(variant__isnull=False).select_related("variant__product")
    return [Returnable(line, left) for line in goods if (left := line.quantity - back.get(line.pk, 0)) > 0]


def open_return(order: Order) -> Return | None:
    """The one that waits for the seller or for the parcel."""
    return order.returns.filter(status__in=Return.OPEN).prefetch_related("lines__line").first()


def returns_for(user: User) -> QuerySet[Return]:
    """Returns to the shop of a person, newest first; another's do not exist."""
    mine = Return.objects.filter(order__shop__owner=user)
    return mine.select_related("order__shop__owner").prefetch_related("lines__line__variant__product")


def refund_of(order: Order, quantities: Mapping[OrderLine, int], *, whole: bool) -> int:
    """Satang owed for pieces of an order: their price less their part of what was taken off them, and the shipping too when the
    seller is at fault and everything comes back (``whole``). Never more than the seller has, or is still to get, of it."""
    price = sum(line.unit_price_satang * quantity for line, quantity in quantities.items())
    off = sum(line.discount_satang * quantity // line.quantity for line, quantity in quantities.items())
    owed = price - off + (order.shipping_satang if whole else 0)
    return max(0, min(owed, in_hand(order) + order.rest_satang))


def is_whole(order: Order, lines: Iterable[ReturnLine]) -> bool:
    """Whether all goods of the order are in this one return."""
    back = {one.line_id: one.quantity for one in lines}
    goods = order.lines.filter(variant__isnull=False)
    return all(back.get(line.pk, 0) == line.quantity for line in goods)
