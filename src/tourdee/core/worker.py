"""The worker: delivers events, does what is due by the clock, and says every few seconds that it is alive."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from . import periodic
from .models import SignOfLife

logger = logging.getLogger(__name__)
SIGN_SECONDS = 10.0
PAUSE_SECONDS = 0.5  # between two looks for new tasks
TASKS_A_ROUND = 20  # then the clock's jobs get their turn even when tasks keep coming


class Round(TaskWorker):
    """A handful of tasks, or as many as there is time for: a mail server that does not answer takes a while for each."""

    def __init__(self, worker_id: str, *, after_each: Callable[[], None], clock: Callable[[], float]) -> None:
        super().__init__(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=TASKS_A_ROUND, worker_id=worker_id, excluded_queue_names=[],
        )  # fmt: skip
        self._after_each, self._clock, self._until = after_each, clock, clock() + periodic.PATIENCE

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        self._after_each()
        self.running = self.running and self._clock() < self._until


class Worker:
    """Runs tasks in rounds, and periodic jobs between two rounds; after each of them it may be time for the sign of life. Ends after
    the task in hand."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._id = get_random_string(32)
        self._ending = threading.Event()
        self._round: Round | None = None
        self._signed = float("-inf")

    def run(self) -> None:
        """Until ``end`` is called. Trouble with the database is logged and waited out."""
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it tells of every empty round
        while not self._ending.is_set():
            try:
                busy = self.turn()
            except DatabaseError:
                logger.exception("The database does not answer; trying again")
                connection.close()
                busy = False
            if not busy:
                self._ending.wait(PAUSE_SECONDS)

    def turn(self) -> bool:
        """One round: sign of life, periodic jobs, a handful of tasks. True when there was a task to do."""
        close_old_connections()
        self._sign()
        periodic.run_due(now=self._clock(), after_each=self._sign)
        return self._run_tasks()

    def _sign(self) -> None:
        if self._clock() - self._signed >= SIGN_SECONDS:
            say_alive()
            self._signed = self._clock()

    def end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Finish the task in hand and stop; a second signal stops at once."""
        self._ending.set()
        if self._round is not None:
            self._round.running = False
        if number:
            signal.signal(number, signal.SIG_DFL)

    def _run_tasks(self) -> bool:
        if not DBTaskResult.objects.ready().exists():  # looking costs nothing; claiming takes SQLite's write lock
            return False
        self._round = Round(self._id, after_each=self._sign, clock=self._clock)
        self._round.running = not self._ending.is_set()
        self._round.run()
        return self._round._run_tasks > 0


def say_alive() -> None:
    """Write the sign of life by which /healthz knows that the worker lives."""
    SignOfLife.objects.update_or_create(name="worker", defaults={"at": timezone.now()})
