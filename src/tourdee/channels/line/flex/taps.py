"""What a button tells us when it is tapped: an act and its values, in one short text (LINE takes 300 signs).

Whatever comes back was sent by a telephone, so it may be anything: it is read strictly, and prices never stand in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

LONGEST = 300
VALUE = re.compile(r"[A-Za-z0-9._-]{0,64}")
ACT = "a"


@dataclass(frozen=True)
class Tap:
    """``act`` names what is wanted; ``values`` are public ids and numbers as text."""

    act: str
    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str, most: int) -> int | None:
        """A whole number from 0 to ``most``; ``None`` where there is none."""
        said = self.get(name)
        if not said.isascii() or not said.isdigit() or len(said) > 4:
            return None
        return int(said) if int(said) <= most else None


def written(act: str, **values: object) -> str:
    """The text of a button."""
    return urlencode({ACT: act, **values})


def read(data: str) -> Tap | None:
    """What a button said; ``None`` where it is none of ours."""
    if len(data) > LONGEST:
        return None
    try:
        pairs = dict(parse_qsl(data, strict_parsing=True, max_num_fields=12))
    except ValueError:
        return None
    if ACT not in pairs or not all(VALUE.fullmatch(value) for value in pairs.values()):
        return None
    return Tap(pairs.pop(ACT), pairs)
