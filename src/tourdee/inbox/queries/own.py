"""What of the inbox is a person's own: as a customer of others, and as a seller."""

from django.db.models import Q, QuerySet

from tourdee.people.models import User
from tourdee.people.queries import KnownAs

from ..models import Conversation, Message, SavedAnswer
from .channels import STOREFRONT


def conversations_as_customer(known: KnownAs) -> QuerySet[Conversation]:
    """Where the contact is an address that the person has proved, or the id by which a channel of that name knows them. Facebook
    knows people by another id in every Page: those stay unknown."""
    mine = Q(pk__in=[])
    for contact in filter(None, (known.email, known.phone)):
        mine |= Q(channel=STOREFRONT, contact=contact.lower())
    for service, contact in known.outside.items():
        mine |= Q(channel=service, contact=contact)
    return Conversation.objects.filter(mine).order_by("pk")


def said_to_customer(known: KnownAs) -> QuerySet[Message]:
    """Both sides of those conversations, without the shop's notes to itself."""
    said = Message.objects.filter(conversation__in=conversations_as_customer(known), withdrawn_at__isnull=True)
    return said.exclude(by=Message.By.NOTE).order_by("conversation_id", "at", "pk")


def written_as_seller(user: User) -> QuerySet[Message]:
    """Answers and notes that they wrote; what customers wrote is the customers'."""
    return Message.objects.filter(author=user).order_by("at", "pk")


def saved_answers_of(user: User) -> QuerySet[SavedAnswer]:
    """Of their own shop."""
    return SavedAnswer.objects.filter(shop__owner=user)
