"""A part of news on its way: what became of it, told once, together with the count of paid messages."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from ..models import Broadcast, BroadcastPart
from .counting import count_paid

STATE, PART = Broadcast.State, BroadcastPart.State
MOST_TRIES = 10
WHY = {
    "quota": gettext_noop("This month's paid messages are used up. The rest was not sent."),
    "token": gettext_noop("LINE does not know the shop's key. Please connect again."),
    "unavailable": gettext_noop("LINE does not answer. We have tried many times."),
    "untold": gettext_noop("LINE took it, but does not tell how many it reached."),
    "failed": gettext_noop("LINE took it and could not send it. Nobody was written to."),
}  # kept as written here, shown in the reader's language


def meant_by(part: BroadcastPart) -> int:
    """How many people: all that were agreed to where LINE chooses whom it reaches."""
    return part.broadcast.people if part.broadcast.way == Broadcast.Way.BROADCAST else len(part.followers)


def may_have_been_taken(part: BroadcastPart, at: datetime) -> None:
    """LINE is asked to send it now: from here on it counts as perhaps taken."""
    if part.asked_at is None:
        part.asked_at = at
        BroadcastPart.objects.filter(pk=part.pk).update(asked_at=at)


def look_again(part: BroadcastPart, pause: timedelta, at: datetime) -> None:
    """It goes well and is not done: the next step after a pause."""
    BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING).update(try_at=at + pause, tries=0)


def try_again(part: BroadcastPart, at: datetime) -> None:
    """It went wrong in a way that may be asked again: after growing pauses, and in the end it has failed."""
    if part.tries + 1 >= MOST_TRIES:
        BroadcastPart.objects.filter(pk=part.pk).update(why=WHY["unavailable"])
        note(part, at, failed=meant_by(part))
        return
    pause = timedelta(seconds=min(10 * 2**part.tries, 1800))
    BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING).update(try_at=at + pause)


@transaction.atomic
def note(part: BroadcastPart, at: datetime, *, sent: int = 0, failed: int = 0, why: str = "") -> None:
    """How it ended, once. ``why`` is for the seller to read."""
    state = PART.FAILED if failed and not sent else PART.SENT
    if not BroadcastPart.objects.filter(pk=part.pk, state=PART.WAITING).update(state=state):
        return
    mine = Broadcast.objects.filter(pk=part.broadcast_id)
    mine.update(sent=F("sent") + sent, failed=F("failed") + failed)
    if why:
        mine.update(why=why[:200])
    if sent:
        count_paid(shop=part.broadcast.shop, number=sent, at=at)
    if not BroadcastPart.objects.filter(broadcast=part.broadcast_id, state=PART.WAITING).exists():
        mine.filter(state=STATE.SENDING).update(state=STATE.SENT, ended_at=at)


@transaction.atomic
def stop(news: Broadcast, why: str, at: datetime) -> None:
    """Nothing more of it is sent."""
    Broadcast.objects.filter(pk=news.pk, state=STATE.SENDING).update(state=STATE.STOPPED, why=why[:200], ended_at=at)
