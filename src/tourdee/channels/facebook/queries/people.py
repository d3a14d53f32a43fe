"""Those who write by Messenger."""

from tourdee.inbox.models import Conversation
from tourdee.shop.models import Shop

from .comments import CHANNEL


def contact_of_person(person: str) -> str:
    """How the inbox keeps a person's conversation."""
    return f"m:{person}"


def nameless(person: str) -> str:
    """Until the name is known, the end of the id tells two people apart."""
    return f"Messenger …{person[-4:]}"


def has_a_name(shop: Shop, person: str) -> bool:
    """Whether the inbox knows what this person is called."""
    talk = Conversation.objects.filter(shop=shop, channel=CHANNEL, contact=contact_of_person(person))
    return talk.exclude(name__in=["", nameless(person)]).exists()
