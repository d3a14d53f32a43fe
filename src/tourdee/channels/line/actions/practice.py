"""The practice chat: the seller plays a customer, and everything goes the way of a real message through the webhook's code."""

import json
import secrets
from datetime import datetime
from typing import Any

from .. import play
from ..models import Connection
from ..queries.connections import keys_of
from ..signature import signed
from .receiving import receive
from .sending import send_due
from .working import work_on_due


def act(*, connection: Connection, user_id: str, does: dict[str, Any], at: datetime) -> None:
    """``does`` is the event's own part: its type and what belongs to it. Worked on and answered at once."""
    token = play.reply_token(at)
    play.remember_who(token, user_id)
    event = {
        "webhookEventId": secrets.token_hex(13), "timestamp": int(at.timestamp() * 1000), "mode": "active", "replyToken": token,
        "source": {"type": "user", "userId": user_id}, "deliveryContext": {"isRedelivery": False}, **does,
    }  # fmt: skip
    raw = json.dumps({"destination": connection.bot_id, "events": [event]}).encode()
    receive(connection=connection, raw=raw, signature=signed(keys_of(connection).secret, raw), at=at)
    work_on_due(at)
    send_due(at)


def follow() -> dict[str, Any]:
    """They add the shop as a friend."""
    return {"type": "follow", "follow": {"isUnblocked": False}}


def write(text: str) -> dict[str, Any]:
    """They write."""
    return {"type": "message", "message": {"type": "text", "id": _message_id(), "text": text}}


def tap(data: str, day: str = "", shown: str = "") -> dict[str, Any]:
    """They tap a button; ``shown`` is what the chat then shows as theirs."""
    return {
        "type": "postback",
        "shown": shown,
        "postback": {"data": data, **({"params": {"date": day}} if day else {})},
    }


def send_picture(picture: bytes) -> dict[str, Any]:
    """They send a picture."""
    named = _message_id()
    play.keep_picture(named, picture)
    return {"type": "message", "message": {"type": "image", "id": named, "contentProvider": {"type": "line"}}}


def _message_id() -> str:
    return str(secrets.randbelow(10**15) + 10**17)
