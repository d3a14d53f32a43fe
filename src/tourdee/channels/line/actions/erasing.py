"""Who is forgotten leaves nothing at LINE that no law makes us keep."""

from django.db import transaction

from tourdee.people.queries import KnownAs

from ..models import Connection, Follower, Outgoing, Silenced
from ..queries.own import followers_as_customer, known_again


@transaction.atomic
def forget_line_of(*, owner: str) -> None:
    """Keys, events, followers and what waits to be sent, of the shop of this person (their public id)."""
    Connection.objects.filter(shop__owner__public_id=owner).delete()
    Follower.objects.filter(shop__owner__public_id=owner).delete()
    Outgoing.objects.filter(shop__owner__public_id=owner).delete()
    Silenced.objects.filter(shop__owner__public_id=owner).delete()


@transaction.atomic
def forget_follower(*, known: KnownAs) -> None:
    """Somebody who followed shops: their orders stay with the shops, no longer tied to a chat. That they said stop is remembered as long
    as they are the shop's friend at LINE."""
    for follower in followers_as_customer(known).select_related("shop"):
        _remember_stop(follower)
        Outgoing.objects.filter(shop=follower.shop_id, to=follower.user_id).delete()
        follower.delete()


def _remember_stop(follower: Follower) -> None:
    if follower.stopped_at and follower.left_at is None:
        who = known_again(follower.shop, follower.user_id)
        Silenced.objects.get_or_create(shop=follower.shop, who=who, defaults={"stopped_at": follower.stopped_at})
