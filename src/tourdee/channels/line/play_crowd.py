"""Whom the console twin of LINE knows: the account's friends, the groups made of them, and how many saw what was sent."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from .models import Follower, PlayAudience, PlayCall

FEWEST_TOLD = 20
GROUP_TAKES = timedelta(seconds=4)

Answered = tuple[int, dict[str, Any]]


def bot_of(token: str) -> str:
    """The id of the account that a practice token belongs to."""
    return "U" + sha256(token.encode()).hexdigest()[:32]


def friends_of(token: str) -> QuerySet[Follower]:
    """Whom a broadcast reaches."""
    return Follower.objects.filter(shop__line__bot_id=bot_of(token), left_at__isnull=True)


# ------------------------------------------------------------------ groups
def group_of(token: str, named: Any) -> PlayAudience | None:
    return PlayAudience.objects.filter(bot=bot_of(token), pk=named).first()


def is_ready(group: PlayAudience) -> bool:
    return bool(group.people) and timezone.now() - group.filled_at >= GROUP_TAKES


def make_group(token: str, body: Any, more: Any) -> Answered:
    made = PlayAudience.objects.create(
        bot=bot_of(token), name=body["description"], people=[], filled_at=timezone.now()
    )  # fmt: skip
    return 202, {"audienceGroupId": made.pk, "type": "UPLOAD", "description": made.name}


def fill_group(token: str, body: Any, more: Any) -> Answered:
    group = group_of(token, body["audienceGroupId"])
    if group is None:
        return 400, {"message": "audience group not found"}
    group.people = sorted({*group.people, *(one["id"] for one in body["audiences"])})
    group.filled_at = timezone.now()
    group.save()
    return 202, {}


def tell_group(token: str, body: Any, more: Any) -> Answered:
    group = group_of(token, more["path"])
    if group is None:
        return 404, {"message": "audience group not found"}
    told = {
        "audienceGroupId": group.pk, "type": "UPLOAD", "description": group.name, "audienceCount": len(group.people),
        "status": "READY" if is_ready(group) else "IN_PROGRESS",
    }  # fmt: skip
    return 200, {"audienceGroup": told, "jobs": []}


def delete_group(token: str, body: Any, more: Any) -> Answered:
    PlayAudience.objects.filter(bot=bot_of(token), pk=more["path"]).delete()
    return 200, {}


# ------------------------------------------------------------------ figures
def seen_of_unit(token: str, body: Any, more: Any) -> Answered:
    return _seen(PlayCall.objects.filter(bot=bot_of(token), unit=more["query"]["customAggregationUnit"]))


def seen_of_request(token: str, body: Any, more: Any) -> Answered:
    return _seen(PlayCall.objects.filter(bot=bot_of(token), request_id=more["query"]["requestId"]))


def _seen(calls: QuerySet[PlayCall]) -> Answered:
    """Most have seen it and some have tapped; as with LINE, nothing is told below twenty people."""
    people = sum(len(call.to) for call in calls)
    counts = (people * 4 // 5, people // 4) if people * 4 // 5 >= FEWEST_TOLD else (None, None)
    return 200, {"overview": {"uniqueImpression": counts[0], "uniqueClick": counts[1]}, "messages": [], "clicks": []}


def friends(token: str, body: Any, more: Any) -> Answered:
    ever = Follower.objects.filter(shop__line__bot_id=bot_of(token))
    gone = ever.filter(left_at__isnull=False).count()
    return 200, {"status": "ready", "followers": ever.count(), "targetedReaches": 0, "blocks": gone}
