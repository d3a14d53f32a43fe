"""Our cursor asks what Django's own would ask, and a row is put in as Django would put it in."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from threading import Timer
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.models import JSONField, Model, Value
from django.db.models.functions import Concat, Upper
from django.db.models.sql import InsertQuery
from django.db.models.sql import compiler as djangos
from django.utils.functional import lazy

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine, AuditSeal, DatedSetting, SignOfLife
from tourdee.core.sqlite.base import Cursor

QUERIES = ["SELECT 1", "SELECT %s, '%%s', '100%%' WHERE x LIKE %s", "SELECT %%s", "SELECT '%%%%'", "SELECT %s%s"]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_reads_the_same_the_first_time_and_later(query):
    ours, django = Cursor.__new__(Cursor), SQLiteCursorWrapper.__new__(SQLiteCursorWrapper)
    asked = [ours.convert_query(query) for _time in range(2)]
    assert asked == [django.convert_query(query)] * 2


@pytest.mark.django_db
def test_values_with_names_and_many_rows_are_asked_too():
    if connection.vendor != "sqlite":
        pytest.skip("another engine")
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(one)s, '%%'", {"one": 7})
        assert cursor.fetchall() == [(7, "%")]
        cursor.execute("CREATE TEMP TABLE few (x)")
        cursor.executemany("INSERT INTO few VALUES (%s)", [(1,), (2,)])
        cursor.execute("SELECT sum(x) FROM few")
        assert cursor.fetchone() == (3,)


# ------------------------------------------------------------------ rows put in
AT = at_bangkok(date(2026, 7, 1), 9)
LINE = {"at": AT, "actor": "", "act": "x", "subject_type": "", "subject_id": "", "text": "เรือ 100% %s", "data": {}}
ROWS = [
    AuditLine(**LINE),
    AuditLine(**LINE | {"data": {"a": [1, None, "ข"]}, "actor_name": lazy(str, str)("ชื่อ")}),
    AuditLine(**LINE | {"text": Concat(Value("a"), Upper(Value("b")))}),
    AuditLine(**LINE | {"act": 7, "data": None}),
    SignOfLife(name="worker", at=AT),
    DatedSetting(key="vat", valid_from=date(2026, 1, 1), value=7, source="", confirmed=True),
    DatedSetting(key="vat", valid_from="2026-01-01", value=Value(7, JSONField()), source="", confirmed="t"),
    AuditSeal(first_line="1", last_line=2, lines=True, digest="", at=AT),
    AuditLine(pk=5, **LINE),
]


def put_in(rows: list[Model], compiler: Any, returning: Any) -> Any:
    """What the compiler makes of them."""
    query = InsertQuery(type(rows[0]))
    query.insert_values([one for one in rows[0]._meta.local_concrete_fields if not one.primary_key or rows[0].pk], rows)
    made = compiler(query, connection, "default")
    made.returning_fields = returning
    return [(sql, tuple(values)) for sql, values in made.as_sql()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another engine")
@pytest.mark.parametrize("returning", [None, []])
@pytest.mark.parametrize("number", range(len(ROWS)))
def test_a_row_is_put_in_as_django_does_it_the_first_time_and_later(number, returning):
    """Also after a row of another kind: one with an expression, or whose id is known."""
    ours, before = connection.ops.compiler("SQLInsertCompiler"), ROWS[number - 1]
    for row in (ROWS[number], before, ROWS[number], ROWS[number]):
        fields = returning if returning is None else [type(row)._meta.pk]
        assert put_in([row], ours, fields) == put_in([row], djangos.SQLInsertCompiler, fields)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another engine")
def test_several_rows_are_left_to_django():
    rows = [AuditLine(**LINE), AuditLine(**LINE | {"text": "b"})]
    ours = connection.ops.compiler("SQLInsertCompiler")
    assert put_in(rows, ours, None) == put_in(rows, djangos.SQLInsertCompiler, None)


# ------------------------------------------------------------------ waiting to write
@pytest.fixture
def other() -> Iterator[sqlite3.Connection]:
    """A connection of somebody else."""
    if connection.vendor != "sqlite":
        pytest.skip("another engine")
    with closing(
        sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    ) as one:
        yield one


def test_who_wants_to_write_waits_until_another_has_written(other, transactional_db):
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO core_signoflife (name, at) VALUES ('other', '2026-07-01')")
    done = Timer(0.05, other.execute, ["COMMIT"])
    done.start()
    with transaction.atomic():
        assert SignOfLife.objects.filter(name="other").exists()
        SignOfLife.objects.create(name="ours", at=AT)
    done.join()
    assert other.execute("SELECT count(*) FROM core_signoflife").fetchone() == (2,)


def test_who_waited_for_too_long_is_told_and_can_try_again(other, transactional_db):
    before = connection.cursor().execute("PRAGMA busy_timeout").fetchone()
    other.execute("BEGIN IMMEDIATE")
    with mock.patch.dict(connection.settings_dict["OPTIONS"], timeout=0.05), pytest.raises(OperationalError) as refused:
        transaction.atomic(lambda: None)()
    assert refused.value.__cause__.sqlite_errorname == "SQLITE_BUSY"
    other.execute("ROLLBACK")
    with transaction.atomic():
        SignOfLife.objects.create(name="ours", at=AT)
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == before == (20_000,)
