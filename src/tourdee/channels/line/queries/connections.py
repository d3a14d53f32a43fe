"""A shop's connection to LINE, and the way to call it."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from tourdee.core.calling import Unavailable, exchange
from tourdee.core.crypto import CannotUnseal, unseal
from tourdee.shop.models import Shop

from .. import play
from ..client import Line
from ..models import Connection


@dataclass(frozen=True)
class Keys:
    """Of a Messaging API channel."""

    channel_id: str
    secret: str
    token: str


class NotConnected(Exception):
    """The shop has no LINE, or its keys cannot be read any more."""


def mode() -> str:
    """``live``, ``console`` (the twin) or ``off``."""
    return str(settings.CHANNEL_SERVICES)


def connection_of(shop: Shop) -> Connection | None:
    """The shop's connection, if it ever had one."""
    return Connection.objects.filter(shop=shop).select_related("shop").first()


def keys_of(connection: Connection) -> Keys:
    """The keys, unsealed. Raises NotConnected."""
    if not connection.keys:
        raise NotConnected
    try:
        return Keys(**json.loads(unseal(connection.keys)))
    except (CannotUnseal, TypeError, ValueError):
        raise NotConnected from None


def line_of(connection: Connection) -> Line:
    """The shop's LINE, or its twin. Raises NotConnected; Unavailable where services are off."""
    keys = keys_of(connection)
    if mode() == "off":
        raise Unavailable("services are off")
    return Line(keys.token, exchange if mode() == "live" else play.exchange)


def line_of_shop(shop: Shop) -> Line:
    """The same, by the shop. Raises NotConnected, Unavailable."""
    connection = connection_of(shop)
    if connection is None:
        raise NotConnected
    return line_of(connection)


def webhook_address(shop: Shop) -> str:
    """Where LINE sends the events of this shop."""
    return f"{settings.SITE_URL}{reverse('line_webhook', args=[shop.public_id])}"


def connections_to_check(at: datetime) -> QuerySet[Connection]:
    """Those whose keys are to be tried now."""
    return Connection.objects.filter(try_at__lte=at).exclude(keys="").select_related("shop__owner").order_by("try_at")
