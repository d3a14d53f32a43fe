"""What this room knows of a person who wrote to a shop, or who answers for one."""

from tourdee.core.own_data import tells, written
from tourdee.people.models import User
from tourdee.people.queries import known_as

from .queries import own

SAID = ("conversation__shop__name_th", "conversation__channel", "by", "text", "at")
WROTE = ("conversation__shop__name_th", "conversation__channel", "text", "state", "at")


@tells("messages")
def messages(user: User) -> object:
    """What they and the shops said to each other; their own answers, notes and saved answers as a seller."""
    mine = own.written_as_seller(user)
    return {
        "as_customer": written(own.said_to_customer(known_as(user)).values(*SAID)),
        "answers": written(mine.exclude(by="note").values(*WROTE)),
        "notes": written(mine.filter(by="note").values("conversation__channel", "text", "at")),
        "saved_answers": written(own.saved_answers_of(user).values("title", "text")),
    }
