"""Sales by a reseller: held, confirmed, changed and cancelled on the same counters as the shop's own sales.

The reseller collects from its guest and owes the shop the net price, so nothing is due before it is confirmed. Which
reseller that is, and how it speaks to us, a channel knows; the shop knows its name.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core.dates import clock, short_date
from tourdee.core.inserts import insert, insert_all
from tourdee.core.money import baht
from tourdee.core.prepared import MOMENT, PreparedUpdate

from ..models import Order, OrderLine, Shop
from ..queries.baskets import BasketLine, Refused
from . import stock
from .books import book_resale, keep_books
from .caps import Buyer
from .conflicts import once_more
from .history import tell
from .holds import locked, move

STATUS = Order.Status


class HoldIsOver(Refused):
    """The hold ran out, or was cancelled, before it was confirmed."""

    @property
    def message(self) -> str:
        return _("The hold has run out. Please book again.")


class AlreadySettled(Refused):
    """The reseller has paid for it: what was agreed no longer changes by itself."""

    @property
    def message(self) -> str:
        return _("This booking has been settled. Please ask the shop to change it.")


@dataclass(frozen=True, kw_only=True)
class Resale:
    """What a reseller asks for. ``key`` names the request within the shop, ``digest`` is of what was asked;
    ``closes_at``: from then on the departure cannot be booked; ``code`` is what seller and guest call the order."""

    shop: Shop
    reseller: str
    guest: Buyer
    lines: Sequence[BasketLine]
    opening: dict[int, datetime]
    key: str
    digest: str


def hold_for_reseller(*, sale: Resale, until: datetime, at: datetime, with_it: Callable[[Order], None]) -> Order:
    """Take the seats and write the order down, unpaid, until that moment, and do ``with_it`` in the same transaction. What is
    written is made up before it begins, and the seats come last: others who write, and the counter of a popular departure,
    wait for as short as can be. Raises stock.CannotTake, IntegrityError (the key was used before)."""
    order, lines = Order(**_columns(sale, until, at)), [_line(line) for line in sale.lines]
    words: dict[str, Any] = {"reseller": sale.reseller, "amount": baht(order.total_satang), **_until(until)}
    with transaction.atomic():
        insert(order)
        _put_in(order, lines)
        tell("resold_held", order=order, at=at, **words)
        with_it(order)
        stock.take(sale.lines, at=at, opening=sale.opening)
    return order


def _columns(sale: Resale, until: datetime, at: datetime) -> dict[str, object]:
    guest, net = sale.guest, sum(line.total_satang for line in sale.lines)
    seller = sale.shop.business
    return {
        "shop": sale.shop,
        "seller": seller,
        "payee_promptpay": seller.promptpay,
        "payee_name": seller.promptpay_name or seller.name,
        "idempotency_key": sale.key,
        "request_hash": sale.digest,
        "channel": Order.Channel.OCTO,
        "pay_by": Order.PayBy.RESELLER,
        "resold_by": sale.reseller,
        "language": guest.language,
        "buyer_name": guest.name,
        "buyer_email": guest.email,
        "buyer_phone": guest.phone,
        "note": guest.note,
        "goods_satang": net,
        "total_satang": net,
        "due_now_satang": 0,
        "placed_at": at,
        "expires_at": until,
    }


def _put_in(order: Order, lines: list[OrderLine]) -> None:
    for line in lines:
        line.order = order
    insert_all(lines)


def _line(line: BasketLine) -> OrderLine:
    return OrderLine(
        departure=line.departure, category=line.category, name_th=line.name_th, name_en=line.name_en,
        quantity=line.quantity, seats=line.seats, unit_price_satang=line.unit_price_satang, tiers=line.tiers,
    )  # fmt: skip


def _until(until: datetime) -> dict[str, str]:
    return {
        "until_th": clock(until, "th"),
        "until_en": f"{short_date(until, 'en')} {clock(until, 'en')}",
    }


@once_more
@transaction.atomic
def extend_hold(*, order: Order, until: datetime, at: datetime) -> None:
    """Hold it until that moment instead; never for shorter than was promised. Raises HoldIsOver."""
    running = Order.objects.filter(pk=order.pk, status=STATUS.AWAITING_PAYMENT, expires_at__gt=at)
    if not running.update(expires_at=until):
        raise HoldIsOver
    order.expires_at = until
    tell("resold_extended", order=order, at=at, by=None, reseller=order.resold_by, **_until(until))


@once_more
@transaction.atomic(savepoint=False)
def confirm_resale(*, order: Order, guest: Buyer, at: datetime) -> None:
    """The reseller has sold it. Confirming again changes nothing. Raises HoldIsOver."""
    if not CONFIRM.run(order=order.pk, at=at, **_guest(guest)):
        order.refresh_from_db(fields=["status", "expires_at"])
        if order.status == STATUS.CONFIRMED:
            return
        raise HoldIsOver
    order.status, order.confirmed_at = STATUS.CONFIRMED, at
    book_resale(order=order, at=at)
    tell("resold", order=order, at=at, reseller=order.resold_by, amount=baht(order.total_satang))
    events.publish(events.OrderResold(user=order.shop.owner.public_id, order=order.public_id))


def _guest(guest: Buyer) -> dict[str, str]:
    return {
        "buyer_name": guest.name, "buyer_email": guest.email, "buyer_phone": guest.phone, "note": guest.note,
        "language": guest.language,
    }  # fmt: skip


CONFIRM = PreparedUpdate(
    lambda order, at, **guest: (
        Order.objects.filter(pk=order, status=STATUS.AWAITING_PAYMENT, expires_at__gt=at),
        {"status": STATUS.CONFIRMED, "confirmed_at": at, **guest},
    ),
    order=1, at=MOMENT, buyer_name="", buyer_email="", buyer_phone="", note="", language="",
)  # fmt: skip


@once_more
@transaction.atomic
def change_resale(
    *, order: Order, lines: Sequence[BasketLine] | None, opening: dict[int, datetime], guest: Buyer, at: datetime
) -> Order:
    """Replace what is in a held or confirmed sale, all of it or nothing, and say who comes; without ``lines`` only that.
    Raises stock.CannotTake, HoldIsOver, AlreadySettled."""
    now = locked(order)
    _check_changeable(now, at)
    held = stock.lines_of(now.pk)
    if lines is not None and _what(held) != _what(lines):
        _check_unsettled(now)
        _exchange(now, held, lines, opening, at)
    Order.objects.filter(pk=now.pk).update(**_guest(guest))
    keep_books(order=now, at=at)
    return now


def _check_changeable(order: Order, at: datetime) -> None:
    held = order.status == STATUS.AWAITING_PAYMENT and order.expires_at > at
    if not held and order.status != STATUS.CONFIRMED:
        raise HoldIsOver


def _check_unsettled(order: Order) -> None:
    if order.paid_satang:
        raise AlreadySettled


def _what(lines: Sequence[BasketLine | OrderLine]) -> Counter[tuple[int, int, int]]:
    """How many of what at which price, to see whether anything changes."""
    found: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        departure, category = line.departure, line.category
        found[departure.pk if departure else 0, category.pk if category else 0, line.unit_price_satang] += line.quantity
    return found


def _exchange(
    order: Order, held: list[OrderLine], lines: Sequence[BasketLine], opening: dict[int, datetime], at: datetime
) -> None:
    stock.exchange(held, lines, at=at, opening=opening)
    OrderLine.objects.filter(order=order).delete()
    _put_in(order, [_line(line) for line in lines])
    net = sum(line.total_satang for line in lines)
    Order.objects.filter(pk=order.pk).update(goods_satang=net, total_satang=net)
    order.goods_satang = order.total_satang = net
    tell(
        "resold_changed", order=order, at=at, reseller=order.resold_by, amount=baht(net),
        lines_th=", ".join(f"{line.name_th} × {line.quantity}" for line in lines),
        lines_en=", ".join(f"{line.name_en} × {line.quantity}" for line in lines),
    )  # fmt: skip


@once_more
@transaction.atomic
def cancel_resale(*, order: Order, reason: str, at: datetime) -> None:
    """The reseller does not want it any more: its seats are free again, and nothing is owed for it. Cancelling again
    changes nothing. Raises HoldIsOver, AlreadySettled."""
    now = locked(order)
    if now.status == STATUS.CANCELLED:
        return
    _check_changeable(now, at)
    _check_unsettled(now)
    confirmed = now.status == STATUS.CONFIRMED
    if not move(now, to=STATUS.CANCELLED, ended_at=at):
        raise HoldIsOver
    stock.give_back(stock.lines_of(now.pk), at=at)
    keep_books(order=now, at=at)
    tell("cancelled_by_reseller", order=now, at=at, reseller=now.resold_by, reason=reason)
    if confirmed:  # of holds that come to nothing the seller is not told
        user = now.shop.owner.public_id
        events.publish(events.OrderCancelled(user=user, order=now.public_id, refund_satang=0))
