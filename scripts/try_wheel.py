"""Install the built wheel into an environment of its own, outside the checkout, run it, and see that it is healthy."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    wheel = max((ROOT / "dist").glob("tourdee-*.whl"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory(prefix="ทัวร์ดี wheel ") as folder:
        python = install(wheel, Path(folder))
        try_it(python, Path(folder))
    print("The wheel installs, runs and is healthy.")


def install(wheel: Path, folder: Path) -> Path:
    """A virtual environment with the locked packages and the wheel."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return python


def try_it(python: Path, folder: Path) -> None:
    """``tourdee run`` on a free port, in the folder; its /healthz and first page."""
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "DATABASE_URL"}}
    command = [str(python.parent / "tourdee"), "run", "--port", str(port), "--data", str(folder / "data")]
    process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True)
    try:
        health = wait_for(f"http://127.0.0.1:{port}/healthz", process)
        if not all(json.loads(health).values()):
            sys.exit(f"Not healthy: {health!r}")
        page = wait_for(f"http://127.0.0.1:{port}/", process).decode()
        if "ทัวร์ดี" not in page:
            sys.exit("The first page is not TourDee's.")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> bytes:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit(f"tourdee run ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bytes(answer.read())
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    sys.exit(f"No answer from {url}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
