"""Make the virtual environment and put the locked packages into it. Does nothing when nothing has changed.

    python3 scripts/set_up.py run    what the installation needs
    python3 scripts/set_up.py dev    and what tests and checks need

Needs only Python ≥ 3.11. Works from any path, spaces and Thai letters included.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main(what: str) -> None:
    if sys.version_info < (3, 11):
        sys.exit(
            f"TourDee needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run"
        )
    make_environment()
    install(ROOT / "requirements" / f"{what}.txt")
    show_source()


def make_environment() -> None:
    """The virtual environment, with pip inside; made again when its Python is gone."""
    if PYTHON.exists() and runs([str(PYTHON), "-m", "pip", "--version"]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    print("Making the virtual environment …", flush=True)
    if runs([sys.executable, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if may_install() and runs(["apt-get", "install", "-y", "-qq", "python3-venv"]):
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        return
    sys.exit("Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv")


def install(lock: Path) -> None:
    """The packages of a lock file, with their hashes checked; skipped when this very lock is in already."""
    stamp = VENV / f".{lock.stem}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    print(f"Installing the packages of {lock.name} (a minute or two the first time) …", flush=True)
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    if subprocess.run(pip, cwd=ROOT).returncode:
        sys.exit("The packages could not be installed; the lines above say why. Is the network there? Then try again.")
    stamp.write_text(digest, encoding="ascii")


def show_source() -> None:
    """Lets the environment's Python find ``src`` from any folder."""
    found = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(found.stdout.strip(), "tourdee_source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


def may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def runs(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
