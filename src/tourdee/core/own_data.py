"""What is known about a person, asked of every room (PDPA s.30 and s.31): rooms tell it in their ``own_data.py``.

    @tells("lessons_read")
    def lessons_read(user: User) -> object: ...

Each answers with plain values (``written`` makes them so of rows) about that person alone: no words of others, no keys.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Told = Callable[[Any], object]
_told: dict[str, Told] = {}


def tells(name: str) -> Callable[[Told], Told]:
    """Decorator for a function in a room's ``own_data.py``; what it answers stands under ``name`` in the file."""

    def register(tell: Told) -> Told:
        _told[name] = tell
        return tell

    return register


def told_of(user: Any) -> dict[str, object]:
    """What all rooms know of a person, by the names under which they tell it."""
    return {name: tell(user) for name, tell in sorted(_told.items())}


def written(rows: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Rows of ``QuerySet.values()`` as they can be written to a file."""
    return [{name.replace("__", "_"): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
