"""``filter(pk__among=ids)``: as ``in``, with the whole list as one value, so that the SQL is the same for every length."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """PostgreSQL takes an array; SQLite reads JSON. Values must be what the column stores: numbers or text."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        place = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {place}", (*params, as_one(self.rhs, connection))


def as_one(values: Iterable[Any], connection: BaseDatabaseWrapper) -> list[Any] | str:
    """The list as the database's driver takes it."""
    return list(values) if connection.vendor == "postgresql" else json.dumps(list(values), ensure_ascii=False)
