"""Public ids: short, unguessable, easy to read out on the telephone. Row ids never leave the server."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i
_LETTER_OF = bytes(ord((ALPHABET + " ")[byte % 32]) for byte in range(256))
_OF_NONE = bytes(byte for byte in range(256) if byte % 32 == len(ALPHABET))


def public_id() -> str:
    """Sixteen characters, about 79 bits: names an object in a URL where a guess must not succeed."""
    return _draw(16)


def short_code() -> str:
    """Eight characters, about 39 bits: an order number or a certificate's tail that a person reads aloud.
    Never the only secret that protects something."""
    return _draw(8).upper()


def link_code() -> str:
    """Ten characters, about 49 bits: the tail of a link short enough for a chat. It opens one order for a while; among
    the few that are open at a time nobody finds one by guessing."""
    return _draw(10)


def secret_token() -> str:
    """At least 192 bits: the secret part of a link that stands in for signing in (an order's status page)."""
    return secrets.token_urlsafe(24)


def _draw(length: int) -> str:
    """Each letter is as likely as any other: the one value in 32 that stands for none is thrown away."""
    drawn = b""
    while len(drawn) < length:
        drawn += secrets.token_bytes(length + 4).translate(_LETTER_OF, _OF_NONE)
    return drawn[:length].decode()
