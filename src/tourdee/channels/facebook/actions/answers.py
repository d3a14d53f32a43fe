"""Answers go out: what somebody of the shop wrote in the inbox, to Messenger or below a comment, and private answers to comments."""

import logging
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tourdee import events
from tourdee.core.calling import Refused, Unavailable
from tourdee.inbox.actions import mark_failed, mark_sent, write_message
from tourdee.inbox.models import Message
from tourdee.people.models import User
from tourdee.shop.actions import waiting
from tourdee.shop.models import Shop

from ..graph import Found, Graph
from ..models import Comment, Outgoing, Page
from ..queries.comments import CHANNEL, conversation_of, may_answer_privately
from ..queries.pages import NoKeys, graph_of
from ..queries.reasons import word_of, words
from .pages import note_refused_keys

logger = logging.getLogger(__name__)
WINDOW = timedelta(hours=24)  # Meta's: so long after the customer last wrote may a shop answer by Messenger
LONGEST = 2000  # signs of a message
MOST_TRIES = 9
SETTLES = timedelta(minutes=1)


class CannotAnswer(Exception):
    """Nobody to answer, or no longer in private: once for each comment, within seven days."""

    @property
    def message(self) -> str:
        return _("This comment cannot be answered privately any more. Answer below it instead.")


class MayNot(Exception):
    """``why``: a word of reasons.py; asking Facebook would be useless."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def queue_answer(*, message: Message, page: Page | None, at: datetime) -> None:
    """Somebody answered in the inbox: the worker sends it. Told again, it is queued once."""
    if page is None or not page.may_post:
        mark_failed(message=message, why=_as_kept("keys"))
        return
    Outgoing.objects.get_or_create(message=message, defaults={"page": page, "try_at": at})


@transaction.atomic
def answer_comment(*, comment: Comment, text: str, privately: bool, by: User, key: str, at: datetime) -> Message:
    """Answer below a comment, or its writer alone. Raises CannotAnswer, and inbox.CannotWrite."""
    page, talk = Page.objects.filter(shop=comment.shop).first(), conversation_of(comment)
    if page is None or talk is None or comment.gone_at:
        raise CannotAnswer
    known = talk.messages.filter(key=key).first()
    if known is None and privately and not may_answer_privately(comment, at):
        raise CannotAnswer
    message = write_message(conversation=talk, author=by, text=text, key=key, at=at)
    to = comment if privately else None
    Outgoing.objects.get_or_create(message=message, defaults={"page": page, "try_at": at, "private_to": to})
    return message


def new_key() -> str:
    """For a form that is sent once."""
    return secrets.token_urlsafe(18)


def send_answers_due(at: datetime) -> int:
    """The worker's part. Returns how many were looked at."""
    rows = Outgoing.objects.select_related(
        "page", "message__conversation__shop__owner", "message__author", "private_to"
    )
    due = waiting.due(rows, at)
    for outgoing in due:
        _followed(outgoing, at)
    return len(due)


def _followed(out: Outgoing, at: datetime) -> None:
    try:
        _sent(out, _send(out, graph_of(out.page), at), at)
    except MayNot as no:
        _failed(out, no.why)
    except NoKeys:
        _failed(out, "keys")
    except Refused as no:
        _failed(out, word_of(no.code))
        if word_of(no.code) == "keys":
            note_refused_keys(page=out.page)
    except Unavailable as trouble:
        logger.warning("Facebook answer %s: %s", out.message.public_id, trouble)
        _later(out, at)
    except Exception:
        logger.exception("Facebook answer %s could not be followed", out.message.public_id)
        _later(out, at)


def _send(out: Outgoing, graph: Graph, at: datetime) -> Found:
    """Sent now, or found to have been sent by an earlier try. Raises Unavailable to wait a little."""
    if out.asked_at:
        if found := _earlier(out, graph):
            return found
        if at < out.asked_at + SETTLES:
            raise Unavailable("an earlier try is not seen yet")
    to = _recipient(out, at)
    first = out.asked_at or at
    Outgoing.objects.filter(pk=out.pk).update(asked_at=first)
    text = out.message.text
    return graph.reply(to, text) if isinstance(to, str) else graph.send(out.page.page_id, to=to, text=text)


def _earlier(out: Outgoing, graph: Graph) -> Found | None:
    assert out.asked_at
    text, page = out.message.text, out.page.page_id
    if out.private_to:
        return graph.find_sent(page, out.private_to.author, text, out.asked_at)
    kind, _colon, contact = out.message.conversation.contact.partition(":")
    if kind == "m":
        return graph.find_sent(page, contact, text, out.asked_at)
    return graph.find_reply(page, contact, text, out.asked_at)


def _recipient(out: Outgoing, at: datetime) -> str | dict[str, str]:
    """The comment to answer below, or whom to write. Raises MayNot."""
    if out.private_to:
        return {"comment_id": out.private_to.outside_id}
    kind, _colon, contact = out.message.conversation.contact.partition(":")
    if kind == "c":
        return contact
    if len(out.message.text) > LONGEST:
        raise MayNot("long")
    received = out.message.conversation.messages.filter(by=Message.By.CUSTOMER).order_by("-at").first()
    if received is None or received.at < at - WINDOW:
        raise MayNot("window")
    return {"id": contact}


@transaction.atomic
def _sent(out: Outgoing, found: Found, at: datetime) -> None:
    Outgoing.objects.filter(pk=out.pk).update(try_at=None)
    if mark_sent(message=out.message, outside_id=found.outside_id[:120]):
        shop = out.message.conversation.shop
        if _first_of(shop):
            user = out.message.author or shop.owner
            events.publish(
                events.FirstReplySent(user=user.public_id, shop=shop.public_id, channel=CHANNEL)
            )  # fmt: skip


def _first_of(shop: Shop) -> bool:
    sent = Message.objects.filter(
        conversation__shop=shop, conversation__channel=CHANNEL, by=Message.By.PERSON, state=Message.State.SENT
    )
    return sent.count() == 1


@transaction.atomic
def _failed(out: Outgoing, why: str) -> None:
    Outgoing.objects.filter(pk=out.pk).update(try_at=None)
    mark_failed(message=out.message, why=_as_kept(why))


def _as_kept(why: str) -> str:
    """The inbox keeps the reason as it is written here, and shows it in the reader's language."""
    with override("en"):
        return words(why)


def _later(out: Outgoing, at: datetime) -> None:
    if out.tries >= MOST_TRIES:
        _failed(out, "unavailable")
    else:
        waiting.put_off(out, at)
