"""What at LINE is a person's own as a customer."""

from django.db.models import QuerySet

from tourdee.people.queries import KnownAs

from ..models import Follower

CHANNEL = "line"  # also the name of the service by which people sign in


def followers_as_customer(known: KnownAs) -> QuerySet[Follower]:
    """Where LINE knows them by the id with which they sign in: so it is with channels of one provider."""
    user_id = known.outside.get(CHANNEL, "")
    return Follower.objects.filter(user_id=user_id).order_by("id") if user_id else Follower.objects.none()
