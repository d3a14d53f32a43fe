"""What the shop says by itself: queued for LINE, and shown in the inbox as on its way, sent, or failed with the reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tourdee.inbox.actions import record_program_message
from tourdee.shop.models import Order

from ..flex.parts import Json, plain
from ..models import Follower, Outgoing
from .sending import send

CHANNEL = "line"


@transaction.atomic
def say(
    *, follower: Follower, messages: Sequence[Json], key: str, at: datetime, order: Order | None = None,
    answers: bool = False, reply_token: str = "", heard_at: datetime | None = None,
) -> Outgoing:  # fmt: skip
    """Once for each ``key``. ``order``: what it is about, ``answers``: nobody waits any more. Raises limits.TooLong."""
    shown = record_program_message(
        shop=follower.shop, channel=CHANNEL, contact=follower.user_id, name=follower.name, outside_id=key,
        text=plain(messages), at=at, answers=answers, queued=True, order=order,
    )  # fmt: skip
    return send(
        shop=follower.shop, to=follower.user_id, messages=messages, key=key, at=at, reply_token=reply_token,
        heard_at=heard_at, inbox=shown,
    )  # fmt: skip
