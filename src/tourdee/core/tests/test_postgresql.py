"""Whether a connection lives is seen, and asked only after a pause."""

import pytest
from django.db import connections

from tourdee.core.postgresql import base


@pytest.fixture
def apart(django_db_blocker, transactional_db):
    """A connection of its own, which may be broken."""
    if connections["default"].vendor != "postgresql":
        pytest.skip("another engine")
    connection = connections.create_connection("default")
    connection.settings_dict = connections["default"].settings_dict
    connection.connect()
    yield connection
    connection.close()


@pytest.fixture
def questions(monkeypatch):
    """How often it was asked."""
    asked = []
    really = base.base.DatabaseWrapper.is_usable
    monkeypatch.setattr(base.base.DatabaseWrapper, "is_usable", lambda self: asked.append(1) or really(self))
    return asked


def test_a_connection_is_asked_once_and_again_after_a_pause(apart, questions, monkeypatch):
    assert [apart.is_usable() for _time in range(3)] == [True] * 3
    assert len(questions) == 1
    monkeypatch.setattr(base, "ASK_AFTER_SECONDS", -1)
    assert apart.is_usable()
    assert len(questions) == 2


def test_a_connection_that_met_an_error_is_asked(apart, questions):
    assert apart.is_usable()
    apart.errors_occurred = True
    assert apart.is_usable()
    assert len(questions) == 2


def test_a_connection_that_the_server_ended_is_found_dead_at_once(apart, questions):
    assert apart.is_usable()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [apart.connection.info.backend_pid])
    assert not apart.is_usable()
    assert not apart.is_usable()


def test_a_connection_keeps_the_statements_of_all_pages_prepared(apart):
    assert apart.connection.prepared_max == base.STATEMENTS_KEPT > 100


def test_a_closed_connection_is_dead(apart):
    assert apart.is_usable()
    apart.connection.close()
    assert not apart.is_usable()


def test_django_opens_another_one_in_its_place(apart):
    """As at the beginning of each request."""
    assert apart.is_usable()
    before = apart.connection.info.backend_pid
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    apart.close_if_unusable_or_obsolete()
    with apart.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert apart.connection.info.backend_pid != before
