"""Cards put into carousels that LINE takes: at most twelve, and so many bytes, in one."""

import json
from collections.abc import Sequence

from .parts import Json, card

MOST_BUBBLES = 12
MOST_BYTES = 50_000
ROOM_FOR_THE_REST = 500  # bytes: the words around the cards


def weight(contents: Json) -> int:
    """Bytes of a card as it is sent."""
    return len(json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode())


def packed(bubbles: Sequence[Json]) -> list[list[Json]]:
    """The cards in their order, in as few carousels as hold them."""
    groups: list[list[Json]] = []
    room = 0
    for bubble in bubbles:
        heavy = weight(bubble) + 1
        if not groups or len(groups[-1]) == MOST_BUBBLES or heavy > room:
            groups.append([])
            room = MOST_BYTES - ROOM_FOR_THE_REST
        groups[-1].append(bubble)
        room -= heavy
    return groups


def carousels(alt: str, bubbles: Sequence[Json], quick: Sequence[Json] = ()) -> list[Json]:
    """Messages with all the cards; the buttons under the chat hang on the last one."""
    groups = packed(bubbles)
    return [
        card(alt, {"type": "carousel", "contents": group}, quick if place == len(groups) else ())
        for place, group in enumerate(groups, start=1)
    ]
