"""What ``DATABASE_URL`` says."""

import pytest

from tourdee.config.environment import postgresql


def named(url):
    said = postgresql(url)
    return [said[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("postgresql://me:p%40ss@db.example:5433/na%20me", ["na me", "me", "p@ss", "db.example", "5433"]),
        ("postgres://me@[::1]/tourdee", ["tourdee", "me", "", "::1", ""]),
        ("postgresql://me@%2Fvar%2Frun%2FPostgreSQL/tourdee", ["tourdee", "me", "", "/var/run/PostgreSQL", ""]),
        ("postgresql:///tourdee", ["tourdee", "", "", "", ""]),
    ],
)
def test_an_address_is_read_as_postgresql_reads_it(url, meant):
    assert named(url) == meant


def test_what_else_an_address_asks_of_the_connection_is_asked():
    options = postgresql("postgresql://me@db.example/tourdee?sslmode=verify-full&connect_timeout=5")["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert options["connect_timeout"] == "5"
    assert options["prepare_threshold"] == 3


def test_other_options_leave_the_time_limit_of_locks():
    options = postgresql("postgresql://me@db.example/tourdee?options=-csearch_path%3Dtours")["OPTIONS"]
    assert options["options"] == "-c lock_timeout=3000 -csearch_path=tours"


@pytest.mark.parametrize("url", ["mysql://me:secret@db/x", "me:secret@db/x", "postgresql://me:secret%zz@db/x"])
def test_another_kind_of_address_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError, match="DATABASE_URL") as refused:
        postgresql(url)
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
