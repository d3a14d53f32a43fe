"""What to do when two transactions stand in each other's way."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

# PostgreSQL: deadlock, serialisation failure, lock not available within lock_timeout. SQLite: busy and locked.
POSTGRESQL = {"40P01", "40001", "55P03"}
SQLITE = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_TIMEOUT"}
Act = TypeVar("Act", bound=Callable[..., Any])


class TryAgain(Exception):
    """Too many people at this moment; nothing was changed, and the same request may be sent again."""

    @property
    def message(self) -> str:
        return _("Many people are ordering at this moment. Nothing was changed; please press the button again.")


def once_more(act: Act) -> Act:
    """Run an act a second time when the database broke it off for another's sake; after that raise TryAgain. Inside
    a surrounding transaction the first refusal already ends it, so there the act is not repeated."""

    @wraps(act)
    def repeated(*args: Any, **kwargs: Any) -> Any:
        for last in (transaction.get_connection().in_atomic_block, True):
            try:
                return act(*args, **kwargs)
            except OperationalError as problem:
                if not _is_conflict(problem):
                    raise
                if last:
                    raise TryAgain from problem
        raise AssertionError("unreachable")

    return repeated  # type: ignore[return-value]  # the same signature


def _is_conflict(problem: OperationalError) -> bool:
    cause = problem.__cause__
    return getattr(cause, "sqlstate", None) in POSTGRESQL or getattr(cause, "sqlite_errorname", None) in SQLITE
