"""One request at a time in a web process, and one database connection that they pass on.

The threads of a process only wait (``core.bodies``). Whoever has the turn works with the connection that the one before
worked with, so that what it knows is at hand: pages of the database, statements that are prepared. With a connection for
each thread every order cost a tenth more (docs/decisions/0038).
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class InTurn:
    """WSGI in front of WSGI: ``application = InTurn(application)``. What is streamed is read outside of the turn, for that
    takes as long as the network likes; if it asked the database, it would do so by a connection of its own thread."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._turn = Lock()
        self._next_to_write = Lock()
        self._connection: BaseDatabaseWrapper | None = None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with self.turn():
            answer = self._application(environ, start_response)
            if getattr(answer, "streaming", False):
                return _Streamed(answer, self)
            return _whole(answer)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """As long as it lasts the connection is this thread's, and no longer."""
        with self._turn:
            if self._connection is None:
                self._connection = connections[DEFAULT_DB_ALIAS]
                self._connection.inc_thread_sharing()
                self._connection.waiting = self._aside  # type: ignore[attr-defined]  # SQLite's; nobody else asks for it
            connections[DEFAULT_DB_ALIAS] = self._connection
            try:
                yield
            finally:
                del connections[DEFAULT_DB_ALIAS]

    @contextmanager
    def _aside(self) -> Iterator[Callable[[float], None]]:
        """Who waits for another process to have written lets others have the turn meanwhile. One after the other asks whether it
        has, so that they do not ask all the time. No code may hold a lock of its own while it begins a transaction: who has the
        turn could wait for that lock, and its holder for the turn."""
        with self._given_away():
            self._next_to_write.acquire()
        try:
            yield self._pause
        finally:
            self._next_to_write.release()

    def _pause(self, seconds: float) -> None:
        with self._given_away():
            time.sleep(seconds)

    @contextmanager
    def _given_away(self) -> Iterator[None]:
        self._turn.release()
        try:
            yield
        finally:
            self._turn.acquire()


class _Streamed:
    """A long answer. That it was sent is told within a turn: Django then looks after the connection."""

    def __init__(self, answer: Any, waiting: InTurn) -> None:
        self._answer, self._waiting = answer, waiting

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        with self._waiting.turn():
            self._answer.close()


def _whole(answer: Iterable[bytes]) -> Iterable[bytes]:
    """All of it, and the request has ended."""
    if isinstance(answer, list):
        return answer
    try:
        return list(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
