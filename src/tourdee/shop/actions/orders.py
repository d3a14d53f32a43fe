"""Placing an order: priced by our own rows, its seats and goods held in the same transaction, placed once per key."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from tourdee import events
from tourdee.core.dates import clock, short_date
from tourdee.core.inserts import insert, insert_all
from tourdee.core.money import MAX_SATANG, baht
from tourdee.people.models import User

from ..models import Order, Shop
from ..queries.basket_shops import order_placed_at
from ..queries.baskets import (
    ANY_WAY,
    NOTHING_ELSE,
    BadQuantity,
    Basket,
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
from ..queries.on_delivery import NotOnDelivery, check_agreed_on_delivery
from ..queries.on_the_day import check_on_the_day
from ..queries.shipping import CannotDeliver, Delivery
from . import stock
from .books import keep_books
from .cancellation import CannotCancel, RefundTwice, TooMuchRefund, cancel_order, record_refund
from .caps import Buyer, TooManyOpenOrders, check_free_orders, check_open_orders
from .conflicts import TryAgain, once_more
from .history import tell
from .holds import HOLD, expire_order, expire_stale_holds, expire_stale_orders
from .order_rows import WEB_SALE, Request, Sale, columns, order_line
from .parcels import begin_parcel, check_number, check_on_delivery
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

WithIt = Callable[[Order], None]
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
ATTEMPTS = 3


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
    with_it: WithIt | None = None,
) -> Order:
    """Place an order and hold what is in it as the ``sale`` says. The same key and request again gives the same order.

    ``wishes`` are what was chosen beside the things (pick-up, language, voucher), ``delivery`` how goods get to the
    buyer; ``expected_satang`` is the total that the buyer was shown; ``source`` a keyed hash of the network address;
    ``with_it`` writes what must be kept together with the order, in its own transaction.
    Raises what ``basket`` raises, NeedsAddress, NotOnDelivery, PriceChanged, TooManyOpenOrders, SoldOut, KeyReused,
    TryAgain.
    """
    if not KEY.fullmatch(idempotency_key):
        raise KeyReused
    request = Request(
        shop=shop, buyer=buyer, items=items, wishes=wishes, delivery=delivery, key=idempotency_key,
        digest=_digest(shop, buyer, items, wishes, delivery, sale), source=source, sale=sale, at=at,
    )  # fmt: skip
    for _attempt in range(ATTEMPTS):
        if order := _placed_before(request) or _tried(request, expected_satang, with_it):
            return order
    raise TryAgain


def _tried(request: Request, expected_satang: int | None, with_it: WithIt | None) -> Order | None:
    """One attempt. Nothing: another is worth it."""
    try:
        wanted = _checked(request, expected_satang)
        return _place(request=request, wanted=wanted, with_it=with_it)
    except IntegrityError:  # the same key in the same instant, or a code drawn twice
        return None
    except stock.CannotTake as short:
        if _holds_run_out(wanted, request.at):
            return None
        if earlier := _placed_before(request):  # by the other half of a double click
            return earlier
        raise SoldOut(short.line.name_th, short.line.name_en, short.left) from short


def _digest(
    shop: Shop, buyer: Buyer, items: Sequence[Item], wishes: Wishes, delivery: Delivery, sale: Sale
) -> str:  # fmt: skip
    asked = sorted(json.dumps(asdict(item), sort_keys=True, default=str) for item in items)
    whole = [shop.public_id, asdict(buyer), asked, asdict(wishes), asdict(delivery)]
    whole += [asdict(sale.discount), sale.pay_by]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _placed_before(request: Request) -> Order | None:
    order = order_placed_at(request.shop, request.key)
    if order and order.request_hash != request.digest:
        raise KeyReused
    return order


def _checked(request: Request, expected_satang: int | None) -> Basket:
    sale = request.sale
    wanted = basket(
        shop=request.shop, items=request.items, wishes=request.wishes, at=request.at, by_seller=sale.by_seller,
        delivery=request.delivery if sale.ships else None, discount=sale.discount,
    )  # fmt: skip
    if sale.is_paid_on_the_day:
        check_on_the_day(shop=request.shop, wanted=wanted)
    if wanted.total_satang > MAX_SATANG:
        raise BadQuantity
    if wanted.needs_address and not (_comes_later(sale, wanted) or _has_address(request, wanted)):
        raise NeedsAddress
    if expected_satang is not None and expected_satang != wanted.total_satang:
        raise PriceChanged(wanted.total_satang)
    _check_caps(request, wanted)
    return wanted


def _comes_later(sale: Sale, wanted: Basket) -> bool:
    """Whether the address may. Where nothing is to be paid the order is in force at once, and nobody would be asked."""
    return sale.by_seller or (sale.address_later and wanted.total_satang > 0)


def _has_address(request: Request, wanted: Basket) -> bool:
    return bool(request.buyer.address.strip() and wanted.shipping and wanted.shipping.sure)


def _check_caps(request: Request, wanted: Basket) -> None:
    """Strangers must not hold everything and pay for nothing; whom the seller sells to is no stranger."""
    if request.sale.waits_for_guest:
        check_agreed_on_delivery(wanted, request.delivery)
        check_number(request.buyer.phone)
    elif request.delivery.on_delivery:
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
def _place(*, request: Request, wanted: Basket, with_it: WithIt | None) -> Order:
    stock.take(wanted.lines, at=request.at, opening=wanted.opening)
    take_voucher(wanted.voucher, request.at)
    order = insert(Order(**columns(request, wanted)))
    insert_all([order_line(order, line) for line in wanted.lines])
    begin_parcel(order=order, wanted=wanted, delivery=request.delivery)
    if order.total_satang and order.status == Order.Status.CONFIRMED:
        keep_books(order=order, at=request.at)  # without money: the carrier or the guest owes it
    tell(
        _how_placed(order),
        order=order,
        at=request.at,
        by=request.sale.by,
        amount=baht(order.total_satang),
        until_th=clock(order.expires_at, "th"),
        day_th=short_date(order.expires_at, "th"),
        until_en=f"{short_date(order.expires_at, 'en')} {clock(order.expires_at, 'en')}",
    )
    tell_discount(order, at=request.at, by=request.sale.by)
    if with_it:
        with_it(order)
    owner = request.shop.owner.public_id
    events.publish(events.OrderPlaced(user=owner, order=order.public_id))
    if request.sale.is_paid_on_the_day:
        events.publish(events.OrderBooked(user=owner, order=order.public_id))
    return order


def _how_placed(order: Order) -> str:
    if order.pay_by == Order.PayBy.ON_DELIVERY:
        return "agreed_on_delivery" if order.waits_for_guest else "placed_on_delivery"
    if not order.total_satang:
        return "placed_free"
    return "placed" if order.status == Order.Status.AWAITING_PAYMENT else "placed_on_the_day"


def tell_discount(order: Order, *, at: datetime, by: User | None) -> None:
    """What the seller took off, and why; nothing where they did not."""
    if order.discount_reason:
        off = baht(order.discount_satang - order.rounding_satang)
        tell("discount_given", order=order, at=at, by=by, amount=off, reason=order.discount_reason)
