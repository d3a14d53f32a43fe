"""What is due by the clock: rooms register jobs in their ``periodic.py``; the worker runs those that are due.

    @every(seconds=30)
    def expire_holds(at: datetime) -> None: ...

A job runs in one worker process at a time of its own choosing, may run late, and must not mind running twice. One that
fails is logged and tried again when it is next due; it stops no other. One whose rows may be many goes through them ``in_turn``.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection
from django.utils import timezone

logger = logging.getLogger(__name__)
Work = Callable[[datetime], object]
Clock = Callable[[], float]
Row = TypeVar("Row")
PATIENCE = 20.0  # seconds for one job in one turn: the worker has other work, and must say within ninety that it lives
FINISHED_TASKS_KEPT = timedelta(days=1)
FAILED_TASKS_KEPT = timedelta(days=90)
ABANDONED_AFTER = timedelta(minutes=15)
SAMPLED_ROWS = 400  # of each index: 0.1 s for 250 MB
MOST_WORKERS = 5  # that may be lost to one task


@dataclass
class Job:
    """One registered job and when it is next due, by the clock that never goes backwards."""

    work: Work
    seconds: float
    name: str
    due: float = 0.0


_jobs: dict[str, Job] = {}


def every(*, seconds: float) -> Callable[[Work], Work]:
    """Decorator for a function in a room's ``periodic.py``; it is called with the time (aware) and opens its own
    transaction."""

    def register(work: Work) -> Work:
        name = f"{work.__module__}.{work.__qualname__}"
        _jobs[name] = Job(work, seconds, name)
        return work

    return register


def in_turn(rows: Iterable[Row], *, clock: Clock = time.monotonic) -> Iterator[Row]:
    """One row after the other until the turn's time is over, one at least. Who takes the oldest first, and notes that it was looked at,
    goes on at the next turn where this one ended."""
    until = clock() + PATIENCE
    for row in rows:
        yield row
        if clock() >= until:
            return


def each_in_turn(rows: Iterable[Row], act: Callable[[Row], int], *, clock: Clock = time.monotonic) -> int:
    """``act`` on one row after the other, ``in_turn``. One that fails is logged and keeps no other waiting. Returns the sum of what the
    acts return."""
    return sum(_done(act, row) for row in in_turn(rows, clock=clock))


def _done(act: Callable[[Row], int], row: Row) -> int:
    try:
        return act(row)
    except Exception:
        logger.exception("%r could not be looked after by the clock", row)
        return 0


def run_due(*, now: float | None = None, after_each: Callable[[], None] = lambda: None) -> list[str]:
    """Run every job that is due. Returns their names; a failure is logged, not raised."""
    moment = time.monotonic() if now is None else now
    ran = []
    for job in list(_jobs.values()):
        if job.due <= moment:
            job.due = moment + job.seconds
            ran.append(job.name)
            _run(job)
            after_each()
    return ran


def _run(job: Job) -> None:
    try:
        job.work(timezone.now())
    except Exception:
        logger.exception("Periodic job %s failed", job.name)


@every(seconds=3600)
def forget_finished_tasks(at: datetime) -> None:
    """Tasks that ended well more than a day ago are of no use to anybody. Failed ones stay for a person to look at, but
    not for ever: a letter that nobody took names people and holds their links."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - FINISHED_TASKS_KEPT).delete()
    DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=at - FAILED_TASKS_KEPT).delete()


@every(seconds=60)
def seal_audit_lines(at: datetime) -> None:
    """So that what is changed in the log past the program is found."""
    from .audit import seal_lines

    seal_lines(at)


@every(seconds=6 * 3600)
def count_rows(_at: datetime) -> None:
    """SQLite chooses between indexes by what it last counted, a sample of each. Uncounted, it looked through all dates of
    a shop for the one in the basket: 11 ms in place of 0.2 with 6,000 of them. PostgreSQL counts by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={SAMPLED_ROWS}")
            cursor.execute("ANALYZE")


@every(seconds=60)
def take_up_abandoned_tasks(at: datetime) -> None:
    """A task whose worker was killed in the middle is run again: listeners do nothing twice. One that has ended several workers is
    given up, or it would end them all."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - ABANDONED_AFTER):
        if len(row.worker_ids) >= MOST_WORKERS:
            row.set_failed(RuntimeError("Each worker that began it was gone before it was done"))
        else:
            DBTaskResult.objects.filter(pk=row.pk, started_at=row.started_at).update(
                status=TaskResultStatus.READY, started_at=None
            )
