"""What stands in an order that was made in a chat, and what it would cost to send."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ..models import Order, OrderLine, Parcel
from .baskets import ANY_WAY, Basket, Item, SellersDiscount, Wishes, basket
from .on_delivery import check_agreed_on_delivery
from .shipping import Delivery, Shipping, shipping, tariff_of

STATUS = Order.Status


def may_change(order: Order) -> bool:
    """Whether nothing was paid yet for what a seller made in a chat."""
    unpaid = order.status in {STATUS.AWAITING_PAYMENT, STATUS.EXPIRED} and not order.paid_satang
    return order.channel == Order.Channel.CHAT and unpaid


def lacks_address(order: Order) -> bool:
    """Its goods could not be sent anywhere yet."""
    parcel = getattr(order, "parcel", None)
    return parcel is not None and parcel.way == Parcel.Way.POST and not parcel.postcode


def items_of(lines: Iterable[OrderLine]) -> list[Item]:
    """The lines as they would be ordered anew."""
    return [
        Item(
            departure=line.departure.public_id if line.departure else "",
            category=line.category.public_id if line.category else "",
            variant=line.variant.public_id if line.variant else "",
            quantity=line.quantity,
        )
        for line in lines
    ]


def things_of(lines: Iterable[OrderLine]) -> str:
    """What is in an order, in one word for a form to send back: a price alone does not tell a red cloth from a blue."""
    return " ".join(sorted(f"{item.name}={item.quantity}" for item in items_of(lines)))


def priced_again(
    order: Order, *, items: Sequence[Item], wishes: Wishes, discount: SellersDiscount, at: datetime,
    on_delivery: bool = False, delivery: Delivery = ANY_WAY,
) -> Basket:  # fmt: skip
    """What the order would be if it were changed: sent to where ``delivery`` says or else where it was to be sent, with
    the voucher that it was promised unless the seller takes something off in its place. Raises what ``basket`` raises,
    NotOnDelivery."""
    sent = agreed_delivery(sent_to(order, delivery), on_delivery=on_delivery)
    wanted = basket(
        shop=order.shop, items=items, wishes=wishes, at=at, by_seller=True, delivery=sent, discount=discount,
        kept_voucher=order.voucher,
    )  # fmt: skip
    if on_delivery:
        check_agreed_on_delivery(wanted, sent)
    return wanted


def agreed_delivery(known: Delivery = ANY_WAY, *, on_delivery: bool) -> Delivery:
    """With what the seller and the guest agreed on: only parcels collect money, so no other way stays chosen."""
    return replace(known, way="", on_delivery=True) if on_delivery else known


def sent_to(order: Order, told: Delivery) -> Delivery:
    """Where the seller was told to send it; else as it is known."""
    return told if told.postcode else delivery_of(order)


def delivery_of(order: Order) -> Delivery:
    """How the goods are to come, as far as it is known."""
    parcel = Parcel.objects.filter(order=order).first()
    if parcel is None:
        return Delivery()
    return Delivery(way=parcel.way, postcode=parcel.postcode, subdistrict=parcel.subdistrict, house=parcel.house)


def shipping_again(order: Order, lines: Iterable[OrderLine], delivery: Delivery) -> Shipping | None:
    """What sending costs once the place is known, the goods at their agreed price; nothing where there are none. Raises
    CannotDeliver."""
    goods = [line for line in lines if line.variant]
    if not goods:
        return None
    grams = sum(line.quantity * line.variant.weight_grams for line in goods if line.variant)
    satang = sum(line.total_satang for line in goods)
    return shipping(tariff_of(order.shop), grams=grams, goods_satang=satang, delivery=delivery)


def total_sent_so(order: Order, parcel: Shipping, *, on_delivery: bool) -> int:
    """The price with this shipping in place of what it was; the carrier is paid without the few satang off by which a
    transfer is told from others."""
    rounding = order.rounding_satang if on_delivery else 0
    return order.total_satang - order.shipping_satang + parcel.satang + rounding
