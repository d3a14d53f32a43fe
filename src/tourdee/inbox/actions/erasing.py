"""What is forgotten, and when."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tourdee.people.models import User
from tourdee.people.queries import KnownAs

from ..models import Conversation, SavedAnswer
from ..queries.own import conversations_as_customer
from .handling import forget


@transaction.atomic
def forget_old_conversations(*, at: datetime) -> int:
    """Conversations in which nothing was said for as many days as the host keeps them. Returns how many."""
    limit = at - timedelta(days=settings.MESSAGES_KEPT_DAYS)
    return forget(Conversation.objects.filter(last_at__lt=limit))


@transaction.atomic
def forget_conversations_of(*, user: User) -> int:
    """All that customers wrote to the shop of somebody who is forgotten: the orders say what the law wants kept."""
    SavedAnswer.objects.filter(shop__owner=user).delete()
    return forget(Conversation.objects.filter(shop__owner=user))


@transaction.atomic
def forget_customer(*, known: KnownAs) -> int:
    """All that somebody who is forgotten wrote to shops, and what they answered. Returns how many conversations."""
    return forget(conversations_as_customer(known))
