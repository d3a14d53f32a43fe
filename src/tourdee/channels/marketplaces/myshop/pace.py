"""LINE's limits: 50 requests a second and 1,000 a minute for each key. We ask at most half of that in each second and each minute of the
clock, so that no sixty seconds, wherever they begin, hold more than the whole."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from tourdee.core.calling import Answer, Ask
from tourdee.core.crypto import keyed_hash

A_SECOND, A_MINUTE = 25, 500
KEPT_SECONDS = 120


class Spent(Exception):
    """This minute's requests are made. Nothing is wrong: the next pass goes on where this one stopped."""


class Paced:
    """Asks like ``ask``, never faster than allowed. Raises Spent. All workers count together, in the cache."""

    def __init__(
        self, key: str, ask: Ask, *, clock: Callable[[], float] = time.time, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._place = f"myshop:pace:{keyed_hash('myshop-pace', key)[:24]}"
        self._ask, self._clock, self._wait = ask, clock, wait

    def __call__(self, method: str, url: str, **how: Any) -> Answer:
        now = self._clock()
        if self._counted(f"m{int(now // 60)}") > A_MINUTE:
            raise Spent
        while self._counted(f"s{int(now)}") > A_SECOND:
            self._wait(int(now) + 1 - now)
            now = self._clock()
        return self._ask(method, url, **how)

    def _counted(self, window: str) -> int:
        """This request among those of the window."""
        name = f"{self._place}:{window}"
        cache.add(name, 0, KEPT_SECONDS)
        return int(cache.incr(name))
