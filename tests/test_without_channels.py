"""Channels can be taken out: without their lines in the settings and without their folders everything else goes on.

All are taken out at once: since channels are strangers to each other (contract ``channels``), what needs none of them needs no
single one either."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_without_any_channel_everything_else_goes_on(tmp_path):
    environment = os.environ | {
        "PYTHONPATH": str(HERE.parent / "src"), "DJANGO_SETTINGS_MODULE": "tourdee.config.test_settings",
        "TOURDEE_DATA": str(tmp_path),
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, str(HERE / "without_channels.py")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1].split() == [
        "my_channels=200", "my_inbox=200", "my_shop=200", "today=200", "conversation=200", "tour=200",
    ]  # fmt: skip
