"""LINE SHOPPING (MyShop): its interface, and its console twin.

The forms are those of its published description as others recorded it (OpenAPI of 2025, looked over again on 3 June 2026 by another
project); nothing here has spoken to the real service.
"""

from django.conf import settings

from tourdee.core.calling import Refused, Unavailable, ask

from . import play
from .client import Client, Kind, Sold
from .pace import Paced, Spent

CHANNEL = "line_myshop"

__all__ = ["CHANNEL", "Client", "Kind", "Refused", "Sold", "Spent", "Unavailable", "client_of", "mode"]


def mode() -> str:
    """``live``, ``console`` (the twin plays it) or ``off``."""
    return str(settings.CHANNEL_SERVICES)


def client_of(key: str) -> Client:
    """The service with a shop's key, within its limits, or its twin. Raises Unavailable where services are off."""
    if mode() == "off":
        raise Unavailable("services are off")
    return Client(key, play.ask if mode() == "console" else Paced(key, ask))
