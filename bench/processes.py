"""The server under test, what the operating system says it used, and how all of it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tourdee.config.serve import web_command

TICK = os.sysconf("SC_CLK_TCK")
ENDED = 143
PATIENCE = 15  # seconds in which a server that was told to end does


@dataclass(frozen=True)
class Server:
    """A running web server of two processes."""

    port: int
    pid: int

    def cpu_ms(self) -> float:
        """User and system time of the server's processes so far, in milliseconds."""
        return sum(_cpu_ticks(pid) for pid in _tree(self.pid)) * 1000 / TICK

    def measured(self, work: Callable[[], tuple[int, float]]) -> dict[str, float]:
        """What each of the things cost that ``work`` did in so many seconds, and how many were done in one."""
        before = self.cpu_ms()
        count, seconds = work()
        return {"cpu_ms": (self.cpu_ms() - before) / count, "per_second": count / seconds}


def end_when_told() -> None:
    """Who ends this process by SIGTERM ends what it started: it leaves through every ``finally``, once."""

    def leave(*_told: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(ENDED)

    signal.signal(signal.SIGTERM, leave)


def run_to_its_end(command: list[str], environment: dict[str, str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """What the command says. Where this process ends sooner, the command is told to, and waited for: killed, as
    ``subprocess.run`` does, it would leave its servers behind."""
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as child:
        try:
            said, _nothing = child.communicate()
        finally:
            child.terminate()
    return subprocess.CompletedProcess(command, child.returncode, said)


@contextmanager
def server(environment: dict[str, str]) -> Iterator[Server]:
    """Granian as ``tourdee run`` starts it, on a free loopback port; ended afterwards, or with this process."""
    end_when_told()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = web_command(host="127.0.0.1", port=port, processes=2)
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield Server(port, process.pid)
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Told to end; killed with all that it started where it does not, and that is no measurement."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # a session of its own
        process.wait()
        raise


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except urllib.error.HTTPError:
            return  # 503: no worker runs here, but web and database answer
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
            continue
        return
    raise RuntimeError("the server did not answer")


def _tree(root: int) -> list[int]:
    """A process and its descendants."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _cpu_ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
