"""Signatures of webhooks, over the raw body and a time, so that neither a changed nor an old one is taken."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime

SECONDS = 300  # an older or younger one is refused, so that a recorded one cannot be played later


class Forged(Exception):
    """No signature, a wrong one, or one of another time."""


def check_opn(secret: str, headers: Mapping[str, str], raw: bytes, at: datetime) -> None:
    """``Omise-Signature`` holds several while a secret is being exchanged; the key is base64. Raises Forged."""
    try:
        key = base64.b64decode(secret, validate=True)
    except (binascii.Error, ValueError):
        raise Forged from None
    _check(key, headers.get("Omise-Signature-Timestamp", ""), headers.get("Omise-Signature", "").split(","), raw, at)


def check_stripe(secret: str, headers: Mapping[str, str], raw: bytes, at: datetime) -> None:
    """``Stripe-Signature: t=…,v1=…,v1=…``; the key is the secret as it is written. Raises Forged."""
    parts = [part.strip().partition("=") for part in headers.get("Stripe-Signature", "").split(",")]
    moment = next((value for name, _is, value in parts if name == "t"), "")
    _check(secret.encode(), moment, [value for name, _is, value in parts if name == "v1"], raw, at)


def signed(key: bytes, moment: str, raw: bytes) -> str:
    """What both services write: HMAC-SHA256 over time, a full stop and the body."""
    return hmac.new(key, moment.encode() + b"." + raw, hashlib.sha256).hexdigest()


def _check(key: bytes, moment: str, signatures: Iterable[str], raw: bytes, at: datetime) -> None:
    if not key or not (moment.isascii() and moment.isdigit()) or len(moment) > 12:
        raise Forged
    if abs(at.timestamp() - int(moment)) > SECONDS:
        raise Forged
    right = signed(key, moment, raw).encode()
    matches = [hmac.compare_digest(right, given.strip().encode()) for given in list(signatures)[:10]]
    if not any(matches):
        raise Forged
