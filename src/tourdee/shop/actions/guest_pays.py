"""How the guest of a chat order pays, chosen by its link: beforehand, or to the carrier where the web shop would let them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.money import baht

from ..models import Order, OrderLine
from ..queries.chat_orders import things_of, total_sent_so
from ..queries.gateways import how_to_pay
from ..queries.on_delivery import NotOnDelivery, only_goods
from ..queries.refusals import Refused
from ..queries.shipping import Delivery, Shipping, tariff_of
from .books import keep_books
from .caps import Buyer
from .equal_amounts import satang_off
from .history import tell
from .parcels import check_offer, check_takes_parcels, place_for_cash
from .refusals import PriceChanged

PAY_BY = Order.PayBy


class ThingsChanged(Refused):
    """The seller has changed the order since its guest was shown it."""

    @property
    def message(self) -> str:
        return _("The seller has changed the order meanwhile. Please look at it once more.")


def check_chosen(
    *, order: Order, lines: Sequence[OrderLine], shipping: Shipping | None, delivery: Delivery, buyer: Buyer, shown: str
) -> None:
    """Whether the guest of this unpaid order may pay the carrier, by the rules of the web shop as they stand now;
    ``shown`` is ``things_of`` what they saw: with this the order is in force. Raises NotOnDelivery, ThingsChanged."""
    if things_of(lines) != shown:
        raise ThingsChanged
    if shipping is None:
        raise NotOnDelivery(only_goods())
    total = total_sent_so(order, shipping, on_delivery=True) - shipping.fee_satang
    there, has_seats = place_for_cash(delivery, buyer), any(line.departure_id for line in lines)
    check_offer(tariff_of(order.shop), shipping=shipping, there=there, total=total, has_seats=has_seats)
    check_takes_parcels(buyer)


def choice_columns(
    *, order: Order, shipping: Shipping, on_delivery: bool, shown_satang: int, at: datetime
) -> dict[str, object]:
    """What it costs with this shipping, paid in this way. Raises PriceChanged."""
    total = total_sent_so(order, shipping, on_delivery=on_delivery)
    if total != shown_satang:
        raise PriceChanged(total)
    sent: dict[str, object] = {"shipping_satang": shipping.satang, "total_satang": total}
    if on_delivery:
        return sent | _to_the_carrier(order, at)
    if order.pay_by == PAY_BY.ON_DELIVERY:
        return sent | _beforehand(order, total)
    more = shipping.satang - order.shipping_satang  # paid at once, whatever else a deposit books
    return sent | {"due_now_satang": order.due_now_satang + more}


def _to_the_carrier(order: Order, at: datetime) -> dict[str, object]:
    """In force without money; nobody looks for its transfer, so nothing is off for that."""
    return {
        "pay_by": PAY_BY.ON_DELIVERY, "due_now_satang": 0, "rounding_satang": 0, "confirmed_at": at,
        "discount_satang": order.discount_satang - order.rounding_satang,
    }  # fmt: skip


def _beforehand(order: Order, total: int) -> dict[str, object]:
    """After all, as if it had been agreed so at once."""
    chosen = how_to_pay(order.seller)
    off = satang_off(payee=order.seller, chosen=chosen, satang=total, pay_by=PAY_BY.PROMPTPAY)
    return {
        "pay_by": PAY_BY.PROMPTPAY, "total_satang": total - off, "due_now_satang": total - off, "rounding_satang": off,
        "discount_satang": order.discount_satang + off,
    }  # fmt: skip


def tell_choice(*, order: Order, before: str, at: datetime) -> None:
    """What the guest chose in place of what was agreed, or that the order is in force now. ``before`` is how it was to
    be paid."""
    if order.pay_by == PAY_BY.ON_DELIVERY:
        keep_books(order=order, at=at)  # without money: the carrier owes it
        tell("confirmed_on_delivery", order=order, at=at, amount=baht(order.total_satang))
        events.publish(events.OrderBooked(user=order.shop.owner.public_id, order=order.public_id))
    elif before == PAY_BY.ON_DELIVERY:
        tell("paid_before_after_all", order=order, at=at, amount=baht(order.total_satang))
