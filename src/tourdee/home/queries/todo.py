"""One thing to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Todo:
    """An icon, what it is, why it matters now, where it is done, and the words of the button."""

    icon: str
    title: str
    text: str
    url: str
    action: str
    count: int = 0
