"""The worker's part of news: begin what is due, send it part by part, ask how it was received.

A part is claimed, called outside any transaction, and marked. After a crash it is called again with the same retry key, which LINE
takes once. The quota is looked at before each part; when it is reached, the rest stops and the seller reads why.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from tourdee.core.calling import Unavailable
from tourdee.core.dates import bangkok_day

from .. import limits
from ..client import Refused
from ..models import Broadcast, BroadcastPart
from ..queries.audiences import may_write_to
from ..queries.broadcasts import messages_of
from ..queries.connections import NotConnected, line_of_shop
from ..queries.quota import meter_of
from ..queries.screens.orders import in_thai
from .broadcasts import begin_news
from .counting import count_paid

logger = logging.getLogger(__name__)
STATE, PART = Broadcast.State, BroadcastPart.State
CLAIM = timedelta(seconds=60)
MOST_TRIES = 10
COUNT_FOR = timedelta(days=14)
COUNT_EVERY = timedelta(hours=6)
WHY = {
    "quota": "ข้อความเสียเงินของเดือนนี้หมดแล้ว ส่วนที่เหลือไม่ได้ส่ง",
    "token": "LINE ไม่รู้จักกุญแจของร้าน กรุณาเชื่อมต่อใหม่",
    "unavailable": "LINE ไม่ตอบ ลองหลายครั้งแล้ว",
}  # what the seller reads


def begin_due(at: datetime) -> int:
    """News whose moment has come. Returns how many began."""
    due = Broadcast.objects.filter(state=STATE.SCHEDULED, send_at__lte=at).select_related("shop", "tag", "about")
    return sum(begin_news(broadcast=news, at=at) for news in due[:20])


def send_parts_due(at: datetime) -> int:
    """Parts that wait. Returns how many were tried."""
    due = BroadcastPart.objects.filter(state=PART.WAITING, broadcast__state=STATE.SENDING, try_at__lte=at)
    tried = 0
    for part in due.select_related("broadcast__shop", "broadcast__voucher").order_by("broadcast_id", "number")[:20]:
        mine = BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING, try_at=part.try_at)
        if mine.update(try_at=at + CLAIM, tries=F("tries") + 1):
            _send_part(part, at)
            tried += 1
    return tried


def _send_part(part: BroadcastPart, at: datetime) -> None:
    news = part.broadcast
    people = list(may_write_to(news.shop).filter(user_id__in=part.followers).values_list("user_id", flat=True))
    if not people:
        _mark(part, PART.SENT, 0, at)
        return
    if not part.tries and not meter_of(news.shop, at).has(len(people)):
        _stop(news, WHY["quota"], at)
        return
    try:
        _call(part, sorted(people), at)
    except NotConnected:
        _stop(news, WHY["token"], at)
    except limits.TooLong as problem:
        _stop(news, problem.message, at)
    except Refused as no:
        _stop(news, WHY.get(no.kind, f"LINE: {no.said}"), at)
    except Unavailable as trouble:
        logger.warning("LINE did not take a part of news: %s", trouble)
        _later(part, at)
    else:
        _mark(part, PART.SENT, len(people), at)


def _call(part: BroadcastPart, people: list[str], at: datetime) -> None:
    with in_thai():
        messages = messages_of(part.broadcast, at)
        limits.check(messages)
    line_of_shop(part.broadcast.shop).multicast(
        people, messages, unit=part.broadcast.unit, retry_key=part.retry_key
    )  # fmt: skip


def _later(part: BroadcastPart, at: datetime) -> None:
    if part.tries + 1 >= MOST_TRIES:
        BroadcastPart.objects.filter(pk=part.pk).update(why=WHY["unavailable"])
        _mark(part, PART.FAILED, len(part.followers), at)
        return
    pause = timedelta(seconds=min(10 * 2**part.tries, 1800))
    BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING).update(try_at=at + pause)


@transaction.atomic
def _mark(part: BroadcastPart, state: BroadcastPart.State, people: int, at: datetime) -> None:
    if not BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING).update(state=state):
        return
    column = "sent" if state == PART.SENT else "failed"
    mine = Broadcast.objects.filter(pk=part.broadcast_id)
    mine.update(**{column: F(column) + people})
    if state == PART.SENT and people:
        count_paid(shop=part.broadcast.shop, number=people, at=at)
    if not BroadcastPart.objects.filter(broadcast=part.broadcast_id, state=PART.WAITING).exists():
        mine.filter(state=STATE.SENDING).update(state=STATE.SENT, ended_at=at)


@transaction.atomic
def _stop(news: Broadcast, why: str, at: datetime) -> None:
    Broadcast.objects.filter(pk=news.pk, state=STATE.SENDING).update(state=STATE.STOPPED, why=why[:200], ended_at=at)


def ask_how_it_went(at: datetime) -> int:
    """LINE counts who saw it, for some days. Returns how many were asked about."""
    fresh = Broadcast.objects.filter(state__in=[STATE.SENT, STATE.STOPPED], sent__gte=1, started_at__gt=at - COUNT_FOR)
    due = fresh.filter(Q(counted_at__isnull=True) | Q(counted_at__lte=at - COUNT_EVERY)).select_related("shop")
    found = list(due.order_by("counted_at", "pk")[:10])
    for news in found:
        _count(news, at)
    return len(found)


def _count(news: Broadcast, at: datetime) -> None:
    assert news.started_at
    first, last = (f"{bangkok_day(moment):%Y%m%d}" for moment in (news.started_at, at))
    try:
        seen, tapped = line_of_shop(news.shop).seen(news.unit, first, last)
    except (NotConnected, Refused, Unavailable) as trouble:
        logger.warning("LINE does not tell how news were received: %s", type(trouble).__name__)
        return
    Broadcast.objects.filter(pk=news.pk).update(seen=seen, tapped=tapped, counted_at=at)
