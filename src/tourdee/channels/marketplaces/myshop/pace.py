"""LINE's limits: 50 requests a second and 1,000 a minute for each key. We ask at most half of that in each second and each minute of the
clock, so that no sixty seconds, wherever they begin, hold more than the whole."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tourdee.core.calling import Answer, Ask
from tourdee.core.periodic import PATIENCE
from tourdee.people.actions import BudgetSpent, spend

A_SECOND, A_MINUTE = 25, 500
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Spent(Exception):
    """This minute's requests are made, or the turn's time is over. Nothing is wrong: the next pass goes on where this one stopped."""


class Paced:
    """Asks like ``ask``, never faster than allowed, and for one turn of the worker. Raises Spent. All processes share one count."""

    def __init__(
        self, key: str, ask: Ask, *, clock: Callable[[], float] = time.time, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._key, self._ask, self._clock, self._wait = key, ask, clock, wait
        self._until = clock() + PATIENCE

    def __call__(self, method: str, url: str, **how: Any) -> Answer:
        if self._clock() >= self._until:
            raise Spent
        try:
            self._count("myshop minute", A_MINUTE, MINUTE)
        except BudgetSpent as full:
            raise Spent from full
        self._wait_for_a_second()
        return self._ask(method, url, **how)

    def _wait_for_a_second(self) -> None:
        while True:
            try:
                self._count("myshop second", A_SECOND, SECOND)
            except BudgetSpent as full:
                self._wait(max(full.until.timestamp() - self._clock(), 0))
            else:
                return

    def _count(self, what: str, limit: int, window: timedelta) -> None:
        at = datetime.fromtimestamp(self._clock(), tz=UTC)
        spend(what=what, subject=self._key, limit=limit, window=window, at=at)
