"""What the seller does with a comment: hide it, show it again, make an order of it, or set it aside."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tourdee.core import audit
from tourdee.core.calling import Refused, Unavailable
from tourdee.inbox.actions import link_order
from tourdee.people.models import User
from tourdee.shop.actions import waiting
from tourdee.shop.actions.chat_orders import make_chat_order
from tourdee.shop.actions.orders import Buyer, Item
from tourdee.shop.models import Order
from tourdee.shop.queries.in_person import paste_texts

from ..models import Comment
from ..queries.comments import conversation_of
from ..queries.pages import NoKeys, graph_of, page_of
from ..queries.reasons import word_of
from .answers import answer_comment

logger = logging.getLogger(__name__)
HOLD = timedelta(hours=24)
MOST_TRIES = 6


@transaction.atomic
def hide_comment(*, comment: Comment, hide: bool, by: User, at: datetime) -> None:
    """Others are to see it no more, or again; the worker asks Facebook. Audited: what customers say is not lightly hidden."""
    changed = Comment.objects.filter(pk=comment.pk, gone_at__isnull=True).exclude(hide=hide)
    if changed.update(hide=hide, try_at=at, tries=0, why=""):
        text = f"{'ซ่อน' if hide else 'แสดง'}ความคิดเห็นของ {comment.name}"
        audit.record("facebook.comment_hidden", subject=comment, text=text, at=at, actor=by)


def hide_due(at: datetime) -> int:
    """The worker's part. Returns how many were looked at."""
    rows = waiting.due(Comment.objects.select_related("shop__owner"), at)
    for comment in rows:
        _followed(comment, at)
    return len(rows)


def _followed(comment: Comment, at: datetime) -> None:
    page = page_of(comment.shop)
    try:
        if page is None:
            raise NoKeys
        graph_of(page).hide(comment.outside_id, hidden=comment.hide)
    except NoKeys:
        _give_up(comment, "keys")
    except Refused as no:
        _give_up(comment, word_of(no.code))
    except Unavailable as trouble:
        logger.warning("Facebook comment %s: %s", comment.public_id, trouble)
        _give_up(comment, "unavailable") if comment.tries >= MOST_TRIES else waiting.put_off(comment, at)
    else:
        _same(comment).update(hidden=comment.hide, try_at=None, why="")


def _give_up(comment: Comment, why: str) -> None:
    """It stays as it was, and the seller reads why."""
    _same(comment).update(hide=comment.hidden, why=why, try_at=None)


def _same(comment: Comment) -> QuerySet[Comment]:
    """Unless the seller thought better of it meanwhile."""
    return Comment.objects.filter(pk=comment.pk, hide=comment.hide)


@transaction.atomic
def set_aside(*, comment: Comment, at: datetime) -> None:
    """It orders nothing, or it was settled in another way."""
    Comment.objects.filter(pk=comment.pk, order__isnull=True).update(set_aside_at=at)


def order_from_comment(
    *, comment: Comment, items: Sequence[Item], by: User, language: str, answer: bool, at: datetime
) -> Order:
    """One tap makes the order that a comment asks for, held for a day. ``answer``: its writer gets the pay link by Messenger, where
    that is still possible; nobody else sees it. Again it is the same order. Raises what make_chat_order raises."""
    buyer = Buyer(name=comment.name or "Facebook", phone="", language=language)
    order = make_chat_order(
        shop=comment.shop, by=by, buyer=buyer, items=items, hold=HOLD, idempotency_key=f"fb-{comment.public_id}", at=at
    )
    with transaction.atomic():
        if Comment.objects.filter(pk=comment.pk, order__isnull=True).update(order=order):
            _put_beside(comment, order)
        if answer:
            _answer(comment, order, by, language, at)
    return order


def _put_beside(comment: Comment, order: Order) -> None:
    if talk := conversation_of(comment):
        link_order(conversation=talk, order=order)


def _answer(comment: Comment, order: Order, by: User, language: str, at: datetime) -> None:
    lines = list(order.lines.select_related("departure__tour", "category", "variant__product"))
    text = next(one.text for one in paste_texts(order, lines) if one.language == language)
    answer_comment(comment=comment, text=text, privately=True, by=by, key=f"order-{order.public_id}", at=at)
