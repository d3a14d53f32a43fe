"""A YAML mapping that is read with suspicion: every fault is noted with its place, and reading goes on."""

from pathlib import Path
from typing import Any

import yaml

from .shapes import LANGUAGES, Both


class Sheet:
    """One mapping of a file. ``problems`` is shared by all sheets of a curriculum."""

    def __init__(self, data: Any, where: str, problems: list[str]) -> None:
        self.where, self.problems = where, problems
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.wrong("should be a mapping")

    @classmethod
    def of_file(cls, path: Path, problems: list[str]) -> "Sheet":
        """The mapping of a whole file; a missing or broken file is noted."""
        where = "/".join(path.parts[-2:])
        try:
            return cls(yaml.safe_load(path.read_text(encoding="utf-8")), where, problems)
        except FileNotFoundError:
            problems.append(f"{where}: the file is missing")
        except (yaml.YAMLError, UnicodeDecodeError) as fault:
            problems.append(f"{where}: cannot be read: {str(fault).splitlines()[0]}")
        return cls({}, where, problems)

    def wrong(self, what: str) -> None:
        self.problems.append(f"{self.where}: {what}")

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"{key} is missing")
            return ""
        return value.strip()

    def both(self, key: str) -> Both:
        """A text in every language."""
        inner = Sheet(self.data.get(key, {}), f"{self.where}: {key}", self.problems)
        return {language: inner.text(language) for language in LANGUAGES}

    def whole(self, key: str, least: int = 1, most: int = 10_000) -> int:
        """A whole number within its limits."""
        value = self.data.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong(f"{key} should be a whole number from {least} to {most}")
            return least
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Yes or no."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.wrong(f"{key} should be true or false")
            return default
        return value

    def rows(self, key: str) -> list["Sheet"]:
        """The mappings of a list."""
        value = self.data.get(key)
        if not isinstance(value, list):
            self.wrong(f"{key} should be a list")
            return []
        return [
            Sheet(row, f"{self.where}: {self._name(row, place)}", self.problems) for place, row in enumerate(value, 1)
        ]

    @staticmethod
    def _name(row: Any, place: int) -> str:
        return str(row.get("id") or row.get("slug") or place) if isinstance(row, dict) else str(place)
