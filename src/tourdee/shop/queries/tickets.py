"""Tickets: the text of the QR code that a guest shows, and how it is read again.

``https://…/k/ABCD2345-0123456789abcdef`` is the order's code, which people may also say and type, and a seal that only
the order's secret can make. Who reads a code somewhere can therefore not draw its ticket. One ticket holds for the whole
order: which departure it opens is looked up, so that it stays good when the date is moved.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

from django.conf import settings

from tourdee.core.ids import ALPHABET

from ..models import Order

LONGEST_TICKET = 200  # characters that are looked at
CODE = f"[{ALPHABET.upper()}]{{8}}"
TICKET = re.compile(rf"(?:https?://[^\s/]+/k/)?({CODE})-([0-9a-f]{{16}})/?")
TYPED = re.compile(rf"({CODE})")


@dataclass(frozen=True)
class ReadTicket:
    """What stood in a code. ``seal`` is empty when a person typed the order's code."""

    code: str
    seal: str = ""


def seal_of(order: Order) -> str:
    """Sixteen hexadecimal digits (64 bits) that prove the ticket was made for this order."""
    return hmac.new(order.secret.encode(), b"ticket", hashlib.sha256).hexdigest()[:16]


def ticket_of(order: Order) -> str:
    """The ticket as it stands in addresses: code and seal."""
    return f"{order.code}-{seal_of(order)}"


def ticket_text(order: Order) -> str:
    """What the QR code says: an address, so that any telephone's camera knows what to do with it."""
    return f"{settings.SITE_URL}/k/{ticket_of(order)}"


def read_ticket(text: str) -> ReadTicket | None:
    """The ticket in a scanned or typed text; ``None`` for anything else. Case and spaces do not matter in a code."""
    short = text.strip()[:LONGEST_TICKET]
    if sealed := TICKET.fullmatch(short):
        return ReadTicket(sealed[1], sealed[2])
    typed = TYPED.fullmatch(re.sub(r"[\s-]", "", short).upper())
    return ReadTicket(typed[1]) if typed else None


def is_genuine(order: Order, ticket: ReadTicket) -> bool:
    """Whether the seal fits; a typed code has none, there the guide sees the name and asks."""
    return not ticket.seal or hmac.compare_digest(ticket.seal, seal_of(order))
