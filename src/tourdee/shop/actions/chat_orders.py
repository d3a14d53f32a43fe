"""Selling in a chat: the seller makes the order while talking, the guest pays it by a short link."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.dates import clock, short_date
from tourdee.core.ids import link_code
from tourdee.core.money import baht
from tourdee.people.actions import record_consent
from tourdee.people.models import User

from ..models import Order, OrderChange, OrderLine, Parcel, Shop
from ..queries.baskets import ANY_WAY, NO_DISCOUNT, NOTHING_ELSE, Basket, SellersDiscount, VoucherRefused
from ..queries.chat_orders import agreed_delivery, may_change, priced_again, sent_to, shipping_again
from ..queries.on_the_day import check_on_the_day
from ..queries.shipping import Delivery
from . import stock
from .books import keep_books
from .checkout import PURPOSE
from .conflicts import once_more
from .guest_pays import check_chosen, choice_columns, tell_choice
from .history import tell
from .holds import locked, move
from .order_rows import held_until, money_columns, order_line
from .orders import KEY, Buyer, Item, KeyReused, PriceChanged, Sale, SoldOut, Wishes, place_order, tell_discount
from .parcels import address_parcel, begin_parcel, check_number
from .refusals import ChangedAlready
from .vouchers import give_back_voucher, take_voucher_again

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


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What was agreed beside the things themselves."""

    wishes: Wishes = NOTHING_ELSE
    discount: SellersDiscount = NO_DISCOUNT
    on_the_day: bool = False
    on_delivery: bool = False
    delivery: Delivery = ANY_WAY

    @property
    def pay_by(self) -> str:
        """The way that the order goes until its guest chooses another."""
        if self.on_delivery:
            return Order.PayBy.ON_DELIVERY
        return Order.PayBy.ON_THE_DAY if self.on_the_day else Order.PayBy.PROMPTPAY


JUST_THAT = Agreed()


def make_chat_order(
    *,
    shop: Shop,
    by: User,
    buyer: Buyer,
    items: Sequence[Item],
    hold: timedelta,
    idempotency_key: str,
    at: datetime,
    agreed: Agreed = JUST_THAT,
    shown_satang: int | None = None,
) -> Order:
    """Place what was agreed in a chat and hold it for ``hold``, at most until its start, or sell it to be paid on the
    day. The guest gets a short link; what is paid on delivery is held, too, until they confirm it there. The same key
    again gives the same order. Raises HoldTooLong and what ``place_order`` raises."""
    return place_order(
        shop=shop, buyer=buyer, items=items, wishes=agreed.wishes, idempotency_key=idempotency_key, at=at,
        sale=_sale(hold, agreed, by, link_code()), expected_satang=shown_satang,
        delivery=agreed_delivery(agreed.delivery, on_delivery=agreed.on_delivery),
    )  # fmt: skip


def _sale(hold: timedelta, agreed: Agreed, by: User, pay_code: str | None) -> Sale:
    """Raises HoldTooLong."""
    if not timedelta(0) < hold <= LONGEST_HOLD:
        raise HoldTooLong
    return Sale(
        channel=Order.Channel.CHAT, pay_by=agreed.pay_by, hold=hold, by_seller=True, pay_code=pay_code,
        discount=agreed.discount, by=by,
    )  # fmt: skip


@once_more
@transaction.atomic
def change_chat_order(
    *,
    order: Order,
    by: User,
    buyer: Buyer,
    items: Sequence[Item],
    hold: timedelta,
    idempotency_key: str,
    at: datetime,
    agreed: Agreed = JUST_THAT,
    shown_satang: int | None = None,
) -> Order:
    """Other things, another number, another price, more time, before any money; or it is paid on the day or on delivery
    after all. One that has run out is held anew, under the same link. A voucher stays with it unless the seller takes
    something off in its place. The same key again gives the order as it is. Raises CannotChange, HoldTooLong, KeyReused,
    NotOnTheDay, NotOnDelivery, PriceChanged, SoldOut and what ``basket`` raises."""
    sale = _sale(hold, agreed, by, None)
    now = locked(order)
    if not _is_first(now, idempotency_key, _digest(buyer, items, hold, agreed), at):
        return now
    if not may_change(now):
        raise CannotChange
    wanted = _wanted(now, buyer, items, agreed, shown_satang, at)
    delivery = agreed_delivery(sent_to(now, agreed.delivery), on_delivery=agreed.on_delivery)
    _keep_voucher(now, wanted)
    _exchange(now, wanted, at)
    money = money_columns(wanted, sale=sale, at=at) | {"voucher": wanted.voucher}
    status = str(money.pop("status"))
    _must(move(now, to=status, **money, **_told(buyer), ended_at=None, expires_at=held_until(wanted, sale, at)))
    Parcel.objects.filter(order=now).delete()
    begin_parcel(order=now, wanted=wanted, delivery=delivery)
    _tell_changed(now, by, at)
    return now


def _told(buyer: Buyer) -> dict[str, str]:
    """What the seller knows of the guest. What is left empty stays as the guest gave it."""
    given = {"buyer_phone": buyer.phone, "note": buyer.note, "address": buyer.address}
    return {"buyer_name": buyer.name, "language": buyer.language} | {name: said for name, said in given.items() if said}


def _is_first(order: Order, key: str, digest: str, at: datetime) -> bool:
    """Write down that the form with this key changes the order. ``False``: it has done so before. Raises KeyReused."""
    if not KEY.fullmatch(key):
        raise KeyReused
    asked = {"request_hash": digest, "at": at}
    change, is_first = OrderChange.objects.get_or_create(order=order, idempotency_key=key, defaults=asked)
    if change.request_hash != digest:
        raise ChangedAlready
    return is_first


