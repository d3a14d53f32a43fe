"""Placing an order: priced by our own rows, its seats and goods held in the same transaction, placed once per key."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tourdee import events
from tourdee.core.dates import clock, short_date
from tourdee.core.money import MAX_SATANG, baht

from ..models import Order, OrderLine, Shop
from ..queries.basket_shops import order_placed_at
from ..queries.baskets import (
    ANY_WAY,
    NOTHING_ELSE,
    BadQuantity,
    Basket,
    BasketLine,
    Item,
    MixedSellers,
    NoSuchChoice,
    NotOnSale,
    PrivateOrJoinIn,
    Refused,
    VoucherRefused,
    Wishes,
    basket,
)
from ..queries.gateways import how_to_pay
from ..queries.on_delivery import NotOnDelivery
from ..queries.shipping import CannotDeliver, Delivery
from . import stock
from .books import keep_books
from .cancellation import CannotCancel, RefundTwice, TooMuchRefund, cancel_order, record_refund
from .caps import Buyer, TooManyOpenOrders, check_free_orders, check_open_orders
from .conflicts import TryAgain, once_more
from .equal_amounts import satang_off
from .history import tell
from .holds import HOLD, expire_order, expire_stale_holds, expire_stale_orders
from .parcels import begin_parcel, check_on_delivery
from .refusals import KeyReused, NeedsAddress, PriceChanged, SoldOut
from .vouchers import take_voucher

__all__ = [
    "HOLD",
    "BadQuantity",
    "Buyer",
    "CannotCancel",
    "CannotDeliver",
    "Delivery",
    "Item",
    "KeyReused",
    "MixedSellers",
    "NeedsAddress",
    "NoSuchChoice",
    "NotOnDelivery",
    "NotOnSale",
    "PriceChanged",
    "PrivateOrJoinIn",
    "RefundTwice",
    "Refused",
    "Sale",
    "SoldOut",
    "TooManyOpenOrders",
    "TooMuchRefund",
    "TryAgain",
    "VoucherRefused",
    "Wishes",
    "cancel_order",
    "expire_order",
    "expire_stale_orders",
    "place_order",
    "record_refund",
]

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
ATTEMPTS = 3


@dataclass(frozen=True, kw_only=True)
class Sale:
    """How an order comes about, and how long it is held unpaid. ``by_seller``: the seller makes it for a guest, so the
    public cut-off and the caps on open orders do not apply, and the address may come later. With a ``pay_code`` it has
    a short link."""

    channel: str = Order.Channel.WEB
    pay_by: str = Order.PayBy.PROMPTPAY
    hold: timedelta = HOLD
    by_seller: bool = False
    pay_code: str | None = None
    ships: bool = True  # False: handed over, so nothing is charged for sending


WEB_SALE = Sale()


@dataclass(frozen=True, kw_only=True)
class _Request:
    """What one placing needs to know; ``digest`` tells two requests with the same key apart."""

    shop: Shop
    buyer: Buyer
    items: Sequence[Item]
    wishes: Wishes
    delivery: Delivery
    key: str
    digest: str
    source: str
    sale: Sale
    at: datetime


def place_order(
    *,
    shop: Shop,
    buyer: Buyer,
    items: Sequence[Item],
    idempotency_key: str,
    at: datetime,
    wishes: Wishes = NOTHING_ELSE,
    expected_satang: int | None = None,
    source: str = "",
    sale: Sale = WEB_SALE,
    delivery: Delivery = ANY_WAY,
) -> Order:
    """Place an order and hold what is in it as the ``sale`` says. The same key and request again gives the same order.

    ``wishes`` are what was chosen beside the things (pick-up, language, voucher), ``delivery`` how goods get to the
    buyer; ``expected_satang`` is the total that the buyer was shown; ``source`` a keyed hash of the network address.
    Raises what ``basket`` raises, NeedsAddress, NotOnDelivery, PriceChanged, TooManyOpenOrders, SoldOut, KeyReused,
    TryAgain.
    """
    if not KEY.fullmatch(idempotency_key):
        raise KeyReused
    request = _Request(
        shop=shop, buyer=buyer, items=items, wishes=wishes, delivery=delivery, key=idempotency_key,
        digest=_digest(shop, buyer, items, wishes, delivery), source=source, sale=sale, at=at,
    )  # fmt: skip
    for _attempt in range(ATTEMPTS):
        if earlier := _placed_before(request):
            return earlier
        try:
            wanted = _checked(request, expected_satang)
            return _place(request=request, wanted=wanted)
        except IntegrityError:  # the same key in the same instant, or a code drawn twice: look again
            continue
        except stock.CannotTake as short:
            if _holds_run_out(wanted, at):
                continue
            if earlier := _placed_before(request):  # by the other half of a double click
                return earlier
            raise SoldOut(short.line.name_th, short.line.name_en, short.left) from short
    raise TryAgain


def _digest(shop: Shop, buyer: Buyer, items: Sequence[Item], wishes: Wishes, delivery: Delivery) -> str:
    asked = sorted(json.dumps(asdict(item), sort_keys=True, default=str) for item in items)
    whole = [shop.public_id, asdict(buyer), asked, asdict(wishes), asdict(delivery)]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _placed_before(request: _Request) -> Order | None:
    order = order_placed_at(request.shop, request.key)
    if order and order.request_hash != request.digest:
        raise KeyReused
    return order


def _checked(request: _Request, expected_satang: int | None) -> Basket:
    sale = request.sale
    wanted = basket(
        shop=request.shop, items=request.items, wishes=request.wishes, at=request.at, by_seller=sale.by_seller,
        delivery=request.delivery if sale.ships else None,
    )  # fmt: skip
    if wanted.total_satang > MAX_SATANG:
        raise BadQuantity
    if not sale.by_seller and wanted.needs_address and not _has_address(request, wanted):
        raise NeedsAddress
    if expected_satang is not None and expected_satang != wanted.total_satang:
        raise PriceChanged(wanted.total_satang)
    _check_caps(request, wanted)
    return wanted


def _has_address(request: _Request, wanted: Basket) -> bool:
    return bool(request.buyer.address.strip() and wanted.shipping and wanted.shipping.sure)


def _check_caps(request: _Request, wanted: Basket) -> None:
    """Strangers must not hold everything and pay for nothing; whom the seller sells to is no stranger."""
    if request.delivery.on_delivery:
        check_on_delivery(wanted=wanted, delivery=request.delivery, buyer=request.buyer)
    elif request.sale.by_seller:
        return
    elif wanted.total_satang:
        check_open_orders(buyer=request.buyer, source=request.source, at=request.at)
    else:
        check_free_orders(buyer=request.buyer, wanted=wanted)


def _holds_run_out(wanted: Basket, at: datetime) -> int:
    return expire_stale_holds(
        departures=[line.departure.pk for line in wanted.lines if line.departure],
        variants=[line.variant.pk for line in wanted.lines if line.variant],
        at=at,
    )


@once_more
@transaction.atomic
def _place(*, request: _Request, wanted: Basket) -> Order:
    stock.take(wanted.lines, at=request.at, opening=wanted.opening)
    take_voucher(wanted.voucher, request.at)
    order = Order.objects.create(**_columns(request, wanted))
    OrderLine.objects.bulk_create([order_line(order, line) for line in wanted.lines])
    begin_parcel(order=order, wanted=wanted, delivery=request.delivery)
    if order.pay_by == Order.PayBy.ON_DELIVERY:
        keep_books(order=order, at=request.at)  # confirmed without money: the carrier owes it
    tell(
        _how_placed(order),
        order=order,
        at=request.at,
        amount=baht(order.total_satang),
        until_th=clock(order.expires_at, "th"),
        until_en=f"{short_date(order.expires_at, 'en')} {clock(order.expires_at, 'en')}",
    )
    events.publish(events.OrderPlaced(user=request.shop.owner.public_id, order=order.public_id))
    return order


def _how_placed(order: Order) -> str:
    if order.pay_by == Order.PayBy.ON_DELIVERY:
        return "placed_on_delivery"
    return "placed" if order.total_satang else "placed_free"


def _columns(request: _Request, wanted: Basket) -> dict[str, object]:
    buyer, sale, on_delivery = request.buyer, request.sale, request.delivery.on_delivery
    due_now = 0 if on_delivery else wanted.due_now_satang
    chosen = how_to_pay(wanted.payee)
    off = satang_off(payee=wanted.payee, chosen=chosen, satang=due_now, pay_by=sale.pay_by)
    return {
        "shop": request.shop,
        "seller": wanted.payee,
        "payee_promptpay": wanted.payee.promptpay,
        "payee_name": wanted.payee.promptpay_name or wanted.payee.name,
        "payee_biller": chosen.biller_id,
        "idempotency_key": request.key,
        "request_hash": request.digest,
        "channel": sale.channel,
        "pay_by": Order.PayBy.ON_DELIVERY if on_delivery else sale.pay_by,
        "pay_code": sale.pay_code,
        "language": buyer.language,
        "buyer_name": buyer.name,
        "buyer_email": buyer.email.lower(),
        "buyer_phone": buyer.phone,
        "address": buyer.address,
        "note": buyer.note,
        "source": request.source,
        "voucher": wanted.voucher,
        "holds_voucher": wanted.voucher is not None,
        **amounts(wanted),
        "discount_satang": wanted.discount_satang + off,
        "rounding_satang": off,
        "total_satang": wanted.total_satang - off,
        "due_now_satang": due_now - off,
        "status": Order.Status.AWAITING_PAYMENT if due_now else Order.Status.CONFIRMED,
        "placed_at": request.at,
        "expires_at": _held_until(request, wanted),
        "confirmed_at": None if due_now else request.at,
    }


def amounts(wanted: Basket) -> dict[str, object]:
    """The columns of an order that say what it costs and when that is due."""
    return {
        "goods_satang": wanted.goods_satang,
        "shipping_satang": wanted.shipping_satang,
        "discount_satang": wanted.discount_satang,
        "total_satang": wanted.total_satang,
        "due_now_satang": wanted.due_now_satang,
        "rest_due_at": wanted.rest_due_at,
    }


def _held_until(request: _Request, wanted: Basket) -> datetime:
    """What the seller holds longer than usual is never held beyond its start."""
    until = request.at + request.sale.hold
    starts = [line.departure.starts_at for line in wanted.lines if line.departure]
    return min([until, *starts]) if request.sale.by_seller else until


def order_line(order: Order, line: BasketLine) -> OrderLine:
    """A line of a basket, frozen."""
    return OrderLine(order=order, **{name: getattr(line, name) for name in line.__dataclass_fields__})
