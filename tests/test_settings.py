"""The whole set, not samples: every setting that the environment gives is documented."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_environment_variable_is_documented():
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r"[\"'](TOURDEE_[A-Z_]+|DATABASE_URL)[\"']", path.read_text(encoding="utf-8"))
    }
    assert {name for name in used if f"`{name}`" not in documented} == set()


def test_money_services_are_played_in_the_demo_only(settings):
    """An installation that forgot the setting must not let visitors confirm orders at the play bank."""
    assert (settings.DEMO, settings.MONEY_SERVICES) == (False, "off")
