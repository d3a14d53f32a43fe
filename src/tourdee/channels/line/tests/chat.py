"""A customer's telephone: what they do goes through the webhook as LINE would send it, and what the shop says is read from the
twin."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from .. import play
from ..actions.sending import send_due
from ..actions.working import work_on_due
from ..flex.parts import Json
from ..models import Connection
from ..queries.connections import keys_of
from ..signature import signed

_numbers = count(1)


class Telephone:
    """Of one person. ``at`` is its clock; every act moves it on by ten seconds."""

    def __init__(
        self, connection: Connection, user_id: str, at: datetime, set_clock: Callable[[datetime], None]
    ) -> None:
        self.connection, self.user_id, self.at, self.set_clock = connection, user_id, at, set_clock

    def follow(self) -> list[Json]:
        return self.does({"type": "follow", "follow": {"isUnblocked": False}})

    def unfollow(self) -> list[Json]:
        return self.does({"type": "unfollow"})

    def write(self, words: str) -> list[Json]:
        return self.does({"type": "message", "message": {"type": "text", "id": f"m{next(_numbers)}", "text": words}})

    def tap(self, data: str) -> list[Json]:
        return self.does({"type": "postback", "postback": {"data": data}})

    def send_picture(self, picture: bytes) -> list[Json]:
        named = f"p{next(_numbers)}"
        play.keep_picture(named, picture)
        return self.does({"type": "message", "message": {"type": "image", "id": named}})

    def does(self, what: dict[str, Any]) -> list[Json]:
        """It happens, the worker works, and what the shop said is returned."""
        self.at += timedelta(seconds=10)
        self.set_clock(self.at)
        assert self.post([self.event(what)]).status_code == 200
        before = len(self.screen())
        self.work()
        return self.screen()[before:]

    def event(self, what: dict[str, Any]) -> dict[str, Any]:
        token = play.reply_token(self.at)
        play.remember_who(token, self.user_id)
        return {
            "webhookEventId": f"e{next(_numbers)}", "timestamp": int(self.at.timestamp() * 1000), "mode": "active",
            "replyToken": token, "source": {"type": "user", "userId": self.user_id},
            "deliveryContext": {"isRedelivery": False}, **what,
        }  # fmt: skip

    def post(self, events: list[dict[str, Any]], *, secret: str = "") -> HttpResponse:
        """As LINE posts it."""
        raw = json.dumps({"destination": self.connection.bot_id, "events": events}).encode()
        return self.post_raw(raw, signed(secret or keys_of(self.connection).secret, raw))

    def post_raw(self, raw: bytes, signature: str) -> HttpResponse:
        address = f"/line/{self.connection.shop.public_id}/"
        return Client().post(address, raw, "application/json", headers={"X-Line-Signature": signature})

    def work(self) -> None:
        work_on_due(self.at)
        send_due(self.at)

    def screen(self) -> list[Json]:
        """All messages on it."""
        return [one for call in play.calls_to(keys_of(self.connection).token, self.user_id) for one in call.messages]
