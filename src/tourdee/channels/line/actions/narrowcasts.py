"""News to a group that LINE sends to by itself: the group is made, filled, waited for; then LINE is asked to send, and asked how far
it is. Each step is one call and is kept before the next, so that a crash repeats a step that may be repeated.

Where it does not come to it (somebody says stop meanwhile, the group is never ready, LINE finds it too small), nothing was sent, and
the same people are written to in parts.
"""

import logging
from datetime import datetime, timedelta

from django.db.models import F

from tourdee.core.calling import Unavailable
from tourdee.core.periodic import each_in_turn

from ..client import Line, Refused
from ..flex.parts import Json
from ..models import AudienceGroup, Broadcast, BroadcastPart
from ..queries.connections import NotConnected, line_of_shop
from . import news_parts
from .broadcasts import send_in_parts
from .news_parts import WHY

logger = logging.getLogger(__name__)
FILLED_AT_ONCE = 10_000
SOON, LATER = timedelta(seconds=5), timedelta(minutes=1)
READY_WITHIN = timedelta(hours=2)
TOLD_WITHIN = timedelta(hours=24)
TOO_FEW, TAKEN_BEFORE = {2, 4}, 3  # LINE's numbers of a failure


def send_to_group(line: Line, part: BroadcastPart, people: list[str], messages: list[Json], at: datetime) -> None:
    """The next step. Raises Refused, Unavailable."""
    if part.broadcast.request_id:
        _look(line, part, at)
    elif part.asked_at is None and len(people) < len(part.followers):  # LINE's group holds somebody who has said stop
        send_in_parts(part=part, at=at)
    else:
        _prepare(line, part, messages, at)


def _prepare(line: Line, part: BroadcastPart, messages: list[Json], at: datetime) -> None:
    group = AudienceGroup.objects.filter(broadcast=part.broadcast_id).first()
    if group is None:
        made = line.make_audience(part.broadcast.unit)
        AudienceGroup.objects.get_or_create(
            broadcast=part.broadcast, defaults={"outside_id": made, "made_at": at}
        )  # fmt: skip
    elif group.filled < len(part.followers):
        _fill(line, group, part)
    elif line.audience_status(group.outside_id) == "READY":
        _ask_to_send(line, part, group, messages, at)
        return
    elif at - group.made_at > READY_WITHIN:
        send_in_parts(part=part, at=at)
        return
    news_parts.look_again(part, SOON, at)


def _fill(line: Line, group: AudienceGroup, part: BroadcastPart) -> None:
    some = part.followers[group.filled : group.filled + FILLED_AT_ONCE]
    line.add_to_audience(group.outside_id, some)
    AudienceGroup.objects.filter(pk=group.pk).update(filled=F("filled") + len(some))


def _ask_to_send(line: Line, part: BroadcastPart, group: AudienceGroup, messages: list[Json], at: datetime) -> None:
    news_parts.may_have_been_taken(part, at)
    taken = line.narrowcast(
        messages, audience=group.outside_id, most=len(part.followers), retry_key=part.retry_key
    )  # fmt: skip
    if taken:
        Broadcast.objects.filter(pk=part.broadcast_id).update(request_id=taken)
        news_parts.look_again(part, SOON, at)
    else:
        _note_untold(part, at)


def _look(line: Line, part: BroadcastPart, at: datetime) -> None:
    """LINE has taken it, so that no trouble in asking makes it a failure."""
    try:
        found = line.narrowcast_progress(part.broadcast.request_id)
    except (Refused, Unavailable) as trouble:
        logger.warning("LINE does not tell how far a narrowcast is: %s", type(trouble).__name__)
        _wait(part, at)
        return
    if found.phase == "succeeded":
        most = len(part.followers)
        sent = min(found.sent, most)
        news_parts.note(part, at, sent=sent, failed=min(found.failed, most - sent))
    elif found.phase == "failed":
        _note_failed(part, found.error, at)
    else:
        _wait(part, at)


def _wait(part: BroadcastPart, at: datetime) -> None:
    asked = part.asked_at or at
    if at - asked > TOLD_WITHIN:
        _note_untold(part, at)
    else:
        news_parts.look_again(part, SOON if at - asked < LATER else LATER, at)


def _note_failed(part: BroadcastPart, error: int, at: datetime) -> None:
    if error in TOO_FEW:
        send_in_parts(part=part, at=at)
    elif error == TAKEN_BEFORE:
        _note_untold(part, at)
    else:
        news_parts.note(part, at, failed=len(part.followers), why=WHY["failed"])


def _note_untold(part: BroadcastPart, at: datetime) -> None:
    """Counted as sent to all, so that the month's meter is never too low."""
    news_parts.note(part, at, sent=len(part.followers), why=WHY["untold"])


def clear_groups(at: datetime) -> int:
    """Groups at LINE whose news are over. Returns how many went."""
    over = AudienceGroup.objects.exclude(broadcast__state__in=Broadcast.OPEN).select_related("broadcast__shop")
    return each_in_turn(over, _cleared)


def _cleared(group: AudienceGroup) -> bool:
    try:
        line_of_shop(group.broadcast.shop).delete_audience(group.outside_id)
    except (Refused, NotConnected):
        pass  # it is gone there, or we are
    except Unavailable as trouble:
        logger.warning("LINE keeps a group: %s", trouble)
        return False
    group.delete()
    return True
