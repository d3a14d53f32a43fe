"""The texts of the privacy notice that come with this release. A new version is a new pair of files and a line here."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tourdee.core.dates import at_bangkok

FOLDER = Path(__file__).parent / "notices"
PUBLISHED = {"1.0": date(2026, 11, 1)}


@dataclass(frozen=True)
class ShippedNotice:
    """One version in both languages (Markdown)."""

    version: str
    published_at: datetime
    text_th: str
    text_en: str


def shipped_notices() -> list[ShippedNotice]:
    """All versions, oldest first."""
    return [
        ShippedNotice(version, at_bangkok(day, 0), _text(version, "th"), _text(version, "en"))
        for version, day in PUBLISHED.items()
    ]


def _text(version: str, language: str) -> str:
    return (FOLDER / f"{version}.{language}.md").read_text(encoding="utf-8").strip()
