"""The parcel of an order: how its goods reach the buyer, written down when the order is placed."""

from django.utils.translation import gettext as _

from tourdee.core.places import place

from ..models import Order, Parcel
from ..queries.baskets import Basket
from ..queries.on_delivery import NotOnDelivery, has_refused_before, offers_on_delivery
from ..queries.shipping import Delivery, Shipping
from .caps import Buyer, orders_by

MOST_UNDERWAY = 3  # parcels of one person that are still to be paid for, over all shops


def check_on_delivery(*, wanted: Basket, delivery: Delivery, buyer: Buyer) -> None:
    """Whether this buyer may pay the carrier: nothing is paid until the parcel is at the door, so what is asked for is
    held only for people who take their parcels. Raises NotOnDelivery."""
    there = place(delivery.subdistrict, delivery.postcode)
    if wanted.tariff is None or wanted.shipping is None or there is None or not buyer.phone:
        raise NotOnDelivery(_("To pay on delivery we need your address and a telephone number."))
    reason = offers_on_delivery(
        wanted.tariff, way=wanted.shipping.way, province=there.province, total_satang=wanted.total_without_fee,
        has_seats=any(line.departure for line in wanted.lines),
    )  # fmt: skip
    if reason:
        raise NotOnDelivery(reason)
    if has_refused_before(buyer.phone):
        raise NotOnDelivery(_("For this telephone number please pay by PromptPay before the parcel is sent."))
    if _underway(buyer) >= MOST_UNDERWAY:
        raise NotOnDelivery(_("Parcels to you are still to be paid for. Please pay this one by PromptPay."))


def _underway(buyer: Buyer) -> int:
    open_ones = Parcel.objects.filter(
        orders_by(buyer, "order__"), order__status=Order.Status.CONFIRMED, order__pay_by=Order.PayBy.ON_DELIVERY,
        collected_at__isnull=True,
    )  # fmt: skip
    return open_ones.count()


def begin_parcel(*, order: Order, wanted: Basket, delivery: Delivery) -> None:
    """Write down the way, the place and what is to be collected, in the transaction of the order."""
    if wanted.shipping is None:
        return
    there = place(delivery.subdistrict, delivery.postcode)
    Parcel.objects.create(
        order=order,
        way=wanted.shipping.way,
        house=delivery.house,
        subdistrict=there.code if there else "",
        province=there.province if there else 0,
        postcode=delivery.postcode,
        label=f"{delivery.house}\n{there.line('th')}" if there else order.address,
        grams=wanted.shipping.grams,
        fee_satang=wanted.shipping.fee_satang,
        collect_satang=order.total_satang if delivery.on_delivery else 0,
    )


def address_parcel(*, order: Order, shipping: Shipping, delivery: Delivery) -> None:
    """The place has become known after the order, as in a chat."""
    there = place(delivery.subdistrict, delivery.postcode)
    Parcel.objects.update_or_create(
        order=order,
        defaults={
            "way": shipping.way,
            "house": delivery.house,
            "subdistrict": there.code if there else "",
            "province": there.province if there else 0,
            "postcode": delivery.postcode,
            "label": f"{delivery.house}\n{there.line('th')}" if there else order.address,
            "grams": shipping.grams,
        },
    )
