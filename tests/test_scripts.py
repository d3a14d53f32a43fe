"""What the scripts leave behind: nothing."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
SAY_WHERE_AND_WAIT = "import os, sys, time; print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)"


@pytest.mark.django_db
def test_a_postgresql_of_ones_own_ends_when_its_script_is_ended():
    if connection.vendor != "postgresql":
        pytest.skip("where there is PostgreSQL")
    script = [str(ROOT / "scripts" / "with_postgresql.py"), "--forgetful"]
    started = subprocess.Popen(
        [sys.executable, *script, sys.executable, "-c", SAY_WHERE_AND_WAIT], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout
    folder = Path(unquote(urlsplit(started.stdout.readline().strip()).netloc.rpartition("@")[2].rpartition(":")[0]))
    assert list(folder.glob(".s.PGSQL.*"))
    started.terminate()
    started.wait(30)
    assert not folder.exists()
