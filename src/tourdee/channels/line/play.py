"""The console twin of LINE: it plays the service behind our own client, in its published words, so that a demo or a practice shop
walks the whole way. Nothing leaves the house. It keeps LINE's rules: a reply token counts once and for a minute, a retry key once,
the month has a limit, profiles are of friends.
"""

import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from tourdee.core.calling import Unavailable
from tourdee.core.dates import at_bangkok, bangkok_day

from .models import PlayCall

TOKEN = "play-"  # noqa: S105 - how a practice token begins
MONTH = 300
FEWEST_TOLD = 20
REPLY_LIVES = timedelta(minutes=1)
FRIENDS = {"U" + "a" * 32: "นุ่น (ฝึกซ้อม)", "U" + "b" * 32: "Ben (practice)", "U" + "c" * 32: "ป้าแจ๋ว (ฝึกซ้อม)"}
YOU = "U" + "0" * 32  # the seller, who plays a customer
KEPT_SECONDS = 24 * 60 * 60

Answered = tuple[int, dict[str, Any]]


def exchange(method: str, url: str, *, headers: Mapping[str, str], data: bytes | None = None) -> tuple[int, bytes]:
    """In the place of ``calling.exchange``."""
    token = headers.get("Authorization", "").removeprefix("Bearer ")
    if not token.startswith(TOKEN):
        return 401, b'{"message":"Authentication failed. Confirm that the access token is valid."}'
    path, _mark, query = re.sub(r"^https://[^/]+/v2/bot", "", url).partition("?")
    if found := re.fullmatch(r"/message/([\w.-]+)/content", path):
        return _content(found[1])
    if re.fullmatch(r"/richmenu/[\w-]+/content", path):
        return (200, b"{}") if data and data.startswith(b"\xff\xd8\xff") and len(data) <= 1_000_000 else (400, b"{}")
    body = json.loads(data) if data else {}
    for known_method, pattern, act in ACTS:
        if known_method == method and (match := re.fullmatch(pattern, path)):
            status, answer = act(
                token, body, {**headers, "path": match[1] if match.groups() else "", "query": _unit(query)}
            )
            return status, json.dumps(answer).encode()
    raise Unavailable("the play service does not know this")


def _unit(query: str) -> str:
    return dict(parse_qsl(query)).get("customAggregationUnit", "")


def bot_of(token: str) -> str:
    """The id of the account that a practice token belongs to."""
    return "U" + sha256(token.encode()).hexdigest()[:32]


def reply_token(at: datetime) -> str:
    """As LINE gives one with an event; it says when it was made."""
    return f"{secrets.token_hex(8)}.{int(at.timestamp())}"


def keep_picture(message_id: str, picture: bytes) -> None:
    """A picture that the person at the practice telephone sent."""
    caches["default"].set(f"line-play:{message_id}", picture, KEPT_SECONDS)


def calls_to(token: str, user_id: str) -> list[PlayCall]:
    """What a person has on the screen, oldest first."""
    found = PlayCall.objects.filter(bot=bot_of(token)).order_by("-at", "-pk")[:60]
    return [call for call in reversed(found) if user_id in call.to]


# ------------------------------------------------------------------ what it answers
def _bot(token: str, body: Any, more: Any) -> Answered:
    named = bot_of(token)
    return 200, {
        "userId": named, "basicId": f"@{named[1:9]}", "displayName": "LINE ฝึกซ้อม", "chatMode": "bot", "markAsReadMode": "auto",
    }  # fmt: skip


def _fine(token: str, body: Any, more: Any) -> Answered:
    return 200, {}


def _webhook_is_on(token: str, body: Any, more: Any) -> Answered:
    return 200, {"endpoint": "https://tourdee.example/line/", "active": True}


def _webhook_works(token: str, body: Any, more: Any) -> Answered:
    return 200, {
        "success": True, "statusCode": 200, "reason": "OK", "detail": "200", "timestamp": timezone.now().isoformat(),
    }  # fmt: skip


def _profile(token: str, body: Any, more: Any) -> Answered:
    user = more["path"]
    name = FRIENDS.get(user, "ลูกค้าทดลอง" if user == YOU else f"ลูกค้า {user[1:5]}")
    return 200, {"displayName": name, "userId": user, "language": "en" if "practice" in name else "th"}


