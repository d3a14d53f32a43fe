"""Channels can be taken out, each alone and all at once: without their lines in the settings and without their folders everything else
goes on. And one is added by what CONTRIBUTING.md shows, word for word."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

HERE = Path(__file__).parent
OWN_PAGES = 6  # of a seller and a visitor, beside a page of each channel that is left


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> dict[str, str]:
    """What came of each case. One process for all, since starting takes the longest."""
    folder = tmp_path_factory.mktemp("without")
    environment = os.environ | {
        "PYTHONPATH": str(HERE.parent / "src"), "DJANGO_SETTINGS_MODULE": "tourdee.config.test_settings",
        "TOURDEE_DATA": str(folder),
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, str(HERE / "without_channels.py"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)


def test_without_any_channel_everything_else_goes_on(cases):
    assert cases["none left"].split() == ["200"] * OWN_PAGES


def test_without_one_channel_everything_else_and_every_other_channel_goes_on(cases):
    names = [name.rsplit(".")[-1] for name in settings.CHANNELS]
    assert {name: cases[f"without {name}"].split() for name in names} == {
        name: ["200"] * (OWN_PAGES + len(names) - 1) for name in names
    }


def test_the_channel_that_contributing_shows_takes_a_card_and_sends_the_answer_once(cases):
    assert cases["postcard"] == "[403, 200, 200] 2 sent [('12 ถ.ช้างม่อย', 'ว่างค่ะ')] [200, 200] True"
