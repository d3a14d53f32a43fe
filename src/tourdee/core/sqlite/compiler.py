"""Where Django looks for what makes SQL of a query. An INSERT of one row is written once for each table, then only its values
change: to write it anew took three times as long as SQLite takes to put the row in."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from django.db import models
from django.db.models import Field, Model
from django.db.models.sql import compiler
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLCompiler, SQLDeleteCompiler, SQLUpdateCompiler

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]

AS_IT_IS: Final[dict[type[Any], type]] = {
    models.CharField: str, models.TextField: str, models.SlugField: str, models.EmailField: str, models.URLField: str,
    models.SmallIntegerField: int, models.IntegerField: int, models.BigIntegerField: int, models.BigAutoField: int,
    models.PositiveSmallIntegerField: int, models.PositiveIntegerField: int, models.BooleanField: bool,
}  # fmt: skip
"""A value of this type needs no preparing by a field of that type."""


class _Column(NamedTuple):
    """A field, how its value is read where the field wants to say it, and the type that needs no preparing."""

    name: str
    field: Any
    read: Callable[[Model, bool], Any] | None
    plain: type | None


class _Kept(NamedTuple):
    """What Django wrote for a row of these fields."""

    fields: list[Any]
    returning: Any
    sql: str
    columns: list[_Column]


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
        values = self._values(query.objs[0], kept.columns)
        return super().as_sql() if values is None else [(kept.sql, values)]

    def _written_and_kept(self) -> Any:
        ((sql, values),) = statements = super().as_sql()
        fields = self.query.fields
        if sql.count("%s") == len(values) == len(fields):  # an expression may need none, or several
            self._kept[self.query.model] = _Kept(fields, self.returning_fields, sql, [_column(one) for one in fields])
        return statements

    def _values(self, row: Model, columns: list[_Column]) -> list[Any] | None:
        """Nothing where one is an expression."""
        values = []
        for name, field, read, plain in columns:
            value = read(row, True) if read else getattr(row, name)
            if value is not None and type(value) is not plain:
                if hasattr(value, "resolve_expression"):
                    return None
                value = field.get_db_prep_save(value, self.connection)
            values.append(value)
        return values


def _column(field: Any) -> _Column:
    read = None if type(field).pre_save is Field.pre_save else field.pre_save
    return _Column(field.attname, field, read, AS_IT_IS.get(type(getattr(field, "target_field", field))))
