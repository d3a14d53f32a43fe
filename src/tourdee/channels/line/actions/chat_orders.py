"""Booking by a tap in the chat, and the slip that is sent as a picture."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.crypto import keyed_hash
from tourdee.core.ids import link_code
from tourdee.people.actions import record_consent
from tourdee.shop.actions.orders import Buyer, Sale, TooManyOpenOrders, place_order
from tourdee.shop.actions.reviews import write_review
from tourdee.shop.actions.slips import receive_slip
from tourdee.shop.models import Order, Slip

from ..models import ChatOrder, Follower
from ..queries.booking import Choice
from ..queries.screens.orders import orders_of, wanting_money

HOLD = timedelta(hours=1)
MOST_OPEN = 3  # unpaid bookings of one person at a time
PURPOSE = "order"


def book(
    *, follower: Follower, choice: Choice, voucher: str, shown_satang: int, key: str, at: datetime
) -> Order:  # fmt: skip
    """Hold what was chosen for an hour, under a short link to pay by. The same ``key`` again gives the same order. Cut-off and
    caps hold as on the shop's page. Raises what ``place_order`` raises."""
    if len(wanting_money(follower, at)) >= MOST_OPEN:
        raise TooManyOpenOrders
    order = place_order(
        shop=follower.shop, items=choice.items, at=at, expected_satang=shown_satang, idempotency_key=f"line-{key}",
        buyer=Buyer(name=follower.name or _("A customer at LINE"), phone="", language=follower.language),
        wishes=choice.wishes(voucher), source=keyed_hash("line buyer", follower.user_id),
        sale=Sale(channel=Order.Channel.CHAT, hold=HOLD, pay_code=link_code()),
    )  # fmt: skip
    _link(order, follower, at)
    return order


def booked_before(*, follower: Follower, key: str) -> Order | None:
    """What the first tap on the same button has booked."""
    return orders_of(follower).filter(idempotency_key=f"line-{key}").first()


@transaction.atomic
def _link(order: Order, follower: Follower, at: datetime) -> None:
    _mine, new = ChatOrder.objects.get_or_create(order=order, defaults={"follower": follower})
    if new:
        record_consent(purpose=PURPOSE, guest=f"order {order.public_id}", at=at)


def keep_slip(*, follower: Follower, order: str, upload: Any, at: datetime) -> Slip | None:
    """The picture is the slip of this order, or of the only one that waits for money. ``None``: there is none, or several and
    none was named. Raises BadPicture, SlipUsedBefore, TooManySlips."""
    waiting = [one for one in wanting_money(follower, at) if order in ("", one.public_id)]
    if len(waiting) != 1:
        return None
    return receive_slip(order=waiting[0], upload=upload, at=at)


def give_stars(*, follower: Follower, order: str, place: int, stars: int, at: datetime) -> Order | None:
    """Stars for a line of an own order. ``None``: there is no such line. Raises CannotReview, ReviewedBefore, BadStars."""
    found = orders_of(follower).filter(public_id=order[:16]).first()
    lines = list(found.lines.all()) if found else []
    if found is None or not 1 <= place <= len(lines):
        return None
    name = (follower.name or _("A guest")).split()[0][:40]
    write_review(line=lines[place - 1], stars=stars, text="", name=name, at=at)
    return found
