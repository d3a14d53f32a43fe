"""What the scripts leave behind: nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection

from bench import processes

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


# In place of what is measured: the server says who it is, and nothing more happens.
MEASURE = """
import os, time
from pathlib import Path
from bench.processes import server
with server(dict(os.environ)) as running:
    Path(os.environ["TOLD"]).write_text(str(running.pid))
    time.sleep(60)
"""
BENCH = f"from bench import __main__ as bench; bench.THROUGH['SQLite'] = ['-c', {MEASURE!r}]; bench.main(['SQLite'])"


def test_a_measurement_that_is_ended_ends_its_servers(tmp_path):
    told = tmp_path / "pid"
    environment = {**os.environ, "TOLD": str(told), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TMPDIR": str(tmp_path)}
    started = subprocess.Popen([sys.executable, "-c", BENCH], cwd=ROOT, env=environment)
    until = time.monotonic() + 30
    while not (told.exists() and told.read_text()) and time.monotonic() < until:
        time.sleep(0.1)
    server = int(told.read_text())
    assert b"granian" in Path(f"/proc/{server}/cmdline").read_bytes()
    started.terminate()
    assert started.wait(30) == 143
    assert not Path(f"/proc/{server}").exists()
    assert list(tmp_path.iterdir()) == [told]


DEAF = """
import signal, subprocess, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[2], "w").write(str(child.pid))
HTTPServer(("127.0.0.1", int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()
"""


def test_a_server_that_does_not_end_is_killed_with_its_children(tmp_path, monkeypatch):
    told = tmp_path / "pid"
    deaf = [sys.executable, "-c", DEAF]
    monkeypatch.setattr(processes, "web_command", lambda *, port, **_more: [*deaf, str(port), str(told)])
    monkeypatch.setattr(processes, "end_when_told", lambda: None)
    monkeypatch.setattr(processes, "PATIENCE", 0.5)
    with pytest.raises(subprocess.TimeoutExpired), processes.server(dict(os.environ)) as running:
        pass
    child = Path(f"/proc/{told.read_text()}/stat")
    assert not Path(f"/proc/{running.pid}").exists()
    assert not child.exists() or child.read_text().rsplit(")", 1)[1].split()[0] == "Z"  # dead, and not buried yet
