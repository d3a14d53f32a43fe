"""Run a command against a PostgreSQL of its own: a fresh cluster that is asked by its socket (it listens on a free
loopback port, too), stopped and removed afterwards.

    python scripts/with_postgresql.py --forgetful pytest -m "not journey"

``--forgetful``: it may lose everything when the machine stops, which tests do not mind and measurements would: emptying
the tables after a test takes 0.5 s instead of 4. Where there is room it lives in memory: a database is copied in 0.05 s
instead of one.

The command finds it in ``DATABASE_URL``. Exit status is the command's; 77 when there is no PostgreSQL ≥ 15 to be had.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from debian import postgresql

NOT_TO_BE_HAD, ENDED = 77, 143
FORGETFUL = "--forgetful"
MEMORY, ROOM = Path("/dev/shm"), 4 << 30
UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off"


def main(command: list[str]) -> int:
    programs = postgresql()
    if programs is None:
        print("No PostgreSQL ≥ 15 here and it cannot be installed: the tests on PostgreSQL were NOT run.")
        return NOT_TO_BE_HAD
    forgetful = command[:1] == [FORGETFUL]
    command = command[1:] if forgetful else command
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    with cluster(programs, UNSAFE if forgetful else "", in_memory() if forgetful else None) as url:
        return run_until_told(command, {**os.environ, "DATABASE_URL": url})


def run_until_told(command: list[str], environment: dict[str, str]) -> int:
    """The command's status. Who ends this script ends the command, too, and the cluster after it."""
    child = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    return child.wait()


def in_memory() -> Path | None:
    """A place for files that need no disk, where there is one with room."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM else None


@contextmanager
def cluster(programs: Path, more: str, where: Path | None) -> Iterator[str]:
    """A running cluster, with ``more`` options, in a folder of its own there; its address."""
    folder = Path(tempfile.mkdtemp(prefix="tourdee-pg-", dir=where))
    prefix = as_other_user(folder)
    data, port = str(folder / "data"), free_port()
    run(
        [
            *prefix,
            str(programs / "initdb"),
            "-D",
            data,
            "-U",
            "tourdee",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += f" -c max_connections=120 -c shared_buffers=256MB {more}"
    run([*prefix, str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"])
    try:
        yield f"postgresql://tourdee@{quote(str(folder), safe='')}:{port}/postgres"
    finally:
        run([*prefix, str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def as_other_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then the words that run it as the user ``postgres`` or ``nobody``."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups", "--"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
