"""Comments, and the orders in them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tourdee.inbox.models import Conversation, Message
from tourdee.shop.models import Shop

from ..models import Comment

CHANNEL = "facebook"
MOST_SHOWN = 100
PRIVATELY_WITHIN = timedelta(days=7)  # Meta's rule, as for the one answer


def comments_of(shop: Shop) -> list[Comment]:
    """The latest that still stand there: first those that order something and wait, then by time."""
    there = Comment.objects.filter(shop=shop, gone_at__isnull=True)
    rows = there.select_related("post__tour", "post__product", "order")[:MOST_SHOWN]
    return sorted(rows, key=lambda one: not one.is_open)


def open_orders_in_comments(shop: Shop) -> int:
    """How many drafts wait for the seller."""
    waiting = Q(wanted__isnull=False, order__isnull=True, set_aside_at__isnull=True, gone_at__isnull=True)
    return Comment.objects.filter(waiting, shop=shop).count()


def own_comments(user: Any) -> QuerySet[Comment]:
    """A person's own shop's; others are not found."""
    known = Comment.objects.filter(shop__owner=user)
    return known.select_related("shop__owner", "post__tour__shop", "post__product__shop", "order")


def contact_of(comment: Comment) -> str:
    """The inbox keeps one conversation for each thread of comments."""
    return f"c:{comment.thread}"


def conversation_of(comment: Comment) -> Conversation | None:
    """Where its answers are written."""
    return Conversation.objects.filter(shop=comment.shop, channel=CHANNEL, contact=contact_of(comment)).first()


def may_answer_privately(comment: Comment, at: datetime) -> bool:
    """Once, within seven days, while it stands there."""
    if comment.gone_at or comment.at < at - PRIVATELY_WITHIN:
        return False
    return not comment.private_answers.exclude(message__state=Message.State.FAILED).exists()
