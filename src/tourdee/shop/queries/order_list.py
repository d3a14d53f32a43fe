"""The seller's list of orders: which, and in what order."""

from dataclasses import dataclass

from django.db.models import F, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Order

NEWEST, NEXT_DATE, LARGEST = "newest", "date", "amount"
SORTS = {NEWEST: _("Newest first"), NEXT_DATE: _("Next date first"), LARGEST: _("Largest amount first")}
CHANNELS = {
    Order.Channel.WEB: _("Web"),
    Order.Channel.CHAT: _("Chat"),
    Order.Channel.COUNTER: _("Counter"),
    Order.Channel.OCTO: _("Reseller"),
}


@dataclass(frozen=True)
class Asked:
    """What the seller wants to see; what is no choice is as if it were not asked for."""

    status: str = ""
    words: str = ""
    channel: str = ""
    sort: str = NEWEST


def listed(orders: QuerySet[Order], asked: Asked) -> QuerySet[Order]:
    """The orders of one channel, sorted; by date: those without one last."""
    if asked.channel:
        orders = orders.filter(channel=asked.channel)
    if asked.sort == NEXT_DATE:
        dated = orders.annotate(first_start=Min("lines__departure__starts_at"))
        return dated.order_by(F("first_start").desc(nulls_last=True), "-placed_at", "-id")
    return orders.order_by("-total_satang", "-placed_at", "-id") if asked.sort == LARGEST else orders
