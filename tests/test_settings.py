"""The whole set, not samples: every setting that the environment gives is documented."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tourdee.config.environment import sqlite

ROOT = Path(__file__).resolve().parent.parent


def test_every_environment_variable_is_documented():
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r"[\"'](TOURDEE_[A-Z_]+|DATABASE_URL)[\"']", path.read_text(encoding="utf-8"))
    }
    assert {name for name in used if f"`{name}`" not in documented} == set()


def test_money_services_are_played_in_the_demo_only(settings):
    """An installation that forgot the setting must not let visitors confirm orders at the play bank."""
    assert (settings.DEMO, settings.MONEY_SERVICES) == (False, "off")


def test_a_commit_on_sqlite_survives_a_power_cut(tmp_path):
    """Asked of a connection that was opened as an installation opens it: the suite's own waits for no disk."""
    options = sqlite(tmp_path / "db.sqlite3")["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as connection:
        connection.executescript(options["init_command"])
        names = ("journal_mode", "synchronous", "foreign_keys", "temp_store", "wal_autocheckpoint")
        told = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    assert told == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "wal_autocheckpoint": 4000,
    }  # fmt: skip
    assert options["transaction_mode"] == "IMMEDIATE"
