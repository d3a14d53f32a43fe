"""The place where Django looks for an engine. Everything that is not said here is Django's own."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangoOperations

FORMS_KEPT = 512
SHORTEST_PAUSE, LONGEST_PAUSE = 0.0002, 0.02  # seconds


@lru_cache(maxsize=FORMS_KEPT)
def _with_question_marks(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class Cursor(base.SQLiteCursorWrapper):
    """Writes ``?`` for each ``%s`` once for each SQL. The same few hundred are asked all day, up to five kilobytes long:
    doing it each time was three per cent of an order."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """As Django does; values with names are left to it."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _with_question_marks(query)


class DatabaseOperations(DjangoOperations):
    """Names our compiler."""

    compiler_module = "tourdee.core.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections that give such cursors, and that ask for their turn to write after short pauses.

    SQLite lets one write at a time, mostly for 2 ms. Its own pauses are of 1, 2, 5, 10, 15 … ms, so that nobody wrote for much of
    the time in which many wanted to: with short ones a third more of resellers' bookings were made.
    """

    ops_class = DatabaseOperations
    transaction_mode: str | None
    waiting: Callable[[], AbstractContextManager[Callable[[float], None]]] = staticmethod(
        lambda: nullcontext(time.sleep)
    )
    """Around waiting for another to have written; gives how to pause. Nothing has begun then: somebody else may use the connection
    meanwhile, or close it (``core.turns``)."""

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor on the open connection."""
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        try:
            with self._without_waiting():
                super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs do not know it
        except OperationalError as problem:
            if not _is_busy(problem.__cause__):
                raise
            self._begin_when_free()

    def _begin_when_free(self) -> None:
        """Past Django, which takes longer to ask than to pause. Each pause is a tenth longer than the one before."""
        until, seconds = time.monotonic() + self._patience, SHORTEST_PAUSE
        with self.waiting() as pause, self.wrap_database_errors:
            while True:
                pause(seconds)
                seconds = min(seconds * 1.1, LONGEST_PAUSE)
                self.ensure_connection()
                try:
                    with self._without_waiting():
                        self.connection.execute(f"BEGIN {self.transaction_mode or 'DEFERRED'}")
                    return
                except sqlite3.OperationalError as problem:
                    if not _is_busy(problem) or time.monotonic() > until:
                        raise

    @contextmanager
    def _without_waiting(self) -> Iterator[None]:
        """A busy database says so at once."""
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={self._patience * 1000:.0f}")

    @property
    def _patience(self) -> float:
        """How many seconds a connection waits for others."""
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))


def _is_busy(problem: BaseException | None) -> bool:
    return getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
