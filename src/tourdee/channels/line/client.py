"""LINE's Messaging API, as much of it as we use: a thin client over ``core.calling``. Never inside a transaction.

What LINE understood and refused is ``Refused`` with the kind of refusal; what may be asked again is ``Unavailable``. Neither names
a key.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tourdee.core.calling import Exchange, Unavailable, understood

from .flex.parts import Json

API = "https://api.line.me"
BLOBS = "https://api-data.line.me"
MONTHLY = "monthly limit"  # how LINE tells the quota from too many calls


class Refused(Exception):
    """LINE said no. ``kind``: token (it does not know us), quota (of the month), reply (its token is used or over), person (not a
    friend), request (anything else); ``said`` is LINE's own word."""

    def __init__(self, kind: str, said: str = "") -> None:
        super().__init__(kind)
        self.kind, self.said = kind, said[:200]


class Busy(Unavailable):
    """Too many calls just now: LINE did nothing, for certain."""


@dataclass(frozen=True)
class Bot:
    """Who the token belongs to."""

    user_id: str
    basic_id: str
    name: str


@dataclass(frozen=True)
class Profile:
    """What LINE tells of a person."""

    name: str
    language: str


@dataclass(frozen=True)
class Line:
    """A shop's account. ``token`` goes into one header and nowhere else."""

    token: str
    exchange: Exchange

    # ------------------------------------------------------------------ the account
    @understood
    def bot(self) -> Bot:
        """Whose token it is. Raises Refused, Unavailable; so do all."""
        found = self._ask("GET", "/v2/bot/info")
        return Bot(found["userId"], found["basicId"], found["displayName"])

    def set_webhook(self, address: str) -> None:
        """Where LINE sends its events."""
        self._ask("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": address})

    @understood
    def webhook_is_on(self) -> bool:
        """Whether the owner has switched it on."""
        return bool(self._ask("GET", "/v2/bot/channel/webhook/endpoint")["active"])

    @understood
    def test_webhook(self) -> tuple[bool, int]:
        """LINE calls us now: whether we took it, and with which status (0: it did not reach us)."""
        found = self._ask("POST", "/v2/bot/channel/webhook/test", {})
        return bool(found.get("success")), int(found.get("statusCode") or 0)

    @understood
    def quota(self) -> tuple[int | None, int]:
        """How many paid messages the month has (``None``: no limit), and how many LINE has counted."""
        limit = self._ask("GET", "/v2/bot/message/quota")
        used = self._ask("GET", "/v2/bot/message/quota/consumption")
        return (int(limit["value"]) if limit["type"] == "limited" else None), int(used["totalUsage"])

    # ------------------------------------------------------------------ people
    @understood
    def profile(self, user_id: str) -> Profile:
        """Name and language of a friend."""
        found = self._ask("GET", f"/v2/bot/profile/{user_id}")
        return Profile(str(found.get("displayName", "")), str(found.get("language", "")))

    def content(self, message_id: str) -> bytes:
        """A picture that somebody sent. LINE keeps it for a while only."""
        return self._exchanged("GET", f"{BLOBS}/v2/bot/message/{message_id}/content", None, {})

    # ------------------------------------------------------------------ messages
    def reply(self, token: str, messages: Sequence[Json]) -> None:
        """The free answer; a token counts once and for a minute."""
        self._ask("POST", "/v2/bot/message/reply", {"replyToken": token, "messages": list(messages)})

    def push(self, to: str, messages: Sequence[Json], *, retry_key: UUID) -> None:
        """To one person. What was taken before under this key is taken once."""
        self._ask("POST", "/v2/bot/message/push", {"to": to, "messages": list(messages)}, retry_key=retry_key)

    def multicast(self, to: Sequence[str], messages: Sequence[Json], *, unit: str, retry_key: UUID) -> None:
        """To up to five hundred people; LINE counts by ``unit`` who saw it."""
        body = {"to": list(to), "messages": list(messages), "customAggregationUnits": [unit]}
        self._ask("POST", "/v2/bot/message/multicast", body, retry_key=retry_key)

    @understood
    def seen(self, unit: str, first: str, last: str) -> tuple[int | None, int | None]:
        """How many people saw and tapped what was sent under a unit between two days (``20261126``); ``None``: too few."""
        query = f"customAggregationUnit={unit}&from={first}&to={last}"
        overview = self._ask("GET", f"/v2/bot/insight/message/event/aggregation?{query}")["overview"]
        return overview.get("uniqueImpression"), overview.get("uniqueClick")

    # ------------------------------------------------------------------ menu and coupons
    @understood
    def make_menu(self, menu: Json) -> str:
        """A menu without its picture; its id."""
        return str(self._ask("POST", "/v2/bot/richmenu", menu)["richMenuId"])

    def put_menu_picture(self, menu: str, jpeg: bytes) -> None:
        """Once for each menu: LINE cannot change it."""
        kind = {"Content-Type": "image/jpeg"}
        self._exchanged("POST", f"{BLOBS}/v2/bot/richmenu/{menu}/content", jpeg, kind)

    def show_menu(self, menu: str) -> None:
        """From now on everybody sees it."""
        self._ask("POST", f"/v2/bot/user/all/richmenu/{menu}")

    def delete_menu(self, menu: str) -> None:
        """It takes one of the thousand places no more."""
        self._ask("DELETE", f"/v2/bot/richmenu/{menu}")

    @understood
    def make_coupon(self, coupon: Json) -> str:
        """A coupon; its id."""
        return str(self._ask("POST", "/v2/bot/coupon", coupon)["couponId"])

    def close_coupon(self, coupon: str) -> None:
        """Nobody gets it any more."""
        self._ask("PUT", f"/v2/bot/coupon/{coupon}/close")

    # ------------------------------------------------------------------ the wire
    def _ask(
        self, method: str, path: str, body: Json | None = None, *, retry_key: UUID | None = None
    ) -> dict[str, Any]:
        headers = {"X-Line-Retry-Key": str(retry_key)} if retry_key else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        return _json(self._exchanged(method, f"{API}{path}", data, headers))

    def _exchanged(self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]) -> bytes:
        status, content = self.exchange(
            method, url, headers={"Authorization": f"Bearer {self.token}", **headers}, data=data
        )
        if status == 409 and "X-Line-Retry-Key" in headers:  # taken before: what we wanted has happened
            return b"{}"
        if status >= 400:
            raise _trouble(status, content, url)
        return content


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content or b"{}")
    except ValueError:
        raise Unavailable("not JSON") from None
    if not isinstance(found, dict):
        raise Unavailable("not an object")
    return found


def _trouble(status: int, content: bytes, url: str) -> Exception:
    said = _said(content)
    if status == 429 and MONTHLY in said:
        return Refused("quota", said)
    if status == 429:
        return Busy("status 429")
    if status >= 500 or status == 408:
        return Unavailable(f"status {status}")
    if status in {401, 403} and "/profile/" not in url:
        return Refused("token", said)
    if "reply token" in said.lower():
        return Refused("reply", said)
    if status in {403, 404}:
        return Refused("person", said)
    return Refused("request", said)


def _said(content: bytes) -> str:
    """LINE's own words: the message, and which field it is about."""
    try:
        told = _json(content)
    except Unavailable:
        return ""
    details = [f"{one.get('property', '')} {one.get('message', '')}" for one in told.get("details", []) if one]
    return " · ".join([str(told.get("message", "")), *details])
