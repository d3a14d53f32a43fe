"""A picture came: it is fetched at once, shown in the inbox, and kept as the slip of the order that waits for money."""

import io
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tourdee.core import pictures
from tourdee.inbox.actions import receive_message
from tourdee.inbox.models import Message
from tourdee.shop.actions.slips import SlipUsedBefore, TooManySlips, receive_slip
from tourdee.shop.models import Order
from tourdee.shop.queries.chat_orders import lacks_address

from ..client import Line, Refused
from ..flex.parts import Json
from ..flex.taps import read
from ..queries.screens import orders
from . import chat_orders
from .talk import Talk

CHANNEL = "line"
NOT_SHOWN = "[รูปภาพ]"  # in the inbox, where there is no picture to show


def came(talk: Talk, message_id: str, line: Line) -> list[Json]:
    """Fetch it, show it, and use it as a slip where one is waited for. Raises Unavailable, so that it is tried again."""
    if kept := _kept(talk, message_id):
        path = kept.picture
    else:
        try:
            path = pictures.store_private(io.BytesIO(line.content(message_id)), f"line/{talk.at:%Y%m}")
        except Refused:  # LINE has it no more, or never had it
            _show(talk, message_id)
            return orders.not_a_slip(_("We could not open this picture. Please send it once more."))
        except pictures.BadPicture as problem:
            _show(talk, message_id)
            return orders.not_a_slip(str(problem))
        _show(talk, message_id, path)
    waiting = orders.wanting_money(talk.follower, talk.at)
    if len(waiting) > 1:
        return orders.which_order(waiting, message_id)
    return _as_slip(talk, path, "") if waiting else []


def is_choice(data: str) -> bool:
    """Whether this button says for which order a picture is."""
    tapped = read(data)
    return tapped is not None and tapped.act == "slip"


def chosen(talk: Talk, data: str) -> list[Json]:
    """The picture that came before is the slip of this order."""
    tapped = read(data)
    kept = _kept(talk, tapped.get("m")) if tapped else None
    return _as_slip(talk, kept.picture, tapped.get("o")) if tapped and kept and kept.picture else []


def _kept(talk: Talk, message_id: str) -> Message | None:
    mine = Message.objects.filter(
        conversation__shop=talk.shop, conversation__channel=CHANNEL, conversation__contact=talk.follower.user_id
    )
    return mine.filter(outside_id=message_id).exclude(picture="").first()


def _show(talk: Talk, message_id: str, path: str = "") -> None:
    receive_message(
        shop=talk.shop, channel=CHANNEL, contact=talk.follower.user_id, name=talk.follower.name, outside_id=message_id,
        text="" if path else NOT_SHOWN, picture=path, at=talk.at,
    )  # fmt: skip


def _as_slip(talk: Talk, path: str, named: str) -> list[Json]:
    """Goods must have a place to go first: with it their price may change, and after a slip it no longer can."""
    order = chat_orders.order_meant(follower=talk.follower, named=named, at=talk.at)
    if order is None:
        return []
    if order.status == Order.Status.AWAITING_PAYMENT and lacks_address(order):
        return orders.address_first(order)
    picture = io.BytesIO((Path(settings.PRIVATE_ROOT) / path).read_bytes())
    try:
        receive_slip(order=order, upload=picture, at=talk.at)
    except (pictures.BadPicture, SlipUsedBefore, TooManySlips) as problem:
        return orders.not_a_slip(getattr(problem, "message", str(problem)))
    return orders.slip_received(order)
