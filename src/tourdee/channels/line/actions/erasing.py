"""Who is forgotten leaves nothing at LINE that no law makes us keep."""

from django.db import transaction

from tourdee.people.queries import KnownAs

from ..models import Connection, Follower, Outgoing
from ..queries.own import followers_as_customer


@transaction.atomic
def forget_line_of(*, owner: str) -> None:
    """Keys, events, followers and what waits to be sent, of the shop of this person (their public id)."""
    Connection.objects.filter(shop__owner__public_id=owner).delete()
    Follower.objects.filter(shop__owner__public_id=owner).delete()
    Outgoing.objects.filter(shop__owner__public_id=owner).delete()


@transaction.atomic
def forget_follower(*, known: KnownAs) -> None:
    """Somebody who followed shops: their orders stay with the shops, no longer tied to a chat."""
    for follower in followers_as_customer(known):
        Outgoing.objects.filter(shop=follower.shop_id, to=follower.user_id).delete()
        follower.delete()
