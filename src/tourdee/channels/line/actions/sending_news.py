"""The worker's part of news: begin what is due, send it part by part.

A part is claimed, called outside any transaction, and marked. After a crash it is called again with the same retry key, which LINE
takes once. The quota is looked at before each part; when it is reached, the rest stops and the seller reads why. Which of LINE's
three ways it goes was decided when the news began (``queries.ways``).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from tourdee.core.calling import Unavailable
from tourdee.core.periodic import each_in_turn, in_turn

from .. import limits
from ..client import Line, Refused
from ..flex.parts import Json
from ..models import Broadcast, BroadcastPart
from ..queries.audiences import may_write_to
from ..queries.broadcasts import messages_of
from ..queries.connections import NotConnected, line_of_shop
from ..queries.quota import meter_of
from ..queries.screens.orders import in_thai
from ..queries.ways import silent_friends
from . import news_parts
from .broadcasts import begin_news, send_in_parts
from .narrowcasts import send_to_group
from .news_parts import WHY

logger = logging.getLogger(__name__)
STATE, PART, WAY = Broadcast.State, BroadcastPart.State, Broadcast.Way
CLAIM = timedelta(seconds=60)
BATCH = 20


def begin_due(at: datetime) -> int:
    """News whose moment has come. Returns how many began."""
    due = Broadcast.objects.filter(state=STATE.SCHEDULED, send_at__lte=at).select_related(
        "shop", "tag", "about", "about_goods"
    )
    return each_in_turn(due, lambda news: begin_news(broadcast=news, at=at))


def send_parts_due(at: datetime) -> int:
    """Parts that wait. Returns how many were tried."""
    due = BroadcastPart.objects.filter(state=PART.WAITING, broadcast__state=STATE.SENDING, try_at__lte=at)
    tried = 0
    rows = due.select_related("broadcast__shop", "broadcast__voucher").order_by("try_at", "broadcast_id", "number")
    for part in in_turn(rows[:BATCH]):
        mine = BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING, try_at=part.try_at)
        if mine.update(try_at=at + CLAIM, tries=F("tries") + 1):
            _send_part(part, at)
            tried += 1
    return tried


def _send_part(part: BroadcastPart, at: datetime) -> None:
    news = part.broadcast
    may = set(may_write_to(news.shop).values_list("user_id", flat=True))
    people = sorted(may & set(part.followers))
    cost = news.people if news.way == WAY.BROADCAST else len(people)
    if not cost and part.asked_at is None:
        news_parts.note(part, at)
        return
    if part.asked_at is None and not meter_of(news.shop, at).has(cost):
        news_parts.stop(news, WHY["quota"], at)
        return
    try:
        _go_on(part, people, at)
    except NotConnected:
        news_parts.stop(news, WHY["token"], at)
    except limits.TooLong as problem:
        news_parts.stop(news, problem.message, at)
    except Refused as no:
        news_parts.stop(news, WHY.get(no.kind, f"LINE: {no.said}"), at)
    except Unavailable as trouble:
        logger.warning("LINE did not take a part of news: %s", trouble)
        news_parts.try_again(part, at)
    except Exception:  # one broken part must not stop those behind it
        logger.exception("Part %s of news could not be sent", part.pk)
        news_parts.try_again(part, at)


def _go_on(part: BroadcastPart, people: list[str], at: datetime) -> None:
    with in_thai():
        messages = messages_of(part.broadcast, at)
        limits.check(messages)
    SENDERS[part.broadcast.way](line_of_shop(part.broadcast.shop), part, people, messages, at)


def _send_to_these(line: Line, part: BroadcastPart, people: list[str], messages: list[Json], at: datetime) -> None:
    news_parts.may_have_been_taken(part, at)
    line.multicast(people, messages, unit=part.broadcast.unit, retry_key=part.retry_key)
    news_parts.note(part, at, sent=len(people))


def _send_to_all(line: Line, part: BroadcastPart, people: list[str], messages: list[Json], at: datetime) -> None:
    """Somebody who said stop since the news began is not to get it: then it goes to the others, in parts."""
    if part.asked_at is None and silent_friends(part.broadcast.shop):
        send_in_parts(part=part, at=at)
        return
    news_parts.may_have_been_taken(part, at)
    taken = line.broadcast(messages, retry_key=part.retry_key)
    Broadcast.objects.filter(pk=part.broadcast_id).update(request_id=taken)
    news_parts.note(part, at, sent=part.broadcast.people)


SENDERS: dict[str, Callable[[Line, BroadcastPart, list[str], list[Json], datetime], None]] = {
    WAY.MULTICAST: _send_to_these,
    WAY.NARROWCAST: send_to_group,
    WAY.BROADCAST: _send_to_all,
}
