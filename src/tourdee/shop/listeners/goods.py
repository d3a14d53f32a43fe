"""Messages about goods: on their way, and coming back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens

from ..actions.messages import Message, tell_buyer, tell_seller
from ..carriers import tracking_page
from .buyers import ORDERS, to_buyer

SHIPPED = Message("buyer_shipped", _("Order %(code)s is on its way"), _("TourDee %(code)s: sent, track it %(link)s"))
RETURN_DECIDED = Message(
    "buyer_return_decided",
    _("Order %(code)s: about what you send back"),
    _("TourDee %(code)s: the seller has answered %(link)s"),
)
RETURN_RECEIVED = Message(
    "buyer_return_received", _("Order %(code)s: your goods are back"), _("TourDee %(code)s: goods are back %(link)s")
)
TO_SELLER_RETURN = Message(
    "seller_return", _("Order %(code)s: goods to come back"), _("TourDee: %(code)s, goods to come back %(link)s")
)


@listens(events.OrderShipped)
def tell_buyer_shipped(happened: events.OrderShipped) -> None:
    order = ORDERS.get(public_id=happened.order)
    where = tracking_page(order.carrier, order.tracking_number)
    tell_buyer(order=order, message=SHIPPED, at=timezone.now(), where=where)


@listens(events.ReturnAsked)
def tell_shop_of_return(happened: events.ReturnAsked) -> None:
    order = ORDERS.get(public_id=happened.order)
    tell_seller(user=order.shop.owner, order=order, message=TO_SELLER_RETURN)


@listens(events.ReturnDecided)
def tell_buyer_of_decision(happened: events.ReturnDecided) -> None:
    to_buyer(happened.order, RETURN_DECIDED, accepted=happened.accepted, answer=happened.answer)


@listens(events.ReturnReceived)
def tell_buyer_return_is_back(happened: events.ReturnReceived) -> None:
    to_buyer(happened.order, RETURN_RECEIVED, satang=happened.satang)
