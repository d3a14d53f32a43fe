"""The same with processes that are really killed, on a sample of writes of each way."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from .ways import WAYS


@pytest.mark.django_db
def test_a_killed_process_loses_nothing(tmp_path):
    connection.close()  # what somebody is connected to cannot be copied
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tourdee.config.test_settings",
        "TOURDEE_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.crashes.killed", str(connection.settings_dict["NAME"])],
        env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [str(way) for way in WAYS]