def _content(message_id: str) -> tuple[int, bytes]:
    picture = caches["default"].get(f"line-play:{message_id}")
    return (200, picture) if picture else (404, b'{"message":"Not found"}')


def _limit(token: str, body: Any, more: Any) -> Answered:
    return 200, {"type": "limited", "value": MONTH}


def used(token: str) -> int:
    """Paid messages of this month."""
    first = at_bangkok(bangkok_day(timezone.now()).replace(day=1), 0)
    return PlayCall.objects.filter(bot=bot_of(token), at__gte=first).aggregate(sum=Sum("paid"))["sum"] or 0


def _consumption(token: str, body: Any, more: Any) -> Answered:
    return 200, {"totalUsage": used(token)}


def _reply(token: str, body: Any, more: Any) -> Answered:
    wanted = str(body["replyToken"])
    made = datetime.fromtimestamp(int(wanted.rpartition(".")[2] or 0), tz=timezone.get_current_timezone())
    if timezone.now() - made > REPLY_LIVES:
        return 400, {"message": "Invalid reply token"}
    to = caches["default"].get(f"line-play:to:{wanted}") or YOU
    try:
        return _kept(token, "reply", [to], body, reply_token=wanted)
    except IntegrityError:
        return 400, {"message": "Invalid reply token"}


def remember_who(wanted: str, user_id: str) -> None:
    """Whose event a reply token came with."""
    caches["default"].set(f"line-play:to:{wanted}", user_id, KEPT_SECONDS)


def _push(token: str, body: Any, more: Any) -> Answered:
    return _counted(token, "push", [body["to"]], body, more)


def _multicast(token: str, body: Any, more: Any) -> Answered:
    return _counted(token, "multicast", list(body["to"]), body, more)


def _counted(token: str, kind: str, to: list[str], body: Any, more: Any) -> Answered:
    if used(token) + len(to) > MONTH:
        return 429, {"message": "You have reached your monthly limit."}
    key = more.get("X-Line-Retry-Key", "")
    try:
        return _kept(
            token, kind, to, body, retry_key=key, paid=len(to), unit="".join(body.get("customAggregationUnits", []))
        )
    except IntegrityError:
        return 409, {"message": "The retry key is already accepted"}


def _kept(token: str, kind: str, to: list[str], body: Any, **more: Any) -> Answered:
    with transaction.atomic():
        PlayCall.objects.create(
            bot=bot_of(token), to=to, kind=kind, messages=body["messages"], at=timezone.now(), **more
        )
    return 200, {
        "sentMessages": [{"id": secrets.token_hex(8)} for _message in body["messages"]]
    } if kind != "multicast" else {}


def _seen(token: str, body: Any, more: Any) -> Answered:
    """Most have seen it and some have tapped; as with LINE, nothing is told below twenty people."""
    people = sum(
        len(call.to) for call in PlayCall.objects.filter(bot=bot_of(token), kind="multicast", unit=more["query"])
    )
    counts = (people * 4 // 5, people // 4) if people * 4 // 5 >= FEWEST_TOLD else (None, None)
    return 200, {"overview": {"uniqueImpression": counts[0], "uniqueClick": counts[1]}, "messages": [], "clicks": []}


def _made(name: str) -> Callable[..., Answered]:
    return lambda token, body, more: (200, {name: f"{name[:8].lower()}-play-{secrets.token_hex(6)}"})


ACTS: list[tuple[str, str, Callable[[str, Any, Any], Answered]]] = [
    ("GET", "/info", _bot),
    ("PUT", "/channel/webhook/endpoint", _fine),
    ("GET", "/channel/webhook/endpoint", _webhook_is_on),
    ("POST", "/channel/webhook/test", _webhook_works),
    ("GET", r"/profile/(\w+)", _profile),
    ("GET", "/message/quota", _limit),
    ("GET", "/message/quota/consumption", _consumption),
    ("POST", "/message/reply", _reply),
    ("POST", "/message/push", _push),
    ("POST", "/message/multicast", _multicast),
    ("GET", "/insight/message/event/aggregation", _seen),
    ("POST", "/richmenu", _made("richMenuId")),
    ("POST", r"/user/all/richmenu/([\w-]+)", _fine),
    ("DELETE", r"/richmenu/([\w-]+)", _fine),
    ("POST", "/coupon", _made("couponId")),
    ("PUT", r"/coupon/([\w-]+)/close", _fine),
]
