"""How a process dies at a chosen write: what it had not committed is gone, and nothing cleans up after it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from sys import maxsize
from typing import Any
from unittest import mock

from django.db import connection, transaction

from tourdee.core import pictures

WRITES = ("INSERT", "UPDATE", "DELETE")
BY_THE_DATABASE = ("SAVEPOINT", "RELEASE", "ROLLBACK")  # it rolls back by itself what was not committed
NEVER = maxsize


class Died(BaseException):
    """The process is gone. No ``except Exception`` holds it up."""


def die() -> None:
    raise Died


@dataclass
class Life:
    """``writes``: how many there have been, ``pictures`` put on the disk among them; before that of number ``last`` it ends,
    and whatever is tried after that too."""

    last: int
    end: Callable[[], None]
    writes: int = 0
    pictures: int = 0

    def write(self) -> None:
        self.writes += 1
        self.go_on()

    def go_on(self) -> None:
        if self.writes >= self.last:
            self.end()

    def statement(self, execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(WRITES):
            self.write()
        elif not sql.startswith(BY_THE_DATABASE):
            self.go_on()
        return execute(sql, *rest)


@contextmanager
def dying_at(write: int, end: Callable[[], None] = die) -> Iterator[Life]:
    """End before that write: a statement that changes a row, a picture that is put on the disk (and after that)."""
    life, real = Life(write, end), pictures._write

    def picture(*what: Any) -> None:
        life.write()
        real(*what)
        life.pictures += 1
        life.write()

    with ExitStack() as patches:
        patches.enter_context(connection.execute_wrapper(life.statement))
        patches.enter_context(mock.patch.object(pictures, "_write", picture))
        yield life


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards. No block of Django's: an act that insists on the outermost transaction is
    to think that it has it."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
