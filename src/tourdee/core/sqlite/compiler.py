"""Where Django looks for what makes SQL of a query. An INSERT of one row is written once for each table, then only its values
change: to write it anew took three times as long as SQLite takes to put the row in."""

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db.models import Model
from django.db.models.sql import compiler
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLCompiler, SQLDeleteCompiler, SQLUpdateCompiler

from ..inserts import Column, column, values_of

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class _Kept(NamedTuple):
    """What Django wrote for a row of these fields."""

    fields: list[Any]
    returning: Any
    sql: str
    columns: list[Column]


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """Remembers, for each model. More than one row, conflicts that are expected and expressions are left to Django."""

    query: Any
    _kept: WeakKeyDictionary[type[Model], _Kept] = WeakKeyDictionary()

    def as_sql(self) -> Any:  # type: ignore[override]  # Django's own takes nothing either; the stubs do not know it
        """As Django's own."""
        query = self.query
        if len(query.objs) != 1 or query.raw or query.on_conflict or not query.fields:
            return super().as_sql()
        kept = self._kept.get(query.model)
        if kept is None or kept.fields != query.fields or kept.returning != self.returning_fields:
            return self._written_and_kept()
        values = values_of(query.objs[0], kept.columns, self.connection)
        return super().as_sql() if values is None else [(kept.sql, values)]

    def _written_and_kept(self) -> Any:
        ((sql, values),) = statements = super().as_sql()
        fields = self.query.fields
        if sql.count("%s") == len(values) == len(fields):  # an expression may need none, or several
            self._kept[self.query.model] = _Kept(fields, self.returning_fields, sql, [column(one) for one in fields])
        return statements
