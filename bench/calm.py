"""Rounds at this machine's full speed.

On shared hardware a core has been seen to take twice as long for the same Python, for seconds at a time and several times a
minute: a neighbour at work. Such a round measures the neighbour. So rounds are short, a fixed piece of Python is timed on each
core before and after, and only rounds between two calm moments count; how many there were and how many were tried is told.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

Figures = dict[str, float]
Round = TypeVar("Round")

WANTED, FEWEST, TRIES = 5, 3, 30
TOLERANCE = 1.2
"""How much longer than its best time the piece may take in a calm moment."""
PATIENCE_SECONDS = 2


class Machine:
    """How long the piece takes now on the slowest core, against the best that was ever seen."""

    def __init__(self) -> None:
        self.best = min(self.now_ms() for _look in range(20))

    def now_ms(self) -> float:
        cores = os.sched_getaffinity(0)
        try:
            return max(_on(core) for core in cores)
        finally:
            os.sched_setaffinity(0, cores)

    def look(self) -> float:
        now = self.now_ms()
        self.best = min(self.best, now)
        return now

    def wait_for_calm(self) -> float:
        """Until it is calm, or patience ends. Returns what the last look saw."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.is_calm(seen := self.look()) and time.monotonic() < until:
            time.sleep(0.05)
        return seen

    def is_calm(self, seen: float) -> bool:
        return seen <= self.best * TOLERANCE


def _on(core: int) -> float:
    os.sched_setaffinity(0, {core})
    return min(_piece() for _turn in range(2))


def _piece() -> float:
    begun = time.process_time()
    sum(len(str(number)) for number in range(50_000))
    return (time.process_time() - begun) * 1000


def calm_rounds(
    round_of: Callable[[int], Round], *, wanted: int = WANTED, tries: int = TRIES
) -> tuple[list[Round], int]:
    """Rounds until ``wanted`` calm ones are had. Returns those, and how many were tried. Where the machine does not come to
    rest (fewer than FEWEST), all that were tried."""
    machine = Machine()
    rounds: list[tuple[float, Round]] = []
    calm: list[Round] = []
    while len(calm) < wanted and len(rounds) < tries:
        before = machine.wait_for_calm()
        done = round_of(len(rounds))
        rounds.append((max(before, machine.look()), done))
        calm = [one for seen, one in rounds if machine.is_calm(seen)]
    return (calm if len(calm) >= FEWEST else [one for _seen, one in rounds]), len(rounds)


def median_of(round_of: Callable[[int], Figures], *, wanted: int = WANTED, tries: int = TRIES) -> Figures:
    """The median of calm rounds, with the best and the worst of them, and out of how many they were chosen."""
    rounds, tried = calm_rounds(round_of, wanted=wanted, tries=tries)
    costs = [one["cpu_ms"] for one in rounds]
    return {
        "cpu_ms": round(statistics.median(costs), 3), "cpu_ms_min": round(min(costs), 3), "cpu_ms_max": round(max(costs), 3),
        "per_second": round(statistics.median(one["per_second"] for one in rounds), 1), "rounds": len(rounds), "tried": tried,
    }  # fmt: skip
