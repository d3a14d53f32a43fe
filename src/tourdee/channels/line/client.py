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
class Progress:
    """How far a narrowcast is. ``phase``: waiting, sending, succeeded, failed; ``error`` is LINE's number of the failure."""

    phase: str
    sent: int = 0
    failed: int = 0
    error: int = 0


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
        return self._exchanged("GET", f"{BLOBS}/v2/bot/message/{message_id}/content", None, {})[0]

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

    def broadcast(self, messages: Sequence[Json], *, retry_key: UUID) -> str:
        """To every friend, also those whom we do not know. LINE's id of the request."""
        return self._sent_under("/v2/bot/message/broadcast", {"messages": list(messages)}, retry_key)

    def narrowcast(self, messages: Sequence[Json], *, audience: int, most: int, retry_key: UUID) -> str:
        """To a group that stands at LINE, ``most`` people of it; LINE takes its time. LINE's id of the request."""
        body = {
            "messages": list(messages), "recipient": {"type": "audience", "audienceGroupId": audience}, "limit": {"max": most},
        }  # fmt: skip
        return self._sent_under("/v2/bot/message/narrowcast", body, retry_key)

    @understood
    def narrowcast_progress(self, request_id: str) -> Progress:
        """How far it is."""
        found = self._ask("GET", f"/v2/bot/message/progress/narrowcast?requestId={request_id}")
        numbers = [int(found.get(name) or 0) for name in ("successCount", "failureCount", "errorCode")]
        return Progress(str(found["phase"]), *numbers)

    # ------------------------------------------------------------------ groups of people
    @understood
    def make_audience(self, name: str) -> int:
        """An empty group; its id."""
        return int(self._ask("POST", "/v2/bot/audienceGroup/upload", {"description": name})["audienceGroupId"])

    def add_to_audience(self, audience: int, people: Sequence[str]) -> None:
        """Up to ten thousand more; who is in it already is in it once."""
        body = {"audienceGroupId": audience, "audiences": [{"id": one} for one in people]}
        self._ask("PUT", "/v2/bot/audienceGroup/upload", body)

    @understood
    def audience_status(self, audience: int) -> str:
        """``READY`` once it may be written to; ``IN_PROGRESS``, or what became of it."""
        return str(self._ask("GET", f"/v2/bot/audienceGroup/{audience}")["audienceGroup"]["status"])

    def delete_audience(self, audience: int) -> None:
        """It takes one of the thousand places no more."""
        self._ask("DELETE", f"/v2/bot/audienceGroup/{audience}")

    # ------------------------------------------------------------------ figures
    @understood
    def friends(self, day: str) -> int | None:
        """How many a broadcast reached on that day (``20261126``): who ever followed without who blocked; ``None``: not counted."""
        found = self._ask("GET", f"/v2/bot/insight/followers?date={day}")
        return int(found["followers"]) - int(found["blocks"]) if found["status"] == "ready" else None

    @understood
    def seen_of(self, request_id: str) -> tuple[int | None, int | None]:
        """The same as ``seen``, of a broadcast or a narrowcast."""
        overview = self._ask("GET", f"/v2/bot/insight/message/event?requestId={request_id}")["overview"]
        return overview.get("uniqueImpression"), overview.get("uniqueClick")

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
        return _json(self._called(method, path, body, retry_key)[0])

    def _sent_under(self, path: str, body: Json, retry_key: UUID) -> str:
        """LINE's id of what it took now, or took before under this key; empty where it does not say."""
        headers = self._called("POST", path, body, retry_key)[1]
        return headers.get("x-line-accepted-request-id") or headers.get("x-line-request-id", "")

    def _called(
        self, method: str, path: str, body: Json | None, retry_key: UUID | None
    ) -> tuple[bytes, Mapping[str, str]]:
        headers = {"X-Line-Retry-Key": str(retry_key)} if retry_key else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        return self._exchanged(method, f"{API}{path}", data, headers)

    def _exchanged(
        self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        status, content, told = self.exchange(
            method, url, headers={"Authorization": f"Bearer {self.token}", **headers}, data=data
        )
        if status == 409 and "X-Line-Retry-Key" in headers:  # taken before: what we wanted has happened
            return b"{}", told
        if status >= 400:
            raise _trouble(status, content, url)
        return content, told


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
