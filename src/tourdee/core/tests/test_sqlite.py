"""Our cursor asks what Django's own would ask."""

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

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
