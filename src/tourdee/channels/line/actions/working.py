"""Work on what LINE told us: know who it is, put it into the inbox, answer as the shop in the chat does.

Each event is claimed by one worker and may be worked on twice after a crash: what it does has a key of its own (the event's id).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from tourdee.core.calling import Unavailable
from tourdee.core.periodic import in_turn
from tourdee.inbox.actions import receive_message, withdraw_message
from tourdee.inbox.models import Conversation
from tourdee.shop.models import Shop

from ..client import Refused
from ..flex.parts import Json
from ..models import Event, Follower
from ..queries.connections import NotConnected, line_of
from ..queries.screens import menu
from ..queries.screens.orders import in_language_of
from . import chat_shop, followers, hand_over, pictures
from .saying import say
from .talk import Talk

logger = logging.getLogger(__name__)
CHANNEL = "line"
CLAIM = timedelta(seconds=60)
MOST_TRIES = 5
BATCH = 50
NOT_SHOWN = {
    "image": pictures.NOT_SHOWN, "video": "[วิดีโอ]", "audio": "[เสียง]", "file": "[ไฟล์]", "location": "[ตำแหน่งที่ตั้ง]", "sticker": "[สติกเกอร์]",
}  # fmt: skip


def work_on_due(at: datetime) -> int:
    """The worker's part, the oldest first. Returns how many were worked on."""
    due = Event.objects.filter(handled_at__isnull=True, try_at__lte=at, tries__lt=MOST_TRIES)
    done = 0
    for event in in_turn(due.select_related("connection__shop__owner").order_by("happened_at", "pk")[:BATCH]):
        mine = Event.objects.filter(pk=event.pk, handled_at__isnull=True, try_at=event.try_at)
        if mine.update(try_at=at + CLAIM, tries=F("tries") + 1):
            _work_on(event, at)
            done += 1
    return done


def _work_on(event: Event, at: datetime) -> None:
    try:
        handle(event, at)
    except Exception as problem:  # one broken event must not stop those behind it
        logger.exception("An event of LINE could not be worked on")
        Event.objects.filter(pk=event.pk).update(problem=type(problem).__name__)
        if event.tries + 1 >= MOST_TRIES:
            _show_at_least(event, at)
    else:
        Event.objects.filter(pk=event.pk).update(handled_at=at, problem="")


def handle(event: Event, at: datetime) -> None:
    """One event. Kinds that we do not know, groups and rooms are let pass."""
    act, user_id = HANDLERS.get(str(event.body.get("type"))), _person(event)
    if act and user_id:
        act(event, user_id, at)


def _person(event: Event) -> str:
    """Whose event it is; empty in groups and rooms."""
    source = event.body.get("source") or {}
    return str(source.get("userId") or "") if source.get("type") == "user" else ""


def _show_at_least(event: Event, at: datetime) -> None:
    """Nobody tries again (LINE's pictures were silent for minutes, or we have a fault): that the customer sent something is shown
    to the shop, and waits for an answer."""
    user_id, message = _person(event), event.body.get("message") or {}
    named = str(message.get("id", ""))[:100]
    if event.body.get("type") != "message" or not user_id:
        return
    try:
        if not _taken_back(event, named):
            follower = followers.meet(shop=event.connection.shop, user_id=user_id, at=event.happened_at)
            talk = Talk(shop=event.connection.shop, follower=follower, at=at)
            _into_inbox(talk, named, _words_of(message))
    except Exception:
        logger.exception("An event of LINE could not even be shown")


# ------------------------------------------------------------------ what can happen
def _followed(event: Event, user_id: str, at: datetime) -> None:
    talk = _talk(event, user_id, at)
    with in_language_of(talk.follower):
        _answer(event, talk, chat_shop.greet(talk))


def _left(event: Event, user_id: str, at: datetime) -> None:
    followers.leave(shop=event.connection.shop, user_id=user_id, at=at)


def _tapped(event: Event, user_id: str, at: datetime) -> None:
    talk = _talk(event, user_id, at)
    postback = event.body.get("postback") or {}
    data, day = str(postback.get("data", "")), str((postback.get("params") or {}).get("date", ""))
    with in_language_of(talk.follower):
        if hand_over.is_wanted(data):
            hand_over.hand_over(talk=talk, event_id=event.event_id)
        said = (
            chat_shop.answer_tap(talk, data, day=day) if not pictures.is_choice(data) else pictures.chosen(talk, data)
        )
        _answer(event, talk, said)


