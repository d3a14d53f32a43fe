"""LINE's own count of the month, and what need not be kept."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from tourdee.core.calling import Unavailable
from tourdee.core.dates import bangkok_day

from ..client import Refused
from ..models import Connection, Event, Outgoing, PlayCall
from ..queries.connections import NotConnected, line_of
from .counting import note_count

logger = logging.getLogger(__name__)
EVENTS_KEPT = timedelta(days=7)  # longer than LINE delivers anything again
MESSAGES_KEPT = timedelta(days=30)


def ask_for_counts(at: datetime) -> int:
    """Of every connected shop. Returns how many were asked for."""
    found = Connection.objects.filter(webhook_at__isnull=False).exclude(keys="").select_related("shop")
    asked = 0
    for connection in found.iterator(chunk_size=100):
        try:
            limit, used = line_of(connection).quota()
        except (NotConnected, Refused, Unavailable) as trouble:
            logger.warning("LINE does not tell the count of %s: %s", connection.public_id, type(trouble).__name__)
            continue
        note_count(shop=connection.shop, limit=limit, used=used, at=at)
        asked += 1
    return asked


def ask_for_friends(at: datetime) -> int:
    """How many friends each shop has as LINE counts them, of yesterday, once a day. Returns how many were told."""
    day = bangkok_day(at) - timedelta(days=1)
    connected = Connection.objects.filter(webhook_at__isnull=False).exclude(keys="")
    due = connected.filter(Q(friends_on__lt=day) | Q(friends_on__isnull=True))
    told = 0
    for connection in due.iterator(chunk_size=100):
        try:
            friends = line_of(connection).friends(f"{day:%Y%m%d}")
        except (NotConnected, Refused, Unavailable) as trouble:
            logger.warning("LINE does not tell the friends of %s: %s", connection.public_id, type(trouble).__name__)
            continue
        if friends is not None:
            told += Connection.objects.filter(pk=connection.pk).update(friends=max(0, friends), friends_on=day)
    return told


def forget_old(at: datetime) -> int:
    """Events that were worked on and messages that went out: the inbox has what is worth keeping."""
    events = Event.objects.filter(received_at__lt=at - EVENTS_KEPT).delete()[0]
    sent = Outgoing.objects.filter(made_at__lt=at - MESSAGES_KEPT).exclude(state=Outgoing.State.QUEUED).delete()[0]
    played = PlayCall.objects.filter(at__lt=at - MESSAGES_KEPT).delete()[0]
    return events + sent + played
