"""The same with processes that are really killed, on a sample of writes of each way."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection

from .killed import FILE
from .ways import WAYS


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="each process works on a file of its own")
def test_a_killed_process_loses_nothing(tmp_path):
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name)) as empty, closing(sqlite3.connect(tmp_path / FILE)) as own:
        empty.backup(own)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tourdee.config.test_settings",
        "TOURDEE_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.crashes.killed"],
        env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [str(way) for way in WAYS]
