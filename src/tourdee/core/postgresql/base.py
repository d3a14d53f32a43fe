"""The place where Django looks for an engine. Everything that is not said here is Django's own."""

import select
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base

ASK_AFTER_SECONDS = 30
STATEMENTS_KEPT = 256  # prepared, of a connection; with the driver's 100 the pages of sellers drove out those of buyers


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections that look before they ask whether they live.

    A server that ends a connection says so, and what it said lies there to be read. So a connection that was found alive
    a moment ago and has nothing to read is alive: PostgreSQL speaks only when it is asked. One that has been still for
    longer may have been forgotten by something on the way, and is asked, as Django asks each time.
    """

    _seen_alive = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One that keeps what all pages ask."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = STATEMENTS_KEPT
        return connection

    def is_usable(self) -> bool:
        """Whether the connection can be worked with."""
        now = time.monotonic()
        has_been_still = now - self._seen_alive > ASK_AFTER_SECONDS
        doubtful = has_been_still or self.errors_occurred or _has_something_to_read(self.connection)
        alive = not doubtful or bool(super().is_usable())
        self._seen_alive = now if alive else 0.0
        return alive


def _has_something_to_read(connection: Any) -> bool:
    """Also when it is closed or broken."""
    try:
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        return bool(waiting.poll(0))
    except (OSError, psycopg.Error):
        return True
