"""An empty SQLite database with all migrations applied, kept below build/ for the next run: making it takes half a minute."""

import os
import shutil
import sqlite3
import tempfile
from functools import cache
from hashlib import blake2b
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def take(path: Path) -> bool:
    """Copy the database that these very migrations made, where there is one."""
    if not _kept().is_file():
        return False
    shutil.copyfile(_kept(), path)
    return True


def keep(path: Path) -> None:
    """Keep a database that has just been made, whole or not at all, and forget those of other migrations."""
    _kept().parent.mkdir(exist_ok=True)
    handle, half = tempfile.mkstemp(dir=_kept().parent, prefix="tests-", suffix=".half")
    os.close(handle)
    with sqlite3.connect(path) as made, sqlite3.connect(half) as copy:
        made.backup(copy)
    for old in _kept().parent.glob("tests-*.sqlite3"):
        old.unlink(missing_ok=True)
    Path(half).rename(_kept())


@cache
def _kept() -> Path:
    """Named after what it was made of: Django and every migration of ours."""
    made_of = blake2b(django.__version__.encode(), digest_size=8)
    for migration in sorted((ROOT / "src").rglob("migrations/*.py")):
        made_of.update(str(migration.relative_to(ROOT)).encode() + migration.read_bytes())
    made_of.update((ROOT / "requirements" / "run.txt").read_bytes())  # other packages bring migrations too
    return ROOT / "build" / f"tests-{made_of.hexdigest()}.sqlite3"
