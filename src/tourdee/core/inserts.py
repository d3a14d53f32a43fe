"""New rows of the tables that every order fills, put in by an INSERT that is written once for each of them.

``Model.save`` asks each field anew how it wants to be written, and takes ten times as long as the database does to put the row in:
a third of a reseller's booking, all of it while nobody else can write on SQLite.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, signals
from django.db.models.sql import InsertQuery

Row = TypeVar("Row", bound=Model)

AS_IT_IS: Final[dict[type[Any], type]] = {
    models.CharField: str, models.TextField: str, models.SlugField: str, models.EmailField: str, models.URLField: str,
    models.SmallIntegerField: int, models.IntegerField: int, models.BigIntegerField: int, models.BigAutoField: int,
    models.PositiveSmallIntegerField: int, models.PositiveIntegerField: int, models.BooleanField: bool,
}  # fmt: skip
"""A value of this type needs no preparing by a field of that type."""


class Column(NamedTuple):
    """A field, how its value is read where the field wants to say it, and the type that needs no preparing."""

    name: str
    field: Any
    read: Callable[[Model, bool], Any] | None
    plain: type | None


class _Written(NamedTuple):
    """What Django wrote for a row of one table."""

    sql: str
    columns: list[Column]


def insert(row: Row) -> Row:
    """As ``row.save(force_insert=True)`` of a row that has no id yet; it has one afterwards. What is unusual (an expression
    for a value, somebody who listens to the model's signals) is left to ``save``. Raises IntegrityError."""
    connection = connections[DEFAULT_DB_ALIAS]
    written = _written(type(row), connection.vendor)
    values = values_of(row, written.columns, connection) if written and row.pk is None else None
    if not written or values is None:
        row.save(force_insert=True)
        return row
    with transaction.mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(written.sql, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias
    return row


def insert_all(rows: list[Row]) -> list[Row]:
    """By one statement; a single row, as most orders have it, goes the short way. Raises IntegrityError."""
    if len(rows) == 1:
        return [insert(rows[0])]
    return type(rows[0])._default_manager.bulk_create(rows) if rows else []


def column(field: Any) -> Column:
    """How the values of a field are found and prepared."""
    read = None if type(field).pre_save is Field.pre_save else field.pre_save
    return Column(field.attname, field, read, AS_IT_IS.get(type(getattr(field, "target_field", field))))


def values_of(row: Model, columns: list[Column], connection: BaseDatabaseWrapper) -> list[Any] | None:
    """As the driver wants them. Nothing where one is an expression. The connection itself, for to ask the one of this thread by
    ``django.db.connection`` takes longer than most fields do."""
    values = []
    for name, field, read, plain in columns:
        value = read(row, True) if read else getattr(row, name)
        if value is not None and type(value) is not plain:
            if hasattr(value, "resolve_expression"):
                return None
            value = field.get_db_prep_save(value, connection)
        values.append(value)
    return values


@lru_cache(maxsize=64)
def _written(model: type[Model], _vendor: str) -> _Written | None:
    """Nothing where something has to happen at each save, or more than the id comes back."""
    meta = model._meta
    heard = any(signal.has_listeners(model) for signal in (signals.pre_save, signals.post_save))
    if heard or meta.parents or meta.db_returning_fields != [meta.pk]:
        return None
    fields = [field for field in meta.local_concrete_fields if not field.primary_key and not field.generated]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = meta.db_returning_fields
    ((sql, params),) = compiler.as_sql()
    return _Written(sql, [column(field) for field in fields]) if sql.count("%s") == len(params) == len(fields) else None
