"""What is written down of an order: how it was sold, and its rows as they are when it is placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tourdee.people.models import User

from ..models import HowToPay, Order, OrderLine, Shop
from ..queries.baskets import NO_DISCOUNT, Basket, BasketLine, Item, SellersDiscount, Wishes
from ..queries.gateways import how_to_pay
from ..queries.shipping import Delivery
from .caps import Buyer
from .equal_amounts import satang_off
from .holds import HOLD


@dataclass(frozen=True, kw_only=True)
class Sale:
    """How an order comes about, and how long it is held unpaid. ``by_seller``: the seller makes it for a guest, so the
    public cut-off and the caps on open orders do not apply, the address may come later, and there may be a ``discount``.
    With a ``pay_code`` it has a short link. ``address_later``: the buyer orders in a chat and says by that link where to
    send it, before anything is paid."""

    channel: str = Order.Channel.WEB
    pay_by: str = Order.PayBy.PROMPTPAY
    hold: timedelta = HOLD
    by_seller: bool = False
    address_later: bool = False
    pay_code: str | None = None
    ships: bool = True  # False: handed over, so nothing is charged for sending
    discount: SellersDiscount = NO_DISCOUNT
    by: User | None = None  # the seller, for the audit log

    @property
    def is_paid_on_the_day(self) -> bool:
        """The seats are sold now; the money comes when the guest does."""
        return self.pay_by == Order.PayBy.ON_THE_DAY

    @property
    def waits_for_guest(self) -> bool:
        """Paid on delivery as agreed in a chat: held as if it were unpaid until the guest confirms it with an address."""
        return self.pay_by == Order.PayBy.ON_DELIVERY


WEB_SALE = Sale()


@dataclass(frozen=True, kw_only=True)
class Request:
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


def columns(request: Request, wanted: Basket) -> dict[str, object]:
    """A new order."""
    buyer, sale = request.buyer, request.sale
    return {
        "shop": request.shop,
        "idempotency_key": request.key,
        "request_hash": request.digest,
        "channel": sale.channel,
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
        **money_columns(wanted, sale=sale, on_delivery=_in_force_unpaid(request), at=request.at),
        "placed_at": request.at,
        "expires_at": held_until(wanted, sale, request.at),
    }


def _in_force_unpaid(request: Request) -> bool:
    return request.delivery.on_delivery and not request.sale.waits_for_guest


def money_columns(wanted: Basket, *, sale: Sale, at: datetime, on_delivery: bool = False) -> dict[str, object]:
    """What it costs, to whom and when that is paid, and whether it is in force without any of it."""
    due_now = 0 if on_delivery or sale.is_paid_on_the_day else wanted.due_now_satang
    chosen = how_to_pay(wanted.payee)
    off = satang_off(payee=wanted.payee, chosen=chosen, satang=due_now, pay_by=sale.pay_by)
    return {
        **payee_columns(wanted, chosen),
        "pay_by": Order.PayBy.ON_DELIVERY if on_delivery else sale.pay_by,
        "goods_satang": wanted.goods_satang,
        "shipping_satang": wanted.shipping_satang,
        "discount_reason": sale.discount.reason,
        "discount_percent": sale.discount.percent,
        "discount_satang": wanted.discount_satang + off,
        "rounding_satang": off,
        "total_satang": wanted.total_satang - off,
        "due_now_satang": due_now - off,
        "rest_due_at": None if sale.is_paid_on_the_day else wanted.rest_due_at,
        "status": Order.Status.AWAITING_PAYMENT if due_now else Order.Status.CONFIRMED,
        "confirmed_at": None if due_now else at,
    }


def payee_columns(wanted: Basket, chosen: HowToPay) -> dict[str, object]:
    """Who is paid, as it stands now."""
    return {
        "seller": wanted.payee,
        "payee_promptpay": wanted.payee.promptpay,
        "payee_name": wanted.payee.promptpay_name or wanted.payee.name,
        "payee_biller": chosen.biller_id,
    }


def held_until(wanted: Basket, sale: Sale, at: datetime) -> datetime:
    """What the seller holds longer than usual is never held beyond its start."""
    starts = [line.departure.starts_at for line in wanted.lines if line.departure]
    return min([at + sale.hold, *starts]) if sale.by_seller else at + sale.hold


def order_line(order: Order, line: BasketLine) -> OrderLine:
    """A line of a basket, frozen."""
    return OrderLine(order=order, **{name: getattr(line, name) for name in line.__dataclass_fields__})
