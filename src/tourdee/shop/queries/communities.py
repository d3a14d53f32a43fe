"""To which communities a shop may belong."""

from tourdee.people import queries as people
from tourdee.people.models import Community

from ..models import Shop


def communities_for(shop: Shop) -> list[Community]:
    """The communities of its owner who said yes to them, those they lead first."""
    return [member.community for member in people.communities_of(shop.owner)]
