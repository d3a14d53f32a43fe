"""Messages come in from a channel, are written by the shop, and are sent by the channel."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import pictures
from tourdee.people.models import User
from tourdee.shop.models import Order, Shop

from ..models import Conversation, Message
from ..queries.reach import reach
from ..queries.words import left_open

LONGEST = 5000  # signs; what a channel takes less of it refuses before sending


class CannotWrite(Exception):
    """``reason``: empty, long, unreachable, or open (``{order}`` and the like still stand in it)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def message(self) -> str:
        return {
            "empty": _("Please write something first."),
            "long": _("The message is too long. Please shorten it to %(most)d characters.") % {"most": LONGEST},
            "unreachable": _("No message can be sent here. Please call, or write to the contact that is shown."),
            "open": _("The braces in the text are not filled in yet: link the order first, or delete them."),
        }[self.reason]


@transaction.atomic
def receive_message(
    *, shop: Shop, channel: str, contact: str, name: str, outside_id: str, text: str, at: datetime, picture: str = "",
    order: Order | None = None, language: str = "",
) -> Message:  # fmt: skip
    """Take in what a customer wrote. A message that is known already (``outside_id``) is returned and counts once.
    ``picture`` is a path below PRIVATE_ROOT; ``order`` the one that it is about, ``language`` the customer's: where the channel knows."""
    talk = _conversation(shop, channel, contact, name, at)
    message, new = Message.objects.get_or_create(
        conversation=talk, outside_id=outside_id,
        defaults={"by": Message.By.CUSTOMER, "text": text, "picture": picture, "state": Message.State.RECEIVED, "at": at},
    )  # fmt: skip
    if not new:
        return message
    Conversation.objects.filter(pk=talk.pk).update(
        unread=F("unread") + 1, waiting_since=Coalesce(F("waiting_since"), at), last_at=at, done_at=None,
        **({"name": name} if name else {}), **({"order": order} if order else {}),
        **({"language": language} if language else {}),
    )  # fmt: skip
    events.publish(
        events.MessageReceived(
            user=shop.owner.public_id, shop=shop.public_id, channel=channel, conversation=talk.public_id
        )
    )
    return message


@transaction.atomic
def record_program_message(
    *, shop: Shop, channel: str, contact: str, name: str, outside_id: str, text: str, at: datetime, answers: bool = False,
    queued: bool = False, order: Order | None = None,
) -> Message:  # fmt: skip
    """Show the shop what the channel says by itself: word of an order, an automatic answer. ``answers``: nobody waits any more.
    ``queued``: it is on its way, and ``mark_sent`` or ``mark_failed`` tells what became of it. ``order``: the one it is about."""
    talk = _conversation(shop, channel, contact, name, at)
    state = Message.State.QUEUED if queued else Message.State.SENT
    message, _new = Message.objects.get_or_create(
        conversation=talk, outside_id=outside_id,
        defaults={"by": Message.By.PROGRAM, "text": text, "state": state, "at": at},
    )  # fmt: skip
    Conversation.objects.filter(pk=talk.pk).update(
        last_at=at, **({"waiting_since": None} if answers else {}), **({"order": order} if order else {})
    )
    return message


@transaction.atomic
def put_order_beside(*, shop: Shop, channel: str, contact: str, name: str, order: Order, at: datetime) -> None:
    """The customer has ordered through the channel: from now on the order stands beside the conversation."""
    talk = _conversation(shop, channel, contact, name, at)
    Conversation.objects.filter(pk=talk.pk).update(order=order)


@transaction.atomic
def withdraw_message(*, shop: Shop, channel: str, outside_id: str, at: datetime) -> bool:
    """The customer took a message back: what it said is forgotten, its place stays. ``False``: there is no such message."""
    found = Message.objects.filter(
        conversation__shop=shop, conversation__channel=channel, outside_id=outside_id, withdrawn_at__isnull=True
    )
    paths = [path for path in found.values_list("picture", flat=True) if path]
    for path in paths:
        transaction.on_commit(partial(pictures.discard, path))
    return found.update(text="", picture="", withdrawn_at=at) > 0


@transaction.atomic
def write_message(*, conversation: Conversation, author: User, text: str, key: str, at: datetime) -> Message:
    """Answer a customer: the message is queued, and its channel is told to send it. Repeated with the same ``key`` it is one
    message. The automatic answers of this conversation stop. Raises CannotWrite."""
    text = text.strip()
    if problem := _problem(conversation, text):
        raise CannotWrite(problem)
    message, new = Message.objects.get_or_create(
        conversation=conversation, key=key,
        defaults={"by": Message.By.PERSON, "author": author, "text": text, "state": Message.State.QUEUED, "at": at},
    )  # fmt: skip
    if not new:
        return message
    Conversation.objects.filter(pk=conversation.pk).update(
        unread=0, waiting_since=None, last_at=at, by_person=True, assigned_to=Coalesce(F("assigned_to"), author.pk)
    )
    _hand_to_channel(message, author)
    return message


def _problem(conversation: Conversation, text: str) -> str:
    """Why it can't be sent, or nothing."""
    if not text or len(text) > LONGEST:
        return "long" if text else "empty"
    if left_open(text):
        return "open"
    return "" if reach(conversation).by_itself else "unreachable"


def _hand_to_channel(message: Message, author: User) -> None:
    talk = message.conversation
    events.publish(
        events.MessageWritten(
            user=author.public_id, shop=talk.shop.public_id, channel=talk.channel, message=message.public_id
        )
    )


@transaction.atomic
def send_again(*, message: Message, by: User) -> bool:
    """Try once more to deliver what failed, whoever said it. ``False``: it has not failed, or is on its way again already."""
    failed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED)
    if not failed.update(state=Message.State.QUEUED, why_failed="", asked_at=None):
        return False
    _hand_to_channel(message, by)
    return True


@transaction.atomic
def mark_sent(*, message: Message, outside_id: str = "") -> bool:
    """The channel has delivered it, under this name of its own where it gives one. ``False``: it was marked before, and the first
    word stands."""
    queued = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    named = {"outside_id": outside_id} if outside_id else {}
    return queued.update(state=Message.State.SENT, **named) == 1


@transaction.atomic
def mark_failed(*, message: Message, why: str) -> bool:
    """It could not be delivered and will not be tried again; ``why`` is for the shop to read. ``False``: marked before."""
    queued = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    return queued.update(state=Message.State.FAILED, why_failed=why[:200]) == 1


@transaction.atomic
def name_customer(*, shop: Shop, channel: str, contact: str, name: str) -> bool:
    """The channel has learnt what a customer is called. ``False``: there is no such conversation any more."""
    talks = Conversation.objects.filter(shop=shop, channel=channel, contact=contact)
    return talks.update(name=name[:120]) == 1


def _conversation(shop: Shop, channel: str, contact: str, name: str, at: datetime) -> Conversation:
    talk, _new = Conversation.objects.get_or_create(
        shop=shop, channel=channel, contact=contact, defaults={"name": name, "last_at": at}
    )
    return talk
