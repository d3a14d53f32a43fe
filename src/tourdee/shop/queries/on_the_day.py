"""Paid on the day: the seats are sold now, the guest pays at the meeting point or the counter."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from ..models import Order, OrderLine, Shop
from .baskets import Basket, Refused
from .deposits import NOT_ALL_HAS_COME

STATUS = Order.Status


class NotOnTheDay(Refused):
    """Goods are paid before they go; and a partner's money is the partner's to take."""

    @property
    def message(self) -> str:
        return _("Only your own tours can be paid on the day. Sell goods and partners' tours apart.")


def check_on_the_day(*, shop: Shop, wanted: Basket) -> None:
    """Whether all of it may be paid on the day. Raises NotOnTheDay."""
    if wanted.payee != shop.business or any(line.departure is None for line in wanted.lines):
        raise NotOnTheDay


def unpaid_after(orders: QuerySet[Order], at: datetime) -> QuerySet[Order]:
    """Those among the orders whose guests were to pay on the day, and whose last day has begun without all of the money,
    oldest first."""
    ahead = OrderLine.objects.filter(order=OuterRef("pk"), departure__starts_at__gt=at)
    owing = orders.filter(NOT_ALL_HAS_COME, pay_by=Order.PayBy.ON_THE_DAY, status=STATUS.CONFIRMED)
    return owing.exclude(Exists(ahead)).order_by("placed_at")
