"""Ordering by a tap in the chat, whatever it is, and the slip that is sent as a picture."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.crypto import keyed_hash
from tourdee.core.ids import link_code
from tourdee.inbox.actions import put_order_beside
from tourdee.people.actions import record_consent
from tourdee.shop.actions.orders import Buyer, Item, PriceChanged, Refused, Sale, TooManyOpenOrders, Wishes, place_order
from tourdee.shop.actions.reviews import write_review
from tourdee.shop.models import Order

from ..flex.parts import Json
from ..flex.taps import Tap
from ..models import ChatOrder, Follower
from ..queries.screens import orders
from ..queries.screens.orders import orders_of, wanting_money
from .talk import Talk

CHANNEL = "line"
HOLD = timedelta(hours=1)
MOST_OPEN = 3  # unpaid bookings of one person at a time
PURPOSE = "order"
KEY = "line-"  # begins the key of an order that was made by a tap in the chat


class Chosen(Protocol):
    """What a button names: a date with its guests, or pieces of goods."""

    @property
    def items(self) -> Sequence[Item]: ...
    def wishes(self, voucher: str) -> Wishes: ...


def order_by_tap(
    talk: Talk, tap: Tap, chosen: Chosen | None, *, gone: Callable[[], list[Json]],
    look_again: Callable[[Talk, Tap], list[Json]], refused: Callable[[Refused], list[Json]],
) -> list[Json]:  # fmt: skip
    """The tap that orders. The same button twice gives the same order; a price that has changed meanwhile is shown first."""
    earlier = booked_before(follower=talk.follower, key=tap.get("k"))
    if earlier is not None:
        return orders.placed(earlier)
    if chosen is None or not chosen.items:
        return gone()
    shown = tap.get("s")
    try:
        order = book(
            follower=talk.follower, chosen=chosen, voucher=tap.get("v"), key=tap.get("k"), at=talk.at,
            shown_satang=int(shown) if shown.isascii() and shown.isdigit() else -1,
        )  # fmt: skip
    except PriceChanged:
        return look_again(talk, tap)
    except Refused as problem:
        return refused(problem)
    return orders.placed(orders_of(talk.follower).get(pk=order.pk))


def book(
    *, follower: Follower, chosen: Chosen, voucher: str, shown_satang: int, key: str, at: datetime
) -> Order:  # fmt: skip
    """Hold what was chosen for an hour, under a short link to pay by; there it is also said where goods are to go. The same
    ``key`` again gives the same order. Cut-off and caps hold as on the shop's page. Raises what ``place_order`` raises."""
    if len(wanting_money(follower, at)) >= MOST_OPEN:
        raise TooManyOpenOrders
    order = place_order(
        shop=follower.shop, items=chosen.items, at=at, expected_satang=shown_satang, idempotency_key=f"{KEY}{key}",
        buyer=Buyer(name=follower.name or _("A customer at LINE"), phone="", language=follower.language),
        wishes=chosen.wishes(voucher), source=keyed_hash("line buyer", follower.user_id),
        sale=Sale(channel=Order.Channel.CHAT, hold=HOLD, pay_code=link_code(), address_later=True),
    )  # fmt: skip
    _link(order, follower, at)
    return order


def booked_before(*, follower: Follower, key: str) -> Order | None:
    """What the first tap on the same button has booked."""
    return orders_of(follower).filter(idempotency_key=f"{KEY}{key}").first()


@transaction.atomic
def _link(order: Order, follower: Follower, at: datetime) -> None:
    _mine, new = ChatOrder.objects.get_or_create(order=order, defaults={"follower": follower})
    if new:
        record_consent(purpose=PURPOSE, guest=f"order {order.public_id}", at=at)
        put_order_beside(
            shop=follower.shop, channel=CHANNEL, contact=follower.user_id, name=follower.name, order=order, at=at
        )  # fmt: skip


@transaction.atomic
def hear_of_order(*, follower: Follower, order: Order) -> bool:
    """The seller made this order while they talked, and says whose it is: from now on the customer hears of it in the chat, and a slip
    that they send is for it. ``False``: it is known already, or was ordered on the shop's page, whose buyer is told in another way."""
    if order.pay_code is None:
        return False
    return ChatOrder.objects.get_or_create(order=order, defaults={"follower": follower})[1]


@transaction.atomic
def hear_no_more(*, follower: Follower, order: Order) -> bool:
    """The seller was mistaken. What the customer ordered by their own taps stays theirs. ``False``: it was not theirs."""
    said = ChatOrder.objects.filter(order=order, follower=follower).exclude(order__idempotency_key__startswith=KEY)
    return said.delete()[0] > 0


def order_meant(*, follower: Follower, named: str, at: datetime) -> Order | None:
    """The order that a slip is for: the named one, or the only one that waits for money. ``None``: there is none, or several and
    none was named."""
    waiting = [one for one in wanting_money(follower, at) if named in ("", one.public_id)]
    return waiting[0] if len(waiting) == 1 else None


def give_stars(*, follower: Follower, order: str, place: int, stars: int, at: datetime) -> Order | None:
    """Stars for a line of an own order. ``None``: there is no such line. Raises CannotReview, ReviewedBefore, BadStars."""
    found = orders_of(follower).filter(public_id=order[:16]).first()
    lines = list(found.lines.all()) if found else []
    if found is None or not 1 <= place <= len(lines):
        return None
    name = (follower.name or _("A guest")).split()[0][:40]
    write_review(line=lines[place - 1], stars=stars, text="", name=name, at=at)
    return found
