"""How often something may be done: counted in the database, so that all processes share one count."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from tourdee.core.crypto import keyed_hash

from ..models import Budget

KEPT = timedelta(days=2)


class BudgetSpent(Exception):
    """The limit of this window is reached; ``until`` is when the next one begins."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@transaction.atomic
def spend(*, what: str, subject: str, limit: int, window: timedelta, at: datetime, times: int = 1) -> None:
    """Count one more ``what`` of ``subject`` in the present window (or ``times`` more at once, all or none). Raises
    BudgetSpent when ``limit`` would be passed.

    Windows are fixed (each quarter of an hour, each day), so one conditional UPDATE decides and nothing races.
    """
    start = _start(at, window)
    key = keyed_hash("budget", f"{what}|{window.total_seconds():.0f}|{subject}")
    Budget.objects.bulk_create([Budget(key=key, window_start=start)], ignore_conflicts=True)
    counted = Budget.objects.filter(key=key, window_start=start, spent__lte=limit - times).update(
        spent=F("spent") + times
    )
    if counted != 1:
        raise BudgetSpent(start + window)


def forget_old_budgets(*, at: datetime) -> None:
    """Counts of windows long over."""
    Budget.objects.filter(window_start__lt=at - KEPT).delete()


def _start(at: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)
