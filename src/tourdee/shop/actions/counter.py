"""Selling in person: a guest stands in front of the seller, or is on the telephone. A name is enough."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tourdee.people.models import User

from ..models import Order, PaymentEvent, Shop
from ..queries.baskets import NO_DISCOUNT, NOTHING_ELSE, SellersDiscount
from .fulfilment import CannotShip, ship_order
from .money import apply_payment, record_payment
from .orders import Buyer, Item, Sale, Wishes, place_order

# Long enough to find the bank app and count the change, short enough that a guest who walks away frees the seats.
COUNTER_HOLD = timedelta(minutes=30)
CASH, TRANSFER, LATER, ON_THE_DAY = "cash", "transfer", "later", "on_the_day"


class NotAtCounter(Exception):
    """The order was not made at the counter, so money for it is recorded on its own page."""

    @property
    def message(self) -> str:
        return _("This order was not sold at the counter. Record its money on its page.")


def sell_at_counter(
    *,
    shop: Shop,
    by: User,
    buyer: Buyer,
    items: Sequence[Item],
    how: str,
    idempotency_key: str,
    at: datetime,
    shown_satang: int | None = None,
    wishes: Wishes = NOTHING_ELSE,
    discount: SellersDiscount = NO_DISCOUNT,
) -> Order:
    """Sell on the spot, after the public cut-off too. ``how``: cash or a transfer that the seller has seen, and the
    order is paid; ``LATER``: it is held while the guest scans the code; ``ON_THE_DAY``: sold now, paid when the guest
    comes. The same key again sells nothing twice. Raises what ``place_order`` raises."""
    order = place_order(
        shop=shop, buyer=buyer, items=items, idempotency_key=idempotency_key, at=at, expected_satang=shown_satang,
        wishes=wishes, sale=_sale(how, discount, by),
    )  # fmt: skip
    return order if how in {LATER, ON_THE_DAY} else take_counter_money(order=order, by=by, how=how, at=at)


def _sale(how: str, discount: SellersDiscount, by: User) -> Sale:
    pay_by = Order.PayBy.ON_THE_DAY if how == ON_THE_DAY else Order.PayBy.COUNTER
    return Sale(
        channel=Order.Channel.COUNTER, pay_by=pay_by, hold=COUNTER_HOLD, by_seller=True, ships=False,
        discount=discount, by=by,
    )  # fmt: skip


def take_counter_money(*, order: Order, by: User, how: str, at: datetime) -> Order:
    """The whole price is in the seller's hand or bank: ``how``, cash or transfer. Once, however often it is pressed.
    Raises NotAtCounter."""
    if order.channel != Order.Channel.COUNTER or order.pay_by != Order.PayBy.COUNTER:
        raise NotAtCounter
    if not order.total_satang:
        return order
    known = {"provider": "counter", "provider_ref": order.public_id}
    event = PaymentEvent.objects.filter(**known).first() or record_payment(
        provider="counter", reference=order.public_id, order=order, satang=order.total_satang, at=at, by=by,
        payload={"how": how},
    )  # fmt: skip
    return apply_payment(event=event, at=at)


def hand_over(*, order: Order, by: User, at: datetime) -> None:
    """The goods of a paid order go over the counter; nothing where there are none."""
    try:
        ship_order(order=order, by=by, at=at, carrier=str(_("collected")))
    except CannotShip:
        return
