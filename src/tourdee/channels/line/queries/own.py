"""What at LINE is a person's own as a customer."""

from django.db.models import QuerySet

from tourdee.core.crypto import keyed_hash
from tourdee.people.queries import KnownAs
from tourdee.shop.models import Shop

from ..models import Follower, Silenced

CHANNEL = "line"  # also the name of the service by which people sign in


def followers_as_customer(known: KnownAs) -> QuerySet[Follower]:
    """Where LINE knows them by the id with which they sign in: so it is with channels of one provider."""
    user_id = known.outside.get(CHANNEL, "")
    return Follower.objects.filter(user_id=user_id).order_by("id") if user_id else Follower.objects.none()


def silence_of(shop: Shop, user_id: str) -> QuerySet[Silenced]:
    """The stop that a forgotten follower of the shop has left."""
    return Silenced.objects.filter(shop=shop, who=known_again(shop, user_id))


def known_again(shop: Shop, user_id: str) -> str:
    """What tells no id, and differs from shop to shop."""
    return keyed_hash("line-silenced", f"{shop.public_id} {user_id}")
