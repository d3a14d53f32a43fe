"""Messages go out: queued with the change that they tell of, sent by the worker, each delivered once or shown as failed.

The answer to somebody who just wrote is free while its reply token lives, so it is tried first; else it is a push, which the
month's count must allow. No call stands in a transaction. An answer of which we do not know whether it arrived is asked again with
the same token: if LINE then says that the token is used, it had arrived.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from tourdee import events
from tourdee.core.calling import Unavailable
from tourdee.core.periodic import Clock, in_turn
from tourdee.inbox.actions import mark_failed, mark_sent
from tourdee.inbox.models import Message
from tourdee.shop.models import Shop

from .. import limits
from ..client import Busy, Line, Refused
from ..flex.parts import Json
from ..models import Follower, Outgoing
from ..queries.connections import NotConnected, line_of_shop
from ..queries.quota import meter_of
from .counting import count_paid
from .followers import REPLY_LIVES

logger = logging.getLogger(__name__)
STATE = Outgoing.State
CLAIM = timedelta(seconds=60)  # nobody else takes a message for so long
MOST_TRIES = 8
BATCH = 50
WHY = {
    "gone": gettext_noop("The customer has blocked the shop or follows it no more."),
    "quota": gettext_noop("This month's paid messages are used up."),
    "token": gettext_noop("LINE does not know the shop's key. Please connect again."),
    "person": gettext_noop("LINE does not find this customer."),
    "unsure": gettext_noop("LINE does not answer, so we do not know whether it arrived."),
    "unavailable": gettext_noop("LINE does not answer. We have tried many times."),
}  # kept as written here, shown in the reader's language


@transaction.atomic
def send(
    *, shop: Shop, to: str, messages: Sequence[Json], key: str, at: datetime, reply_token: str = "",
    heard_at: datetime | None = None, inbox: Message | None = None,
) -> Outgoing:  # fmt: skip
    """Queue up to five messages. The same ``key`` again changes nothing. ``reply_token`` came with something that was
    ``heard_at``. Raises limits.TooLong."""
    limits.check(messages)
    until = (heard_at or at) + REPLY_LIVES if reply_token else None
    return Outgoing.objects.get_or_create(
        shop=shop, key=key[:80],
        defaults={
            "to": to, "messages": list(messages), "reply_token": reply_token, "reply_until": until, "inbox": inbox,
            "try_at": at, "made_at": at,
        },
    )[0]  # fmt: skip


def send_due(at: datetime, *, clock: Clock = time.monotonic) -> int:
    """The worker's part. Returns how many were tried."""
    due = Outgoing.objects.filter(state=STATE.QUEUED, try_at__lte=at).select_related("shop__owner", "inbox")
    tried = 0
    for one in in_turn(due.order_by("try_at", "pk")[:BATCH], clock=clock):
        if Outgoing.objects.filter(pk=one.pk, state=STATE.QUEUED, try_at=one.try_at).update(try_at=at + CLAIM):
            _send_one(one, at)
            tried += 1
    return tried


def _send_one(one: Outgoing, at: datetime) -> None:
    try:
        line = line_of_shop(one.shop)
        if _has_reply(one, at) or one.unsure:
            _reply(line, one, at)
        else:
            _push(line, one, at)
    except NotConnected:
        _fail(one, WHY["token"])
    except Unavailable as trouble:
        logger.warning("LINE did not take message %s: %s", one.pk, trouble)
        _later(one, at)
    except Exception:  # one broken message must not stop those behind it
        logger.exception("Message %s to LINE could not be sent", one.pk)
        _later(one, at)


def _has_reply(one: Outgoing, at: datetime) -> bool:
    return bool(one.reply_token and one.reply_until and at < one.reply_until)


def _reply(line: Line, one: Outgoing, at: datetime) -> None:
    if one.unsure and not _has_reply(one, at):
        _fail(one, WHY["unsure"])
        return
    Outgoing.objects.filter(pk=one.pk).update(unsure=True)  # until LINE has said something, also if we die now
    try:
        line.reply(one.reply_token, one.messages)
    except Busy:
        Outgoing.objects.filter(pk=one.pk).update(unsure=one.unsure)  # nothing new happened to it
        raise
    except Refused as no:
        if no.kind != "reply":
            _fail(one, _why(no))
        elif one.unsure:  # used: by our own call of which we heard nothing
            _sent(one, at, paid=False)
        else:
            Outgoing.objects.filter(pk=one.pk).update(unsure=False, reply_token="")
            _push(line, one, at)
    else:
        _sent(one, at, paid=False)


def _push(line: Line, one: Outgoing, at: datetime) -> None:
    if Follower.objects.filter(shop=one.shop, user_id=one.to, left_at__isnull=False).exists():
        _fail(one, WHY["gone"])
        return
    if not meter_of(one.shop, at).has(1) and not one.tries:
        _fail(one, WHY["quota"])
        return
    try:
        line.push(one.to, one.messages, retry_key=one.retry_key)
    except Refused as no:
        _fail(one, _why(no))
    else:
        _sent(one, at, paid=True)


def _why(no: Refused) -> str:
    return WHY.get(no.kind, f"LINE: {no.said}")


def _later(one: Outgoing, at: datetime) -> None:
    """A short pause while a reply token lives; afterwards growing ones, and an end of them."""
    queued = Outgoing.objects.filter(pk=one.pk, state=STATE.QUEUED)
    if _has_reply(one, at):
        queued.update(try_at=at + timedelta(seconds=5))
    elif one.tries + 1 >= MOST_TRIES:
        _fail(one, WHY["unavailable"])
    else:
        pause = timedelta(seconds=min(10 * 2**one.tries, 1800))
        queued.update(try_at=at + pause, tries=F("tries") + 1)


def _sent(one: Outgoing, at: datetime, *, paid: bool) -> None:
    with transaction.atomic():
        mine = Outgoing.objects.filter(pk=one.pk, state=STATE.QUEUED)
        if not mine.update(state=STATE.SENT, sent_at=at, paid=paid):
            return
        if paid:
            count_paid(shop=one.shop, number=1, at=at)
        if one.inbox:
            mark_sent(message=one.inbox)
            if one.inbox.by == Message.By.PERSON:
                _tell_of_first_reply(one)


def _tell_of_first_reply(one: Outgoing) -> None:
    answered = Outgoing.objects.filter(shop=one.shop, state=STATE.SENT, inbox__by=Message.By.PERSON)
    if answered.count() == 1:
        shop = one.shop
        events.publish(events.FirstReplySent(user=shop.owner.public_id, shop=shop.public_id, channel="line"))


def _fail(one: Outgoing, why: str) -> None:
    with transaction.atomic():
        if not Outgoing.objects.filter(pk=one.pk, state=STATE.QUEUED).update(state=STATE.FAILED, why=why[:200]):
            return
        if one.inbox:
            mark_failed(message=one.inbox, why=why)