def _wrote(event: Event, user_id: str, at: datetime) -> None:
    message = event.body.get("message") or {}
    kind, named = str(message.get("type")), str(message.get("id", ""))[:100]
    if _taken_back(event, named):
        return
    talk = _talk(event, user_id, at)
    with in_language_of(talk.follower):
        if kind == "image":
            _answer(event, talk, pictures.came(talk, named, line_of(event.connection)))
            return
        words = _words_of(message)
        _into_inbox(talk, named, words)
        if kind == "text":
            by_person = _by_person(talk)
            if hand_over.is_asked(words):
                hand_over.hand_over(talk=talk, event_id=event.event_id)
            said = chat_shop.answer_text(talk, words, by_person=by_person)
            known = said != menu.not_understood() and not hand_over.is_asked(words)
            _answer(event, talk, said, answers=known)


def _words_of(message: dict[str, Any]) -> str:
    """What it says, or in words what it is."""
    kind = str(message.get("type"))
    return str(message.get("text", ""))[:5000] if kind == "text" else NOT_SHOWN.get(kind, "[…]")


def _withdrew(event: Event, user_id: str, at: datetime) -> None:
    named = str((event.body.get("unsend") or {}).get("messageId", ""))
    withdraw_message(shop=event.connection.shop, channel=CHANNEL, outside_id=named, at=at)
    Event.objects.filter(connection=event.connection, body__message__id=named).update(body={"type": "withdrawn"})


def _taken_back(event: Event, message_id: str) -> bool:
    """LINE delivers in no order: the message may come after the word that it was taken back. Then it is not kept."""
    if not Event.objects.filter(connection=event.connection, body__unsend__messageId=message_id).exists():
        return False
    Event.objects.filter(pk=event.pk).update(body={"type": "withdrawn"})
    return True


HANDLERS: dict[str, Callable[[Event, str, datetime], None]] = {
    "follow": _followed,
    "unfollow": _left,
    "postback": _tapped,
    "message": _wrote,
    "unsend": _withdrew,
}


# ------------------------------------------------------------------ parts
def _talk(event: Event, user_id: str, at: datetime) -> Talk:
    """Who it is: asked of LINE the first time, and when they follow again."""
    shop: Shop = event.connection.shop
    known = Follower.objects.filter(shop=shop, user_id=user_id).exclude(name="").exists()
    name = language = ""
    if not known or event.body.get("type") == "follow":
        name, language = _profile(event, user_id)
    follower = followers.meet(shop=shop, user_id=user_id, name=name, language=language, at=event.happened_at)
    return Talk(shop=shop, follower=follower, at=at)


def _profile(event: Event, user_id: str) -> tuple[str, str]:
    try:
        found = line_of(event.connection).profile(user_id)
    except (Refused, Unavailable, NotConnected):
        return "", ""  # they stay a customer without a name
    return found.name, found.language


def _into_inbox(talk: Talk, message_id: str, words: str, picture: str = "") -> None:
    receive_message(
        shop=talk.shop, channel=CHANNEL, contact=talk.follower.user_id, name=talk.follower.name, outside_id=message_id,
        text=words, at=talk.at, picture=picture, language=talk.follower.language,
    )  # fmt: skip


def _by_person(talk: Talk) -> bool:
    return Conversation.objects.filter(
        shop=talk.shop, channel=CHANNEL, contact=talk.follower.user_id, by_person=True
    ).exists()


def _answer(event: Event, talk: Talk, messages: list[Json], *, answers: bool = False) -> None:
    """Free by the event's reply token while it lives. ``standby``: another program has the word. ``answers``: what was asked
    is answered by it, so nobody waits."""
    body: Any = event.body
    if body.get("mode") == "standby":
        return
    token = str(body.get("replyToken", ""))
    if not messages:
        followers.keep_token(follower=talk.follower, token=token, heard_at=event.happened_at)
        return
    say(
        follower=talk.follower, messages=messages[:5], key=f"answer-{event.event_id}", at=talk.at, answers=answers,
        reply_token=token, heard_at=event.happened_at,
    )  # fmt: skip
