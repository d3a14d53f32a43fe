"""The customer wants a person: the shop is told, and keeps silent by itself from then on."""

from tourdee.inbox.actions import receive_message, wait_for_person

from ..flex.taps import read
from ..models import Tile
from ..queries.answers import tile_meant
from .talk import Talk

CHANNEL = "line"
WORDS = {"th": "ขอคุยกับคนขาย", "en": "I would like to talk to somebody."}


def is_wanted(data: str) -> bool:
    """Whether this button asks for a person."""
    tapped = read(data)
    return tapped is not None and tapped.act == Tile.PERSON


def is_asked(words: str) -> bool:
    """Whether these words do."""
    return tile_meant(words) == Tile.PERSON


def hand_over(*, talk: Talk, event_id: str) -> None:
    """The conversation waits for somebody of the shop, and no answers come by themselves. Twice changes nothing."""
    follower = talk.follower
    message = receive_message(
        shop=talk.shop, channel=CHANNEL, contact=follower.user_id, name=follower.name, outside_id=f"person-{event_id}",
        text=WORDS["en" if follower.language.startswith("en") else "th"], at=talk.at,
    )  # fmt: skip
    wait_for_person(conversation=message.conversation)
