"""The parcel of an order: how its goods reach the buyer, written down when the order is placed."""

from django.db.models import F
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from tourdee.core.places import Place, place

from ..models import Order, Parcel
from ..queries.baskets import Basket
from ..queries.on_delivery import NotOnDelivery, has_refused_before, offers_on_delivery
from ..queries.shipping import Delivery, Shipping, Tariff
from .caps import Buyer, orders_by

MOST_UNDERWAY = 3  # parcels of one person that are still to be paid for, over all shops


def check_on_delivery(*, wanted: Basket, delivery: Delivery, buyer: Buyer) -> None:
    """Whether this buyer may pay the carrier: nothing is paid until the parcel is at the door, so what is asked for is
    held only for people who take their parcels. Raises NotOnDelivery."""
    there = place_for_cash(delivery, buyer)
    if wanted.tariff is None or wanted.shipping is None:
        raise NotOnDelivery(_no_address())
    has_seats = any(line.departure for line in wanted.lines)
    check_offer(
        wanted.tariff, shipping=wanted.shipping, there=there, total=wanted.total_without_fee, has_seats=has_seats
    )
    check_takes_parcels(buyer)


def place_for_cash(delivery: Delivery, buyer: Buyer) -> Place:
    """Where the carrier goes, and whom to call at the door. Raises NotOnDelivery."""
    there = place(delivery.subdistrict, delivery.postcode)
    if there is None or not buyer.phone:
        raise NotOnDelivery(_no_address())
    return there


def _no_address() -> str:
    return _("To pay on delivery we need your address and a telephone number.")


def check_offer(tariff: Tariff, *, shipping: Shipping, there: Place, total: int, has_seats: bool) -> None:
    """Whether the shop offers it for this; ``total`` is without the fee, in satang. Raises NotOnDelivery."""
    reason = offers_on_delivery(
        tariff, way=shipping.way, province=there.province, total_satang=total, has_seats=has_seats
    )  # fmt: skip
    if reason:
        raise NotOnDelivery(reason)


def check_number(phone: str) -> None:
    """Whether parcels to this telephone number were taken so far. Raises NotOnDelivery."""
    if phone and has_refused_before(phone):
        raise NotOnDelivery(_("For this telephone number please pay by PromptPay before the parcel is sent."))


def check_takes_parcels(buyer: Buyer) -> None:
    """Whether this buyer takes parcels, and has not too many to pay for. Raises NotOnDelivery."""
    check_number(buyer.phone)
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
        collect_satang=_to_collect(order),
    )


def _to_collect(order: Order) -> int:
    """Nothing before the order is in force."""
    in_force = order.status == Order.Status.CONFIRMED
    return order.total_satang if in_force and order.pay_by == Order.PayBy.ON_DELIVERY else 0


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
            "fee_satang": shipping.fee_satang,
            "collect_satang": _to_collect(order),
        },
    )


def collect_the_rest(order: Order) -> None:
    """The price or what is paid of it has changed before the parcel left: the carrier collects what is still to come."""
    if order.pay_by != Order.PayBy.ON_DELIVERY or order.shipped_at is not None:
        return
    rest = order.rest_satang
    waiting = Parcel.objects.filter(order=order, collect_satang__gt=0, collected_at__isnull=True)
    waiting.update(collect_satang=rest, fee_satang=Least(F("fee_satang"), rest))
