"""Orders of goods that are agreed in a chat to be paid on delivery, and the guest's word by the link."""

from datetime import timedelta

from tourdee.core.ids import link_code

from ..actions.chat_orders import Agreed, change_chat_order, complete_details, make_chat_order
from ..models import DeliveryTerms, Order
from ..queries.chat_orders import things_of
from ..queries.shipping import Delivery
from . import factories as f

NAME_ONLY = f.Buyer(name="คุณแนน", phone="")
GUEST = f.a_buyer(name="แนน ใจดี", phone="+66811112222", email="", address="99 สุเทพ")
HOME = Delivery(way="post", postcode="50200", subdistrict="500108", house="99", on_delivery=True)
IN_CASH = Agreed(on_delivery=True)
DAY = timedelta(hours=24)
BEFOREHAND = Delivery(way="post", postcode="50200", subdistrict="500108", house="99")
TOTAL = 77000  # two cloths, ฿50 to send, ฿20 fee


def a_shop_that_collects(owner, shop=None):
    """Up to ฿1,000, for ฿20; its goods can be fetched, too."""
    shop = shop or f.a_shop(owner)
    DeliveryTerms.objects.create(
        shop=shop, on_delivery=True, on_delivery_fee_satang=2000, on_delivery_most_satang=100000, hands_over=True
    )
    return shop


def with_terms(shop, **columns):
    """The shop with other terms from now on."""
    DeliveryTerms.objects.update(**columns)
    shop.refresh_from_db()


def made(shop, *items, at, agreed=IN_CASH, buyer=NAME_ONLY, key="chat-1"):
    return make_chat_order(
        shop=shop, by=shop.owner, buyer=buyer, items=items, hold=DAY, idempotency_key=key, at=at, agreed=agreed
    )


def changed(order, *items, at, agreed=IN_CASH):
    return change_chat_order(
        order=order, by=order.shop.owner, buyer=f.Buyer(name="แนน", phone=""), items=items, hold=DAY,
        idempotency_key=link_code(), at=at, agreed=agreed,
    )  # fmt: skip


def confirmed(order, at, *, shown=TOTAL, things=None, delivery=HOME, buyer=GUEST):
    things = things_of(order.lines.all()) if things is None else things
    return complete_details(
        order=order, buyer=buyer, delivery=delivery, shown_satang=shown, at=at, shown_things=things
    )  # fmt: skip


def terms(order, **changed_terms):
    DeliveryTerms.objects.update(**changed_terms)
    return Order.objects.get(pk=order.pk)


def way(order):
    order.refresh_from_db()
    return order.status, order.pay_by, order.total_satang, order.due_now_satang