def _digest(buyer: Buyer, items: Sequence[Item], hold: timedelta, agreed: Agreed) -> str:
    asked = sorted(json.dumps(asdict(item), sort_keys=True, default=str) for item in items)
    whole = [asdict(buyer), asked, hold.total_seconds(), asdict(agreed)]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


def _wanted(
    order: Order, buyer: Buyer, items: Sequence[Item], agreed: Agreed, shown_satang: int | None, at: datetime
) -> Basket:
    """Raises CannotChange where nothing would be left to pay, NotOnTheDay, NotOnDelivery, PriceChanged, and what
    ``basket`` raises."""
    wanted = priced_again(
        order, items=items, wishes=agreed.wishes, discount=agreed.discount, at=at, on_delivery=agreed.on_delivery,
        delivery=agreed.delivery,
    )  # fmt: skip
    if shown_satang is not None and shown_satang != wanted.total_satang:
        raise PriceChanged(wanted.total_satang)
    if not wanted.total_satang:
        raise CannotChange
    if agreed.on_the_day:
        check_on_the_day(shop=order.shop, wanted=wanted)
    if agreed.on_delivery:
        check_number(buyer.phone or order.buyer_phone)
    return wanted


def _keep_voucher(order: Order, wanted: Basket) -> None:
    """One that the order lost when it ran out is counted again; one that no longer takes anything off is given back.
    Raises VoucherRefused."""
    if wanted.voucher is None:
        give_back_voucher(order)
    elif not take_voucher_again(order):
        raise VoucherRefused("used_up")


def _tell_changed(order: Order, by: User, at: datetime) -> None:
    if order.status == STATUS.CONFIRMED:
        keep_books(order=order, at=at)
        events.publish(events.OrderBooked(user=order.shop.owner.public_id, order=order.public_id))
    until = order.expires_at
    tell(
        "placed_on_the_day" if order.status == STATUS.CONFIRMED else "changed", order=order, at=at, by=by,
        amount=baht(order.total_satang),
        until_th=f"{short_date(until, 'th')} {clock(until, 'th')}", until_en=f"{short_date(until, 'en')} {clock(until, 'en')}",
    )  # fmt: skip
    tell_discount(order, at=at, by=by)


def _exchange(order: Order, wanted: Basket, at: datetime) -> None:
    """What was held goes back, what is wanted now is taken, in this transaction."""
    before = stock.lines_of(order.pk) if order.status == STATUS.AWAITING_PAYMENT else []
    try:
        stock.exchange(before, wanted.lines, at=at, opening=wanted.opening)
    except stock.CannotTake as short:
        raise SoldOut(short.line.name_th, short.line.name_en, short.left) from short
    order.lines.all().delete()
    OrderLine.objects.bulk_create([order_line(order, line) for line in wanted.lines])


def _must(moved: bool) -> None:
    """The row is locked, so its status cannot have changed."""
    if not moved:
        raise stock.BooksDoNotBalance("an order changed under its lock")


@once_more
@transaction.atomic
def complete_details(
    *, order: Order, buyer: Buyer, delivery: Delivery = ANY_WAY, shown_satang: int, at: datetime, shown_things: str = ""
) -> Order:
    """What the seller did not know in the chat: how to reach the guest, who agrees to the privacy notice with it, and
    where to send the goods. What that costs becomes a part of the price, which was shown before; once there is money
    the place stands. Paid on delivery, the order is in force with this, if it holds the things that were shown. The same
    again is told once. Raises CannotChange, PriceChanged, CannotDeliver, NotOnDelivery, ThingsChanged."""
    now = locked(order)
    if now.status not in Order.HOLDING or now.shipped_at is not None:
        raise CannotChange
    known: dict[str, object] = {
        "buyer_name": buyer.name, "buyer_phone": buyer.phone, "buyer_email": buyer.email.lower(),
        "note": buyer.note, "language": buyer.language,
    }  # fmt: skip
    lines, before, status, chosen = stock.lines_of(now.pk), now.pay_by, now.status, _chooses(now, delivery, at)
    parcel = shipping_again(now, lines, delivery) if may_change(now) else None
    if chosen:
        check_chosen(order=now, lines=lines, shipping=parcel, delivery=delivery, buyer=buyer, shown=shown_things)
        status = STATUS.CONFIRMED
    if parcel:
        known |= {"address": buyer.address} | choice_columns(
            order=now, shipping=parcel, on_delivery=chosen, shown_satang=shown_satang, at=at
        )
    first = not now.buyer_phone and not now.buyer_email
    news = any(getattr(now, name) != value for name, value in known.items())
    _must(move(now, to=status, **known))
    if parcel:
        address_parcel(order=now, shipping=parcel, delivery=delivery)
    if news:
        tell("details_given", order=now, at=at)
    if parcel:
        tell_choice(order=now, before=before, at=at)
    if first:
        record_consent(purpose=PURPOSE, guest=f"order {now.public_id}", at=at)
    return now


def _chooses(order: Order, delivery: Delivery, at: datetime) -> bool:
    """Whether the guest chooses now to pay the carrier; not again what they chose before. Raises CannotChange where it
    is too late for that: there is word of money, or the time has run out."""
    in_force = order.status == STATUS.CONFIRMED and order.pay_by == Order.PayBy.ON_DELIVERY and not order.due_now_satang
    if not delivery.on_delivery or in_force:
        return False
    if not may_change(order) or order.expires_at <= at:
        raise CannotChange
    return True
