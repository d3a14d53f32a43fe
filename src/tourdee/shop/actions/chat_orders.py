"""Selling in a chat: the seller makes the order while talking, the guest pays it by a short link."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.dates import clock, short_date
from tourdee.core.ids import link_code
from tourdee.core.money import baht
from tourdee.people.actions import record_consent
from tourdee.people.models import User

from ..models import Order, OrderLine, Parcel, Shop
from ..queries.baskets import ANY_WAY, Basket, basket
from ..queries.chat_orders import delivery_of, may_change, shipping_again
from ..queries.shipping import Delivery, Shipping
from . import stock
from .checkout import PURPOSE
from .conflicts import once_more
from .history import tell
from .holds import locked, move
from .orders import Buyer, Item, PriceChanged, Sale, SoldOut, amounts, order_line, place_order
from .parcels import address_parcel, begin_parcel

STATUS = Order.Status
HOLDS = {"1h": timedelta(hours=1), "3h": timedelta(hours=3), "24h": timedelta(hours=24), "72h": timedelta(hours=72)}
LONGEST_HOLD = max(HOLDS.values())  # a link that nobody opens must not keep seats from others for longer


class HoldTooLong(Exception):
    """Nothing is held for nobody for more than ``LONGEST_HOLD``."""

    @property
    def message(self) -> str:
        return _("At most 72 hours can be kept in a chat.")


class CannotChange(Exception):
    """Money or word of it has come, the order is over, or nothing would be left to pay: what was agreed stands."""

    @property
    def message(self) -> str:
        return _("This order can no longer be changed: money has come for it, or it is over.")


def make_chat_order(
    *,
    shop: Shop,
    by: User,
    buyer: Buyer,
    items: Sequence[Item],
    hold: timedelta,
    idempotency_key: str,
    at: datetime,
) -> Order:
    """Place what was agreed in a chat and hold it for ``hold``, at most until its start. The guest gets a short link.
    The same key again gives the same order. Raises HoldTooLong and what ``place_order`` raises."""
    if not timedelta(0) < hold <= LONGEST_HOLD:
        raise HoldTooLong
    sale = Sale(channel=Order.Channel.CHAT, hold=hold, by_seller=True, pay_code=link_code())
    return place_order(shop=shop, buyer=buyer, items=items, idempotency_key=idempotency_key, at=at, sale=sale)


@once_more
@transaction.atomic
def change_chat_order(
    *, order: Order, by: User, name: str, items: Sequence[Item], hold: timedelta, at: datetime
) -> Order:
    """Other things, another number, more time, before any money. One that has run out is held anew, under the same
    link. Raises CannotChange, HoldTooLong, SoldOut and what ``basket`` raises."""
    if not timedelta(0) < hold <= LONGEST_HOLD:
        raise HoldTooLong
    now = locked(order)
    if not may_change(now):
        raise CannotChange
    delivery = delivery_of(now)
    wanted = basket(shop=now.shop, items=items, at=at, by_seller=True, delivery=delivery)
    if not wanted.total_satang:
        raise CannotChange
    _exchange(now, wanted, at)
    starts = [line.departure.starts_at for line in wanted.lines if line.departure]
    _must(move(now, to=STATUS.AWAITING_PAYMENT, **_columns(wanted, name, min([at + hold, *starts]))))
    Parcel.objects.filter(order=now).delete()
    begin_parcel(order=now, wanted=wanted, delivery=delivery)
    until = now.expires_at
    tell(
        "changed", order=now, at=at, by=by, amount=baht(now.total_satang),
        until_th=f"{short_date(until, 'th')} {clock(until, 'th')}", until_en=f"{short_date(until, 'en')} {clock(until, 'en')}",
    )  # fmt: skip
    return now


def _exchange(order: Order, wanted: Basket, at: datetime) -> None:
    """What was held goes back, what is wanted now is taken, in this transaction."""
    before = stock.lines_of(order.pk) if order.status == STATUS.AWAITING_PAYMENT else []
    try:
        stock.exchange(before, wanted.lines, at=at, opening=wanted.opening)
    except stock.CannotTake as short:
        raise SoldOut(short.line.name_th, short.line.name_en, short.left) from short
    order.lines.all().delete()
    OrderLine.objects.bulk_create([order_line(order, line) for line in wanted.lines])


def _columns(wanted: Basket, name: str, until: datetime) -> dict[str, object]:
    return {
        "buyer_name": name,
        "seller": wanted.payee,
        "payee_promptpay": wanted.payee.promptpay,
        "payee_name": wanted.payee.promptpay_name or wanted.payee.name,
        "expires_at": until,
        "ended_at": None,
        **amounts(wanted),
    }


def _must(moved: bool) -> None:
    """The row is locked, so its status cannot have changed."""
    if not moved:
        raise stock.BooksDoNotBalance("an order changed under its lock")


@once_more
@transaction.atomic
def complete_details(
    *, order: Order, buyer: Buyer, delivery: Delivery = ANY_WAY, shown_satang: int, at: datetime
) -> Order:  # fmt: skip
    """What the seller did not know in the chat: how to reach the guest, who agrees to the privacy notice with it, and
    where to send the goods. What that costs becomes a part of the price, which was shown before; once there is money
    the place stands. Raises CannotChange, PriceChanged, CannotDeliver."""
    now = locked(order)
    if now.status not in Order.HOLDING or now.shipped_at is not None:
        raise CannotChange
    known: dict[str, object] = {
        "buyer_name": buyer.name, "buyer_phone": buyer.phone, "buyer_email": buyer.email.lower(),
        "note": buyer.note, "language": buyer.language,
    }  # fmt: skip
    lines = stock.lines_of(now.pk)
    parcel = shipping_again(now, lines, delivery) if may_change(now) else None
    if parcel:
        known |= _sent_to(now, buyer.address, parcel, shown_satang)
    first = not now.buyer_phone and not now.buyer_email
    _must(move(now, to=now.status, **known))
    if parcel:
        address_parcel(order=now, shipping=parcel, delivery=delivery)
    tell("details_given", order=now, at=at)
    if first:
        record_consent(purpose=PURPOSE, guest=f"order {now.public_id}", at=at)
    return now


def _sent_to(order: Order, address: str, parcel: Shipping, shown_satang: int) -> dict[str, object]:
    total = order.total_satang - order.shipping_satang + parcel.satang
    if total != shown_satang:
        raise PriceChanged(total)
    return {
        "address": address, "shipping_satang": parcel.satang, "total_satang": total, "due_now_satang": total,
    }  # fmt: skip
