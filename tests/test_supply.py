"""Abuse 62: a package that is not the one that was locked."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked(text: str) -> list[str]:
    """One entry for each package, continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def unsafe(text: str) -> list[str]:
    """The entries that are not pinned to one version with its hash."""
    return [entry for entry in locked(text) if not (re.match(r"\S+==\S+ ", entry) and HASH.search(entry))]


@pytest.mark.parametrize("name", ["run", "dev"])
def test_abuse_62_every_package_is_pinned_to_a_version_and_its_hashes(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert len(locked(text)) > 20
    assert unsafe(text) == []


@pytest.mark.parametrize(
    "entry",
    ["django", "django>=5.2", "django==5.2", "django==5.2 --hash=sha256:12", "git+https://example.org/x", "-e ."],
)
def test_abuse_62_control_an_entry_without_version_or_hash_is_found(entry):
    assert unsafe(f"a==1 \\\n    --hash=sha256:{'0' * 64}\n{entry}\n") == [entry]


def test_abuse_62_what_is_installed_is_compared_with_the_hashes():
    for script in ("set_up.py", "try_wheel.py"):
        text = (ROOT / "scripts" / script).read_text(encoding="utf-8")
        assert text.count('"install"') <= text.count("--require-hashes") + text.count("apt-get") + text.count(
            "--no-deps"
        ), script
