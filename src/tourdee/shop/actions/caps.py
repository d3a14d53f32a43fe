"""How much one buyer may hold at a time, so that nobody takes every seat and never pays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tourdee.core.prepared import MOMENT, Prepared

from ..models import Order, OrderLine
from ..queries.baskets import Basket, Refused

MOST_OPEN_ORDERS = 3  # of one telephone number or e-mail address, over all shops; slips in review count
MOST_OPEN_PER_SOURCE = 12  # of one network address: a village may share one, a bot must not hold every seat
ENOUGH_TO_REFUSE = MOST_OPEN_ORDERS + MOST_OPEN_PER_SOURCE  # rows: among so many, one of the two is surely reached
NOBODY = Q(pk__in=())
NONE = "?"  # nobody's number, address or source


class TooManyOpenOrders(Refused):
    """So many unpaid orders hold seats already."""

    @property
    def message(self) -> str:
        return _("You have unpaid orders already. Please pay or cancel one of them first.")


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """Who orders, as typed and cleaned: ``phone`` in E.164, ``address`` only where goods are sent. One of ``phone``
    and ``email`` may be empty."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    note: str = ""
    language: str = "th"


def _open_orders(phone: str, email: str, source: str, at: datetime) -> QuerySet[Any, Any]:
    running = Order.objects.filter(Q(status=Order.Status.SLIP_REVIEW) | Q(expires_at__gt=at))
    unpaid = Q(status__in=Order.UNPAID)  # said of each, or else SQLite does not see that an index of the unpaid has it
    found = running.filter(unpaid & Q(buyer_phone=phone) | unpaid & Q(buyer_email=email) | unpaid & Q(source=source))
    kept = found.order_by()  # by time SQLite would walk through all orders there have been
    return kept.values_list("buyer_phone", "buyer_email", "source")[:ENOUGH_TO_REFUSE]


OPEN_ORDERS = Prepared(_open_orders, phone="", email="", source="", at=MOMENT)


def check_open_orders(*, buyer: Buyer, source: str, at: datetime) -> None:
    """Holds that have run out do not count, whether or not a worker has ended them. Who orders is looked up in indexes
    of the unpaid orders, so that it costs the same however many others have. Raises TooManyOpenOrders."""
    phone, email, source = buyer.phone or NONE, buyer.email.lower() or NONE, source or NONE
    own = here = 0
    for their_phone, their_email, their_source in OPEN_ORDERS.rows(phone=phone, email=email, source=source, at=at):
        own += phone == their_phone or email == their_email
        here += their_source == source
    if own >= MOST_OPEN_ORDERS or here >= MOST_OPEN_PER_SOURCE:
        raise TooManyOpenOrders


def check_free_orders(*, buyer: Buyer, wanted: Basket) -> None:
    """What costs nothing is confirmed at once, so nothing else would stop one person from taking every seat of it.
    Raises TooManyOpenOrders."""
    departures = [line.departure for line in wanted.lines if line.departure]
    lines = OrderLine.objects.filter(departure__in=departures, order__status=Order.Status.CONFIRMED)
    mine = lines.filter(orders_by(buyer, "order__"), order__total_satang=0)
    if mine.values("order").distinct().count() >= MOST_OPEN_ORDERS:
        raise TooManyOpenOrders


def orders_by(buyer: Buyer, order: str = "") -> Q:
    """Orders by the same telephone number or e-mail address. Buyers who gave none of a kind are not one person."""
    same = NOBODY
    if buyer.phone:
        same |= Q(**{f"{order}buyer_phone": buyer.phone})
    if buyer.email:
        same |= Q(**{f"{order}buyer_email": buyer.email.lower()})
    return same
