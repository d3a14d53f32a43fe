"""Prism, a server that enforces an OpenAPI document: found, or installed by npm into build/prism, for one test of LINE's contract."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "prism"
PROGRAM = PLACE / "node_modules" / ".bin" / "prism"
VERSION = "5.14.2"


def main() -> None:
    if PROGRAM.exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        print(
            "No Node here: LINE's contract is checked in process only, and the test with Prism is reported as skipped."
        )
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--prefix", str(PLACE), "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run([*command, f"@stoplight/prism-cli@{VERSION}"], capture_output=True, text=True)
    if done.returncode:
        print("npm could not install Prism: the test with it is reported as skipped.")


if __name__ == "__main__":
    main()
