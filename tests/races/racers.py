"""Processes that race: they start once, and run one trial after the other from the same starting line.

``spawn`` gives each its own interpreter and its own connection. What they run is named by its path, and what it gives
comes back as plain values.
"""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection

CONTEXT = get_context("spawn")
LONGEST = 300  # seconds that a trial may take on a busy machine


class Racers:
    """So many processes beside this one, on the database of the running test."""

    def __init__(self, number: int) -> None:
        self.line = CONTEXT.Barrier(number)
        self.pipes: list[Connection] = []
        self.processes = []
        for place in range(number):
            mine, theirs = CONTEXT.Pipe()
            process = CONTEXT.Process(target=_race, args=(theirs, self.line, place, _where()), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(mine)
            self.processes.append(process)

    def run(self, path: str, **what: Any) -> list[Any]:
        """Run the function at that path in every process at once: ``f(place=…, **what)``. Gives what each gave."""
        for pipe in self.pipes:
            pipe.send((path, what))
        return [self._answer(pipe) for pipe in self.pipes]

    def _answer(self, pipe: Connection) -> Any:
        if not pipe.poll(LONGEST):
            raise TimeoutError("a racer did not reach the end")
        done, answer = pipe.recv()
        if not done:
            raise AssertionError(f"a racer fell:\n{answer}")
        return answer

    def go_home(self) -> None:
        for pipe in self.pipes:
            pipe.close()
        for process in self.processes:
            process.join(10)
            if process.is_alive():
                process.kill()
                process.join()


@contextmanager
def racers(number: int = 8) -> Iterator[Racers]:
    """Racers for as long as the block lasts."""
    all_of_them = Racers(number)
    try:
        yield all_of_them
    finally:
        all_of_them.go_home()


def _where() -> dict[str, Any]:
    """The environment and the name of the test database, for processes that have neither."""
    return {"environment": dict(os.environ), "database": str(connection.settings_dict["NAME"])}


def _race(pipe: Connection, line: Any, place: int, where: dict[str, Any]) -> None:
    os.environ.update(where["environment"], DJANGO_SETTINGS_MODULE="tourdee.config.test_settings")
    import django

    django.setup()
    connection.settings_dict["NAME"] = where["database"]
    connection.ensure_connection()
    while True:
        try:
            path, what = pipe.recv()
        except EOFError:
            return
        pipe.send(_one(path, what, line, place))


def _one(path: str, what: dict[str, Any], line: Any, place: int) -> tuple[bool, Any]:
    module, _, name = path.rpartition(".")
    try:
        act = getattr(import_module(module), name)
        line.wait(LONGEST)
        return True, act(place=place, **what)
    except BaseException:
        line.abort()
        return False, traceback.format_exc()
