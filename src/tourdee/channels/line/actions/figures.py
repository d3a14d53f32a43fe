"""LINE's own figures, asked for again and again: the month's count of paid messages, a shop's friends, who saw its news.

Who was not asked for longest comes first, and a turn that takes long ends, so that the next one goes on there. What LINE does not answer
is asked again after growing pauses.
"""

import logging
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from tourdee.core.calling import Unavailable
from tourdee.core.dates import bangkok_day
from tourdee.core.periodic import Clock, in_turn

from ..client import Line, Refused
from ..models import Broadcast, Connection
from ..queries.connections import NotConnected, line_of, line_of_shop
from .counting import note_count

logger = logging.getLogger(__name__)
EVERY = timedelta(minutes=30)
NEWS_EVERY = timedelta(hours=6)
NEWS_FOR = timedelta(days=14)
LONGEST_PAUSE = timedelta(days=1)


def ask_for_counts(at: datetime, *, clock: Clock = time.monotonic) -> int:
    """The month's paid messages of every connected shop. Returns how many were told."""
    due = _oldest_first(_connected(), "count", at).select_related("shop")
    return sum(_asked(one, "count", _ask_for_count, EVERY, at) for one in in_turn(due, clock=clock))


def ask_for_friends(at: datetime, *, clock: Clock = time.monotonic) -> int:
    """How many friends each shop has as LINE counts them, of yesterday, once a day. Returns how many were told."""
    unknown = _connected().filter(Q(friends_on__lt=_yesterday(at)) | Q(friends_on__isnull=True))
    due = _oldest_first(unknown, "friends", at)
    return sum(_asked(one, "friends", _ask_for_friends, EVERY, at) for one in in_turn(due, clock=clock))


def ask_how_it_went(at: datetime, *, clock: Clock = time.monotonic) -> int:
    """Who saw news: LINE counts for some days. Returns how many were told."""
    sent = Broadcast.objects.filter(state__in=[Broadcast.State.SENT, Broadcast.State.STOPPED], sent__gte=1)
    due = _oldest_first(sent.filter(started_at__gt=at - NEWS_FOR), "count", at).select_related("shop")
    return sum(_asked(one, "count", _ask_who_saw_it, NEWS_EVERY, at) for one in in_turn(due, clock=clock))


def _connected() -> QuerySet[Connection]:
    return Connection.objects.filter(webhook_at__isnull=False).exclude(keys="")


def _oldest_first(rows: QuerySet[Any], what: str, at: datetime) -> QuerySet[Any]:
    """Those of which ``what`` is due."""
    due = Q(**{f"{what}_due_at__isnull": True}) | Q(**{f"{what}_due_at__lte": at})
    return rows.filter(due).order_by(F(f"{what}_due_at").asc(nulls_first=True), "pk")


def _asked(row: Any, what: str, ask: Callable[[Any, datetime], bool], every: timedelta, at: datetime) -> bool:
    """Whether LINE told. The next time comes after ``every``, or after a pause that grows while it does not answer."""
    tries = getattr(row, f"{what}_tries")
    pause = min(EVERY * 2 ** min(tries, 10), LONGEST_PAUSE)
    try:
        told = ask(row, at)
    except (NotConnected, Refused, Unavailable) as trouble:
        logger.warning("LINE does not tell the %s of %s: %s", what, row.public_id, type(trouble).__name__)
    except Exception:
        logger.exception("What LINE told of %s was not understood", row.public_id)
    else:
        _ask_next(row, what, at + every, 0)
        return told
    _ask_next(row, what, at + pause, tries + 1)
    return False


def _ask_next(row: Any, what: str, due_at: datetime, tries: int) -> None:
    type(row).objects.filter(pk=row.pk).update(**{f"{what}_due_at": due_at, f"{what}_tries": tries})


def _ask_for_count(connection: Connection, at: datetime) -> bool:
    limit, used = line_of(connection).quota()
    note_count(shop=connection.shop, limit=limit, used=used, at=at)
    return True


def _ask_for_friends(connection: Connection, at: datetime) -> bool:
    """``False``: LINE has not counted that day yet."""
    day = _yesterday(at)
    friends = line_of(connection).friends(f"{day:%Y%m%d}")
    if friends is None:
        return False
    return Connection.objects.filter(pk=connection.pk).update(friends=max(0, friends), friends_on=day) == 1


def _ask_who_saw_it(news: Broadcast, at: datetime) -> bool:
    seen, tapped = _seen(line_of_shop(news.shop), news, at)
    return Broadcast.objects.filter(pk=news.pk).update(seen=seen, tapped=tapped, counted_at=at) == 1


def _seen(line: Line, news: Broadcast, at: datetime) -> tuple[int | None, int | None]:
    if news.request_id:
        return line.seen_of(news.request_id)
    assert news.started_at
    first, last = (f"{bangkok_day(moment):%Y%m%d}" for moment in (news.started_at, at))
    return line.seen(news.unit, first, last)


def _yesterday(at: datetime) -> date:
    return bangkok_day(at) - timedelta(days=1)
