"""What LINE's contract does not check and LINE refuses: looked at before anything is sent, said so that a seller can shorten it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .flex.packing import MOST_BUBBLES, MOST_BYTES
from .flex.parts import MOST_QUICK, Json

MOST_MESSAGES = 5
TEXT, ALT, POSTBACK, ADDRESS, PICTURE, LABEL = 5000, 1500, 300, 1000, 2000, 20  # UTF-16 units
BUBBLE_BYTES = 30_000


class TooLong(Exception):
    """It would be refused. ``what`` names the part, ``most`` how much it may be."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(what)
        self.what, self.most = what, most

    @property
    def message(self) -> str:
        words = {
            "messages": _("At most %(most)d messages go out at once. Please make it fewer."),
            "text": _("The text is too long for LINE: at most %(most)d characters. Please shorten it."),
            "alt": _("The words for the list of chats are too long: at most %(most)d characters."),
            "bubbles": _("At most %(most)d cards fit side by side. Please show fewer."),
            "bytes": _("This card is too heavy for LINE. Please shorten its words."),
            "quick": _("At most %(most)d quick answers fit below the chat."),
            "label": _("The words on a button are too long: at most %(most)d characters."),
            "button": _("A button of this message is too long for LINE. Please shorten names."),
            "picture": _("A picture needs an https address."),
            "empty": _("An empty text cannot be sent."),
        }
        return words[self.what] % {"most": self.most}


def check(messages: Sequence[Json]) -> None:
    """All messages of one call. Raises TooLong."""
    _at_most("messages", len(messages), MOST_MESSAGES)
    if not messages:
        raise TooLong("empty", 1)
    for message in messages:
        _check_one(message)


def _check_one(message: Json) -> None:
    if message["type"] == "text":
        if not message["text"].strip():
            raise TooLong("empty", 1)
        _at_most("text", units(message["text"]), TEXT)
    if message["type"] == "flex":
        _at_most("alt", units(message["altText"]), ALT)
        _check_flex(message["contents"])
    _at_most("quick", len(message.get("quickReply", {"items": []})["items"]), MOST_QUICK)
    for action in _found(message, "action"):
        _check_action(action)


def _check_flex(contents: Json) -> None:
    bubbles = contents["contents"] if contents["type"] == "carousel" else [contents]
    _at_most("bubbles", len(bubbles), MOST_BUBBLES)
    for bubble in bubbles:
        _at_most("bytes", weight(bubble), BUBBLE_BYTES)
        if "hero" in bubble:
            _check_picture(bubble["hero"]["url"])
    _at_most("bytes", weight(contents), MOST_BYTES)


def _check_picture(address: str) -> None:
    """On https; where the site itself has none, only the twin is told of its pictures."""
    if not address.startswith(("https://", f"{settings.SITE_URL}/")) or units(address) > PICTURE:
        raise TooLong("picture", PICTURE)


def _check_action(action: Any) -> None:
    _at_most("label", units(action.get("label", "")), LABEL)
    _at_most("button", units(action.get("data", "")), POSTBACK)
    _at_most("button", units(action.get("displayText", "")), POSTBACK)
    _at_most("button", units(action.get("uri", "")), ADDRESS)


def units(words: str) -> int:
    """UTF-16 units, as LINE counts: an elephant is two."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def weight(contents: Json) -> int:
    """Bytes as sent."""
    return len(json.dumps(contents, ensure_ascii=False).encode())


def _at_most(what: str, found: int, most: int) -> None:
    if found > most:
        raise TooLong(what, most)


def _found(thing: Any, name: str) -> Iterator[Any]:
    """Everything of that name, however deep."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            if key == name:
                yield value
            yield from _found(value, name)
    elif isinstance(thing, list):
        for value in thing:
            yield from _found(value, name)
