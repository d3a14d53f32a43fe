"""Questions that hot pages ask: the ORM writes their SQL once, then only the values change.

Building a queryset costs about ten times what the database takes to answer it (2 ms against 0.2 ms for a tour's page).
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, UUIDField


class Prepared:
    """A ``values_list`` question with named values. ``samples`` gives each name an unmistakable value of its type, by
    which its places in the SQL are found."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **samples: Any) -> None:
        self._build = build
        self._samples = samples

    def rows(self, **values: Any) -> list[Any]:
        """The rows for these values, typed as the ORM would type them."""
        sql, places, fixed = self._sql
        adapted = {name: _adapted(value) for name, value in values.items()}
        filled = [adapted[name] if name else param for name, param in zip(places, fixed, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found = cursor.fetchall()
        converters = self._converters
        return list(self._compiler.apply_converters(found, converters)) if converters else found

    @cached_property
    def _compiler(self) -> Any:
        return self._build(**self._samples).query.get_compiler(connection=connection)

    @cached_property
    def _sql(self) -> tuple[str, list[str | None], list[Any]]:
        sql, params = self._compiler.as_sql()
        names = {_adapted(sample): name for name, sample in self._samples.items()}
        return sql, [names.get(param) for param in params], list(params)

    @cached_property
    def _converters(self) -> Any:
        return self._compiler.get_converters([column for column, *_rest in self._compiler.select])


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return UUIDField().get_db_prep_value(value, connection)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
