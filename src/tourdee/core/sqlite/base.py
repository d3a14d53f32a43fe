"""The place where Django looks for an engine. Everything that is not said here is Django's own."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangoOperations

FORMS_KEPT = 512


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
    """Connections that give such cursors."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor on the open connection."""
        return self.connection.cursor(factory=Cursor)
