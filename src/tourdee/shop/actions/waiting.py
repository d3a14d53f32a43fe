"""How the worker tries again: a row that waits for an outside service is taken by one worker for a while, and each failure puts
the next try further off."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

LEASE = timedelta(minutes=2)  # longer than a call can take: who dies in it is followed by somebody else
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
A_ROUND = 2  # of each kind: should every service be silent, the worker still says within its 90 seconds that it lives


def due(rows: QuerySet[Any], at: datetime) -> list[Any]:
    """Rows whose time has come, taken for ``LEASE`` and counted as tried. Another worker gets none of them."""
    ready = list(rows.filter(try_at__lte=at).order_by("try_at")[:A_ROUND])
    return [row for row in ready if _taken(row, at)]


def _taken(row: Any, at: datetime) -> bool:
    lease = at + LEASE
    mine = type(row)._default_manager.filter(pk=row.pk, try_at=row.try_at)
    if not mine.update(try_at=lease, tries=F("tries") + 1):
        return False
    row.try_at, row.tries = lease, row.tries + 1
    return True


def pause(tries: int) -> timedelta:
    """15 seconds, 30, 60 … up to an hour."""
    return min(FIRST_PAUSE * 2 ** min(max(tries - 1, 0), 12), LONGEST_PAUSE)


def put_off(row: Any, at: datetime, **changes: object) -> None:
    """Try again later, unless news came meanwhile that must be looked at sooner."""
    type(row)._default_manager.filter(pk=row.pk, try_at=row.try_at).update(try_at=at + pause(row.tries), **changes)
