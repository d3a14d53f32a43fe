"""How the guest of a chat order may pay, once it is known where its goods go: the totals that its link shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tourdee.core.places import province_of

from ..models import Order, OrderLine
from .chat_orders import shipping_again, total_sent_so
from .on_delivery import offers_on_delivery
from .shipping import POST, Delivery, Shipping, tariff_of


@dataclass(frozen=True)
class WaysToPay:
    """``now`` is the total in satang when it is paid beforehand, with ``shipping`` in it; ``on_delivery`` the one in
    cash, with its ``fee``, where the web shop would take it; ``refusal`` says why not. Not ``sure``: the place is not
    known yet."""

    now: int
    shipping: int = 0
    on_delivery: int | None = None
    fee: int = 0
    refusal: str = ""
    sure: bool = True


def ways_to_pay(order: Order, lines: Sequence[OrderLine], delivery: Delivery) -> WaysToPay:
    """For an unpaid order with goods. Raises CannotDeliver."""
    sent = shipping_again(order, lines, replace(delivery, on_delivery=False))
    in_cash = shipping_again(order, lines, replace(delivery, on_delivery=True))
    assert sent
    assert in_cash
    now = total_sent_so(order, sent, on_delivery=False)
    if sent.way == POST and not delivery.postcode:
        return WaysToPay(now, sent.satang, sure=False)
    if sent.way != POST:
        return WaysToPay(now)
    total = total_sent_so(order, in_cash, on_delivery=True)
    if refusal := _refusal(order, lines, in_cash, total, delivery):
        return WaysToPay(now, sent.satang, refusal=refusal)
    return WaysToPay(now, sent.satang, on_delivery=total, fee=in_cash.fee_satang)


def _refusal(order: Order, lines: Sequence[OrderLine], sent: Shipping, total: int, delivery: Delivery) -> str:
    return offers_on_delivery(
        tariff_of(order.shop), way=sent.way, province=province_of(delivery.postcode),
        total_satang=total - sent.fee_satang, has_seats=any(line.departure_id for line in lines),
    )  # fmt: skip
