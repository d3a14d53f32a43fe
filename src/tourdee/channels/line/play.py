"""The console twin of LINE: it plays the service behind our own client, in its published words, so that a demo or a practice shop
walks the whole way. Nothing leaves the house. It keeps LINE's rules: a reply token counts once and for a minute, a retry key once,
the month has a limit, profiles are of friends, groups take a moment to be ready, a narrowcast is taken first and sent later and
needs fifty people. Its friends are the shop's followers in this house.
"""

import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from tourdee.core.calling import Exchanged, Unavailable
from tourdee.core.dates import at_bangkok, bangkok_day

from . import play_crowd
from .models import PlayCall
from .play_crowd import bot_of, friends_of

TOKEN = "play-"  # noqa: S105 - how a practice token begins
MONTH = 300
FEWEST_IN_NARROWCAST = 50
NARROWCAST_WAITS, NARROWCAST_TAKES = timedelta(seconds=3), timedelta(seconds=8)
REPLY_LIVES = timedelta(minutes=1)
FRIENDS = {"U" + "a" * 32: "นุ่น (ฝึกซ้อม)", "U" + "b" * 32: "Ben (practice)", "U" + "c" * 32: "ป้าแจ๋ว (ฝึกซ้อม)"}
YOU = "U" + "0" * 32  # the seller, who plays a customer
KEPT_SECONDS = 24 * 60 * 60

Answered = tuple[int, dict[str, Any]] | tuple[int, dict[str, Any], dict[str, str]]


def exchange(method: str, url: str, *, headers: Mapping[str, str], data: bytes | None = None) -> Exchanged:
    """In the place of ``calling.exchange``."""
    token = headers.get("Authorization", "").removeprefix("Bearer ")
    if not token.startswith(TOKEN):
        return 401, b'{"message":"Authentication failed. Confirm that the access token is valid."}', {}
    path, _mark, query = re.sub(r"^https://[^/]+/v2/bot", "", url).partition("?")
    if found := re.fullmatch(r"/message/([\w.-]+)/content", path):
        return _content(found[1])
    if re.fullmatch(r"/richmenu/[\w-]+/content", path):
        fits = data and data.startswith(b"\xff\xd8\xff") and len(data) <= 1_000_000
        return 200 if fits else 400, b"{}", {}
    body = json.loads(data) if data else {}
    for known_method, pattern, act in ACTS:
        if known_method == method and (match := re.fullmatch(pattern, path)):
            asked = {"path": match[1] if match.groups() else "", "query": dict(parse_qsl(query))}
            status, answer, *told = act(token, body, {**headers, **asked})
            return status, json.dumps(answer).encode(), told[0] if told else {}
    raise Unavailable("the play service does not know this")


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


def _content(message_id: str) -> Exchanged:
    picture = caches["default"].get(f"line-play:{message_id}")
    return (200, picture, {}) if picture else (404, b'{"message":"Not found"}', {})


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
    request_id = str(uuid4())
    try:
        answer = _kept(
            token, kind, to, body, retry_key=key, paid=len(to), unit="".join(body.get("customAggregationUnits", [])),
            request_id=request_id,
        )  # fmt: skip
    except IntegrityError:
        before = PlayCall.objects.get(bot=bot_of(token), retry_key=key).request_id
        return 409, {"message": "The retry key is already accepted"}, {"x-line-accepted-request-id": before}
    return answer[0], answer[1], {"x-line-request-id": request_id}


def _broadcast(token: str, body: Any, more: Any) -> Answered:
    return _counted(token, "broadcast", list(friends_of(token).values_list("user_id", flat=True)), body, more)


def _narrowcast(token: str, body: Any, more: Any) -> Answered:
    """Taken at once; to whom it goes is known now, and told later. A group that is too small is told later too."""
    group = play_crowd.group_of(token, body["recipient"]["audienceGroupId"])
    if group is None or not play_crowd.is_ready(group):
        return 400, {"message": "The audience group is not ready"}
    friends = set(friends_of(token).values_list("user_id", flat=True))
    to = [one for one in group.people if one in friends] if len(group.people) >= FEWEST_IN_NARROWCAST else []
    answer = _counted(token, "narrowcast", to[: body["limit"]["max"]], body, more)
    return (202, *answer[1:]) if answer[0] == 200 else answer


def _progress(token: str, body: Any, more: Any) -> Answered:
    call = PlayCall.objects.filter(bot=bot_of(token), request_id=more["query"]["requestId"]).first()
    if call is None:
        return 404, {"message": "Not found"}
    said: dict[str, Any] = {"acceptedTime": call.at.isoformat()}
    age = timezone.now() - call.at
    if age < NARROWCAST_TAKES:
        return 200, {**said, "phase": "waiting" if age < NARROWCAST_WAITS else "sending"}
    if not call.to:
        return 200, {**said, "phase": "failed", "errorCode": 4, "failedDescription": "fewer than 50 recipients"}
    counts = {"successCount": len(call.to), "failureCount": 0, "targetCount": len(call.to)}
    return 200, {**said, **counts, "phase": "succeeded", "completedTime": (call.at + NARROWCAST_TAKES).isoformat()}


def _kept(token: str, kind: str, to: list[str], body: Any, **more: Any) -> Answered:
    with transaction.atomic():
        PlayCall.objects.create(
            bot=bot_of(token), to=to, kind=kind, messages=body["messages"], at=timezone.now(), **more
        )
    return 200, {"sentMessages": [{"id": secrets.token_hex(8)} for _message in body["messages"]]} if kind in {
        "reply",
        "push",
    } else {}


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
    ("POST", "/message/broadcast", _broadcast),
    ("POST", "/message/narrowcast", _narrowcast),
    ("GET", "/message/progress/narrowcast", _progress),
    ("POST", "/audienceGroup/upload", play_crowd.make_group),
    ("PUT", "/audienceGroup/upload", play_crowd.fill_group),
    ("GET", r"/audienceGroup/(\d+)", play_crowd.tell_group),
    ("DELETE", r"/audienceGroup/(\d+)", play_crowd.delete_group),
    ("GET", "/insight/followers", play_crowd.friends),
    ("GET", "/insight/message/event", play_crowd.seen_of_request),
    ("GET", "/insight/message/event/aggregation", play_crowd.seen_of_unit),
    ("POST", "/richmenu", _made("richMenuId")),
    ("POST", r"/user/all/richmenu/([\w-]+)", _fine),
    ("DELETE", r"/richmenu/([\w-]+)", _fine),
    ("POST", "/coupon", _made("couponId")),
    ("PUT", r"/coupon/([\w-]+)/close", _fine),
]
