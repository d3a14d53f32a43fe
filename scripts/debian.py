"""Debian packages that tests need and that a bare machine lacks: found, or installed where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    for name in names:
        {"chromium": browser, "gettext": gettext}[name]()


def browser() -> str | None:
    """The path of a Chromium for the journeys, or None with a line that says what is skipped."""
    found = _browser() or (_install("chromium") and _browser())
    if not found:
        print(
            "No Chromium here and it cannot be installed (needs root and apt-get): the journeys will be reported as skipped."
        )
    return found or None


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def gettext() -> bool:
    """Whether xgettext is there, to see that every text is in the translation files."""
    return bool(shutil.which("xgettext") or _install("gettext"))


def postgresql() -> Path | None:
    """The folder of PostgreSQL's server programs (15 or newer), installed when missing and allowed."""
    return _postgresql() or (_postgresql() if _install("postgresql") else None)


def _postgresql() -> Path | None:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if (folder / "initdb").exists() and _is_new_enough(folder)), None)


def _is_new_enough(folder: Path) -> bool:
    version = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True).stdout.split()
    return bool(version) and int(version[2].split(".")[0]) >= 15


def _install(package: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing Debian's {package} …", flush=True)
    quiet = {"capture_output": True, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]  # the same three for both
    return subprocess.run(["apt-get", "install", "-y", "-qq", package], **quiet).returncode == 0  # type: ignore[call-overload]  # the same three for both


if __name__ == "__main__":
    main(sys.argv[1:])
