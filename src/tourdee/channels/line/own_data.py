"""What this room knows of a seller who uses LINE, and of somebody who follows shops with the LINE account that they sign in with."""

from tourdee.core.own_data import tells, written
from tourdee.people.models import User
from tourdee.people.queries import known_as

from .models import Broadcast, Connection, KeywordAnswer
from .queries.own import followers_as_customer


@tells("line")
def line(user: User) -> object:
    """The connection without its keys, answers and news as a seller; the shops that they follow."""
    followed = followers_as_customer(known_as(user))
    return {
        "connection": written(Connection.objects.filter(shop__owner=user).values("basic_id", "name", "connected_at")),
        "answers": written(KeywordAnswer.objects.filter(shop__owner=user).order_by("id").values("words", "answer")),
        "news": written(Broadcast.objects.filter(made_by=user).order_by("id").values("text", "audience", "state", "send_at")),
        "following": written(followed.values("shop__name_th", "name", "language", "followed_at", "left_at", "stopped_at", "seen_at")),
    }  # fmt: skip
