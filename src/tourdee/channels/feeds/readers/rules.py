"""What a table of required fields is made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What one field must be. ``most``: characters. ``form``: a regular expression for the whole value. ``source``: who
    says so."""

    field: str
    source: str
    required: bool = True
    most: int = 0
    among: frozenset[str] = frozenset()
    form: str = ""

    def broken(self, value: str) -> str:
        """``missing``, ``too_long`` or ``form``; empty where the value will do."""
        if not value:
            return "missing" if self.required else ""
        if self.most and len(value) > self.most:
            return "too_long"
        if (self.among and value not in self.among) or (self.form and not re.fullmatch(self.form, value, re.DOTALL)):
            return "form"
        return ""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A service that fetches. ``slug`` names it in addresses, ``channel`` in the shop's listings."""

    slug: str
    channel: str
    name: str
    kinds: str  # "goods" or "tours"
    rules: tuple[Rule, ...]
    in_stock: str = ""
    out_of_stock: str = ""
    agents: tuple[str, ...] = ()  # how its fetching programs call themselves

    def broken(self, values: Mapping[str, str]) -> list[tuple[Rule, str]]:
        """The rules that these values break, and how."""
        found = ((rule, rule.broken(values.get(rule.field, ""))) for rule in self.rules)
        return [(rule, how) for rule, how in found if how]
