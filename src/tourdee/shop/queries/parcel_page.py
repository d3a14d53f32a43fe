"""The goods of an order as its buyer follows them: on their way, at the shop, going back."""

from dataclasses import dataclass
from datetime import datetime

from ..carriers import tracking_page
from ..models import Order, Parcel, Return
from .parcels import parcel_of
from .returns import returnable_lines


@dataclass(frozen=True)
class ParcelPage:
    """``where`` is the carrier's page; ``may_return`` whether something can still be sent back."""

    parcel: Parcel
    where: str
    returns: list[Return]
    may_return: bool

    @property
    def is_fetched(self) -> bool:
        return self.parcel.way == Parcel.Way.HAND_OVER


def parcel_page(order: Order, at: datetime) -> ParcelPage:
    """Five queries once the goods were sent, before that none."""
    where = tracking_page(order.carrier, order.tracking_number)
    if order.shipped_at is None:
        return ParcelPage(parcel_of(order), where, [], False)
    returns = list(order.returns.prefetch_related("lines__line"))
    is_open = any(one.status in Return.OPEN for one in returns)
    may = order.status == Order.Status.CONFIRMED and not is_open and bool(returnable_lines(order))
    return ParcelPage(parcel_of(order), where, returns, may)
