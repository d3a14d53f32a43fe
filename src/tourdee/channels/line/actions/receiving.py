"""What LINE tells us is kept at once, each event once, and worked on afterwards."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from ..models import Connection, Event
from ..queries.connections import NotConnected, keys_of
from ..signature import is_genuine

logger = logging.getLogger(__name__)
OLDEST = timedelta(days=2)  # LINE delivers again for a shorter while; what is older was recorded and is played back
MOST_EVENTS = 200


class Forged(Exception):
    """Not signed with the channel's secret."""


class Nonsense(Exception):
    """Signed, but no body of LINE's."""


def receive(*, connection: Connection, raw: bytes, signature: str, at: datetime) -> int:
    """Keep the events of one call. Returns how many were in it. An event that is known already is not kept twice; what is no
    event of LINE's is passed over for the sake of those beside it. Raises Forged, and Nonsense where nothing is one."""
    try:
        genuine = is_genuine(keys_of(connection).secret, raw, signature)
    except NotConnected:
        genuine = False
    if not genuine:
        raise Forged
    told = _events(raw)
    found = [event for event in (_event(connection, one, at) for one in told) if event]
    if told and not found:
        raise Nonsense
    if len(found) < len(told):
        logger.warning("LINE told %s of %s things that are no events", len(told) - len(found), len(told))
    Event.objects.bulk_create([event for event in found if event.happened_at > at - OLDEST], ignore_conflicts=True)
    return len(told)


def _events(raw: bytes) -> list[Any]:
    try:
        told = json.loads(raw)
        found = told["events"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Nonsense from None
    if not isinstance(found, list) or len(found) > MOST_EVENTS:
        raise Nonsense
    return found


def _event(connection: Connection, body: Any, at: datetime) -> Event | None:
    """``body`` is kept as it came. What has no id or time of LINE's is not one of its events."""
    try:
        happened = datetime.fromtimestamp(int(body["timestamp"]) / 1000, tz=UTC)
        named = _storable(str(body["webhookEventId"]))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    if not isinstance(body, dict) or not 1 <= len(named) <= 64:
        return None
    return Event(
        connection=connection,
        event_id=named,
        body=_storable(body),
        happened_at=min(happened, at),
        received_at=at,
        try_at=at,
    )


def _storable(thing: Any) -> Any:
    """Without NUL and half surrogate pairs, which PostgreSQL refuses; a customer may send them."""
    if isinstance(thing, str):
        return thing.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(thing, dict):
        return {_storable(name): _storable(value) for name, value in thing.items()}
    return [_storable(one) for one in thing] if isinstance(thing, list) else thing
