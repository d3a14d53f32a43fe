"""A shop connects its LINE: keys are sealed the moment they come; the worker tries every step and says what is wrong."""

import json
import logging
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction

from tourdee import events
from tourdee.core import audit
from tourdee.core.calling import Unavailable
from tourdee.core.crypto import seal
from tourdee.core.periodic import each_in_turn
from tourdee.people.models import User
from tourdee.people.queries.sign_in import outside_id
from tourdee.shop.models import Shop

from ..client import Line, Refused
from ..models import Connection
from ..queries.connections import NotConnected, connections_to_check, line_of, mode, webhook_address
from .counting import note_count

logger = logging.getLogger(__name__)
CHANNEL = "line"
PAUSE = timedelta(seconds=20)
MOST_TRIES = 4


@transaction.atomic
def connect(*, shop: Shop, channel_id: str, secret: str, token: str, by: User, at: datetime) -> Connection:
    """Keep the keys and let the worker try them. New keys take the place of old ones."""
    sealed = seal(json.dumps({"channel_id": channel_id, "secret": secret, "token": token}))
    wanted = {
        "keys": sealed, "hint": token[-4:], "bot_id": "", "basic_id": "", "name": "", "same_provider": None,
        "webhook_at": None, "problem": "", "try_at": at, "tries": 0, "kept_at": at,
        "friends_due_at": None, "friends_tries": 0, "count_due_at": None, "count_tries": 0,
    }  # fmt: skip
    row, _new = Connection.objects.update_or_create(shop=shop, defaults=wanted)
    audit.record("line.connected", subject=row, text=f"{shop.name_th}: เชื่อมต่อ LINE", at=at, actor=by)
    return row


@transaction.atomic
def disconnect(*, connection: Connection, by: User, at: datetime) -> None:
    """Forget the keys; conversations and orders stay. Again changes nothing."""
    known = Connection.objects.filter(pk=connection.pk).exclude(keys="")
    if known.update(keys="", hint="", try_at=None, webhook_at=None, bot_id="", problem=""):
        text = f"{connection.shop.name_th}: ยกเลิกการเชื่อมต่อ LINE"
        audit.record("line.disconnected", subject=connection, text=text, at=at, actor=by)


def check_again(*, connection: Connection, at: datetime) -> None:
    """Let the worker try once more."""
    Connection.objects.filter(pk=connection.pk).exclude(keys="").update(try_at=at, tries=0, problem="")


def check_due(at: datetime) -> int:
    """The worker's part. Returns how many were tried."""
    return each_in_turn(connections_to_check(at), lambda connection: _checked(connection, at))


def _checked(connection: Connection, at: datetime) -> bool:
    try:
        _check(connection, at)
    except Exception:
        logger.exception("The connection %s could not be checked", connection.public_id)
        _later(connection, at)
    return True


def _check(connection: Connection, at: datetime) -> None:
    try:
        line = line_of(connection)
        _tell_who(connection, line)
        problem = _problem_of_webhook(connection, line)
        limit, used = line.quota()
    except (NotConnected, Refused) as no:
        logger.warning("LINE refused the keys of %s: %s", connection.public_id, getattr(no, "kind", "unreadable"))
        _note(connection, problem="token", try_at=None)
    except Unavailable as trouble:
        logger.warning("LINE does not answer for %s: %s", connection.public_id, trouble)
        _later(connection, at)
    else:
        note_count(shop=connection.shop, limit=limit, used=used, at=at)
        _finish(connection, problem, at)


def _later(connection: Connection, at: datetime) -> None:
    later = at + PAUSE * 2**connection.tries if connection.tries < MOST_TRIES else None
    _note(connection, problem="unavailable", try_at=later, tries=connection.tries + 1)


def _tell_who(connection: Connection, line: Line) -> None:
    bot = line.bot()
    _note(
        connection, bot_id=bot.user_id, basic_id=bot.basic_id[:40], name=bot.name[:120],
        same_provider=_knows_owner(connection, line),
    )  # fmt: skip


def _knows_owner(connection: Connection, line: Line) -> bool | None:
    """Whether the owner, as LINE Login names them, is known in this account too: only where both channels are under one
    provider, and the owner follows the account. ``None``: they do not sign in with LINE."""
    owner = outside_id(connection.shop.owner, "line")
    if not owner:
        return None
    try:
        line.profile(owner)
    except Refused:
        return False
    return True


def _problem_of_webhook(connection: Connection, line: Line) -> str:
    """LINE is told our address and calls it: ``address`` (it takes none like ours), ``off`` (the owner has not switched it on),
    ``secret`` (we did not know the signature), ``webhook`` (it did not reach us), or nothing."""
    address = webhook_address(connection.shop)
    if mode() == "live" and not address.startswith("https://"):
        return "address"
    try:
        line.set_webhook(address)
        if not line.webhook_is_on():
            return "off"
        works, status = line.test_webhook()
    except Refused as no:
        if no.kind == "token":
            raise
        return "address"
    if works:
        return ""
    return "secret" if status == HTTPStatus.UNAUTHORIZED else "webhook"


def _finish(connection: Connection, problem: str, at: datetime) -> None:
    with transaction.atomic():
        mine = Connection.objects.filter(pk=connection.pk, keys=connection.keys)  # others came meanwhile: theirs counts
        if not mine.update(webhook_at=None if problem else at, problem=problem, try_at=None, tries=0):
            return
        if not problem and mine.filter(connected_at__isnull=True).update(connected_at=at):
            shop = connection.shop
            events.publish(events.ChannelConnected(user=shop.owner.public_id, shop=shop.public_id, channel=CHANNEL))


def _note(connection: Connection, **columns: object) -> None:
    Connection.objects.filter(pk=connection.pk, keys=connection.keys).update(**columns)
