"""Secrets at rest. Every key is derived from ``SECRET_KEY`` for one purpose, so no two uses share a key."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(Exception):
    """The text was not sealed here, was changed, or was sealed with a key that is no longer known."""


def seal(text: str) -> str:
    """The text encrypted and authenticated (Fernet); two seals of one text differ."""
    return _box().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What ``seal`` was given. Raises CannotUnseal."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError) as problem:
        raise CannotUnseal from problem


def keyed_hash(purpose: str, value: str) -> str:
    """64 hexadecimal digits by which a value is found again without being stored in the clear (HMAC-SHA256).

    Hashes of different purposes cannot be compared with each other.
    """
    return _keyed_hash(settings.SECRET_KEY, purpose, value)


def is_keyed_hash(purpose: str, value: str, known: str) -> bool:
    """Whether ``known`` is the keyed hash of the value, by the present key or a former one (SECRET_KEY_FALLBACKS)."""
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return any(hmac.compare_digest(_keyed_hash(key, purpose, value), known) for key in keys)


def _keyed_hash(secret: str, purpose: str, value: str) -> str:
    key = _derived(secret, f"hash:{purpose}")
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _box() -> MultiFernet:
    return _boxes(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _boxes(secret: str, fallbacks: tuple[str, ...]) -> MultiFernet:
    """Seals with the present key, opens with former ones too (SECRET_KEY_FALLBACKS)."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, "seal"))) for key in (secret, *fallbacks)])


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=b"tourdee", info=purpose.encode()).derive(secret.encode())
