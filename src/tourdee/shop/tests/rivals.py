"""Races without luck: somebody else acts in the very moment before, or after, a step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock


@contextmanager
def meanwhile(target: str, rival: Callable[[], object], *, after: bool = False) -> Iterator[list[object]]:
    """Run ``rival`` once, before (or after) the first call of the function at that dotted path. Yields what it gave."""
    module, _, name = target.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)
    gave: list[object] = []

    def step(*args: Any, **kwargs: Any) -> Any:
        first = not step.done  # type: ignore[attr-defined]  # a mark on the function
        step.done = True  # type: ignore[attr-defined]  # a mark on the function
        if first and not after:
            gave.append(rival())
        result = real(*args, **kwargs)
        if first and after:
            gave.append(rival())
        return result

    step.done = False  # type: ignore[attr-defined]  # a mark on the function
    with mock.patch(target, step):
        yield gave
