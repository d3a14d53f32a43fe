"""Placing an order: priced by our own rows, its seats and goods held in the same transaction, placed once per key."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.dates import clock, short_date
from tourdee.core.money import MAX_SATANG, baht

from ..models import Order, OrderLine, Shop
from ..queries.baskets import BadQuantity, Basket, BasketLine, Item, MixedSellers, NotOnSale, Refused, basket
from . import stock
from .cancellation import CannotCancel, RefundTwice, TooMuchRefund, cancel_order, record_refund
from .caps import Buyer, TooManyOpenOrders, check_free_orders, check_open_orders
from .conflicts import TryAgain, once_more
from .history import tell
from .holds import HOLD, expire_order, expire_stale_holds, expire_stale_orders

__all__ = [
    "HOLD",
    "BadQuantity",
    "Buyer",
    "CannotCancel",
    "Item",
    "KeyReused",
    "MixedSellers",
    "NeedsAddress",
    "NotOnSale",
    "PriceChanged",
    "RefundTwice",
    "Refused",
    "Sale",
    "SoldOut",
    "TooManyOpenOrders",
    "TooMuchRefund",
    "TryAgain",
    "cancel_order",
    "expire_order",
    "expire_stale_orders",
    "place_order",
    "record_refund",
]

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
ATTEMPTS = 3


class SoldOut(Refused):
    """Fewer are left than asked for. ``name`` is what, ``left`` how many there are."""

    def __init__(self, name_th: str, name_en: str, left: int) -> None:
        super().__init__(name_th)
        self.name_th, self.name_en, self.left = name_th, name_en, left

    @property
    def message(self) -> str:
        if self.left:
            return _("Only %(left)s left. Please choose fewer, or another date.") % {"left": self.left}
        return _("Sold out. Please choose another date or something else.")


class KeyReused(Refused):
    """The same form was sent before with something else in it, or its key is none that we gave."""

    @property
    def message(self) -> str:
        return _("This form has already been used for another order. Please start again from your basket.")


class NeedsAddress(Refused):
    """Goods cannot be sent without an address."""

    @property
    def message(self) -> str:
        return _("Please tell us where to send the goods.")


class PriceChanged(Refused):
    """The buyer was shown another total. ``satang`` is what it costs now."""

    def __init__(self, satang: int) -> None:
        super().__init__(satang)
        self.satang = satang

    @property
    def message(self) -> str:
        return _("The price has changed to %(total)s. Please look at your order once more.") % {
            "total": baht(self.satang)
        }


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
    expected_satang: int | None = None,
    source: str = "",
    sale: Sale = WEB_SALE,
) -> Order:
    """Place an order and hold what is in it as the ``sale`` says. The same key and request again gives the same order.

    ``expected_satang`` is the total that the buyer was shown; ``source`` a keyed hash of the network address. Raises
    NotOnSale, BadQuantity, MixedSellers, NeedsAddress, PriceChanged, TooManyOpenOrders, SoldOut, KeyReused, TryAgain.
    """
    if not KEY.fullmatch(idempotency_key):
        raise KeyReused
    request = _Request(
        shop=shop, buyer=buyer, key=idempotency_key, digest=_digest(shop, buyer, items), source=source, sale=sale, at=at
    )
    for _attempt in range(ATTEMPTS):
        if earlier := _placed_before(request):
            return earlier
        try:
            wanted = _checked(request, items, expected_satang)
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


def _digest(shop: Shop, buyer: Buyer, items: Sequence[Item]) -> str:
    asked = sorted(json.dumps(asdict(item), sort_keys=True, default=str) for item in items)
    return hashlib.sha256(json.dumps([shop.public_id, asdict(buyer), asked], sort_keys=True).encode()).hexdigest()


def _placed_before(request: _Request) -> Order | None:
    order = Order.objects.filter(shop=request.shop, idempotency_key=request.key).first()
    if order and order.request_hash != request.digest:
        raise KeyReused
    return order


def _checked(request: _Request, items: Sequence[Item], expected_satang: int | None) -> Basket:
    by_seller = request.sale.by_seller
    wanted = basket(shop=request.shop, items=items, at=request.at, by_seller=by_seller)
    if not request.sale.ships:
        wanted = replace(wanted, shipping_satang=0)
    if wanted.total_satang > MAX_SATANG:
        raise BadQuantity
    if wanted.needs_address and not request.buyer.address.strip() and not by_seller:
        raise NeedsAddress
    if expected_satang is not None and expected_satang != wanted.total_satang:
        raise PriceChanged(wanted.total_satang)
    if not by_seller:
        _check_caps(request, wanted)
    return wanted


def _check_caps(request: _Request, wanted: Basket) -> None:
    if wanted.total_satang:
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
    order = Order.objects.create(**_columns(request, wanted))
    OrderLine.objects.bulk_create([order_line(order, line) for line in wanted.lines])
    tell(
        "placed" if order.total_satang else "placed_free",
        order=order,
        at=request.at,
        amount=baht(order.total_satang),
        until_th=clock(order.expires_at, "th"),
        until_en=f"{short_date(order.expires_at, 'en')} {clock(order.expires_at, 'en')}",
    )
    events.publish(events.OrderPlaced(user=request.shop.owner.public_id, order=order.public_id))
    return order


def _columns(request: _Request, wanted: Basket) -> dict[str, object]:
    buyer, sale, free = request.buyer, request.sale, not wanted.total_satang
    return {
        "shop": request.shop,
        "seller": wanted.payee,
        "payee_promptpay": wanted.payee.promptpay,
        "payee_name": wanted.payee.promptpay_name or wanted.payee.name,
        "idempotency_key": request.key,
        "request_hash": request.digest,
        "channel": sale.channel,
        "pay_by": sale.pay_by,
        "pay_code": sale.pay_code,
        "language": buyer.language,
        "buyer_name": buyer.name,
        "buyer_email": buyer.email.lower(),
        "buyer_phone": buyer.phone,
        "address": buyer.address,
        "note": buyer.note,
        "source": request.source,
        "goods_satang": wanted.goods_satang,
        "shipping_satang": wanted.shipping_satang,
        "total_satang": wanted.total_satang,
        "due_now_satang": wanted.total_satang,
        "status": Order.Status.CONFIRMED if free else Order.Status.AWAITING_PAYMENT,
        "placed_at": request.at,
        "expires_at": _held_until(request, wanted),
        "confirmed_at": request.at if free else None,
    }


def _held_until(request: _Request, wanted: Basket) -> datetime:
    """What the seller holds longer than usual is never held beyond its start."""
    until = request.at + request.sale.hold
    starts = [line.departure.starts_at for line in wanted.lines if line.departure]
    return min([until, *starts]) if request.sale.by_seller else until


def order_line(order: Order, line: BasketLine) -> OrderLine:
    """A line of a basket, frozen."""
    return OrderLine(
        order=order,
        departure=line.departure,
        category=line.category,
        variant=line.variant,
        name_th=line.name_th,
        name_en=line.name_en,
        quantity=line.quantity,
        seats=line.seats,
        unit_price_satang=line.unit_price_satang,
        tiers=line.tiers,
    )
