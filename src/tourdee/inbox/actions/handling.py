"""What a shop does with a conversation: who answers, when it is done, which order it is about, what nobody else reads."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from tourdee import events
from tourdee.core import pictures
from tourdee.people.models import User
from tourdee.shop.models import Order

from ..models import Conversation, Message
from .messages import LONGEST, CannotWrite

OUTGOING = (Message.By.PERSON, Message.By.PROGRAM)


class NotOfThisShop(Exception):
    """The order is another shop's."""


@transaction.atomic
def mark_read(*, conversation: Conversation) -> bool:
    """Everything up to the newest message that ``conversation`` knows was seen. ``False``: something newer has come."""
    seen = Conversation.objects.filter(pk=conversation.pk, last_at=conversation.last_at)
    return seen.update(unread=0) == 1


@transaction.atomic
def write_note(*, conversation: Conversation, author: User, text: str, key: str, at: datetime) -> Message:
    """Write something down for the shop alone. Repeated with the same ``key`` it is one note. Raises CannotWrite."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise CannotWrite("long" if text else "empty")
    note, _new = Message.objects.get_or_create(
        conversation=conversation, key=key,
        defaults={"by": Message.By.NOTE, "author": author, "text": text, "state": Message.State.RECEIVED, "at": at},
    )  # fmt: skip
    return note


@transaction.atomic
def take_over(*, conversation: Conversation, by: User) -> None:
    """From now on a person answers, and the automatic answers are silent. Safe to repeat."""
    _row(conversation).update(by_person=True, assigned_to=by)


@transaction.atomic
def wait_for_person(*, conversation: Conversation) -> None:
    """The customer asked for a person: the automatic answers are silent, whoever will answer, and the shop is told. Safe to repeat:
    it is told once until the answers were handed back."""
    if _row(conversation).filter(by_person=False).update(by_person=True):
        shop = conversation.shop
        events.publish(
            events.PersonWanted(
                user=shop.owner.public_id, shop=shop.public_id, channel=conversation.channel,
                conversation=conversation.public_id,
            )
        )  # fmt: skip


@transaction.atomic
def hand_back(*, conversation: Conversation) -> None:
    """The channel's automatic answers may speak again. Safe to repeat."""
    _row(conversation).update(by_person=False, assigned_to=None)


@transaction.atomic
def mark_done(*, conversation: Conversation, at: datetime) -> bool:
    """Nothing is left to do here; the next message opens it again. ``False``: it was done before."""
    unfinished = _row(conversation).filter(done_at__isnull=True)
    return unfinished.update(done_at=at, waiting_since=None, unread=0) == 1


@transaction.atomic
def reopen(*, conversation: Conversation) -> None:
    """It was not done after all: who has had no answer waits since then."""
    _row(conversation).filter(done_at__isnull=False).update(done_at=None, waiting_since=_unanswered_since(conversation))


def _unanswered_since(conversation: Conversation) -> datetime | None:
    answered = conversation.messages.filter(by__in=OUTGOING).order_by("-at").values_list("at", flat=True).first()
    asked = conversation.messages.filter(by=Message.By.CUSTOMER, withdrawn_at__isnull=True)
    asked = asked.filter(at__gt=answered) if answered else asked
    return asked.order_by("at").values_list("at", flat=True).first()


@transaction.atomic
def link_order(*, conversation: Conversation, order: Order | None) -> None:
    """The order that the conversation is about, or none; its channel hears of it. Raises NotOfThisShop."""
    if order and order.shop_id != conversation.shop_id:
        raise NotOfThisShop
    before = _row(conversation).values_list("order__public_id", flat=True).get() or ""
    after, shop = order.public_id if order else "", conversation.shop
    _row(conversation).update(order=order)
    if after != before:
        events.publish(
            events.OrderPutBeside(
                user=shop.owner.public_id, shop=shop.public_id, channel=conversation.channel,
                conversation=conversation.public_id, order=after, before=before,
            )
        )  # fmt: skip


@transaction.atomic
def forget_conversation(*, conversation: Conversation) -> None:
    """A customer asks to be forgotten, or nobody needs it any more: all of it goes, pictures too."""
    forget(Conversation.objects.filter(pk=conversation.pk))


def forget(conversations: QuerySet[Conversation]) -> int:
    """Delete them with their pictures, inside the caller's transaction. Returns how many there were."""
    kept = Message.objects.filter(conversation__in=conversations).exclude(picture="")
    paths = list(kept.values_list("picture", flat=True))
    number = conversations.count()
    conversations.delete()
    for path in paths:
        transaction.on_commit(partial(pictures.discard, path))
    return number


def _row(conversation: Conversation) -> QuerySet[Conversation]:
    return Conversation.objects.filter(pk=conversation.pk)
