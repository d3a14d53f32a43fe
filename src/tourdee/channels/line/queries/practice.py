"""What stands on the screen of the practice telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import play
from ..flex.parts import Json
from ..models import Connection, Event
from .connections import keys_of

MOST = 30


@dataclass(frozen=True)
class ScreenLine:
    """One thing on the screen. ``mine``: done by the customer, as words."""

    at: datetime
    mine: str = ""
    messages: tuple[Json, ...] = ()


def screen(connection: Connection) -> list[ScreenLine]:
    """The newest things, oldest first, in the order in which they happened."""
    heard = Event.objects.filter(connection=connection, body__source__userId=play.YOU).order_by("-happened_at", "-pk")
    lines = [ScreenLine(event.happened_at, mine=words) for event in heard[:MOST] if (words := _words(event.body))]
    calls = play.calls_to(keys_of(connection).token, play.YOU)
    lines += [ScreenLine(call.at, messages=tuple(call.messages)) for call in calls[-MOST:]]
    return sorted(lines, key=lambda line: line.at)[-MOST:]


def _words(body: dict[str, Any]) -> str:
    message = body.get("message") or {}
    if message.get("type") == "image":
        return "🖼"
    if body.get("type") == "postback":
        return str(body.get("shown", "")) or "👆"
    return str(message.get("text", ""))
