"""What must not stand in a log: the secret part of a link that opens something without signing in."""

import logging
import re

# Public ids have sixteen signs, secrets 32 and more; a file of the program, in a traceback, is no secret.
SECRET_PART = re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}+(?!\.py\b)")
PAY_LINK = re.compile(r"(?<=/p/)[A-Za-z0-9]+")
SHOWN = 4


class SecretLinks(logging.Filter):
    """On the handler, so whichever logger names an address: its secret part keeps four signs, enough to find it in the database.
    The record itself is changed: a handler that comes later writes no more."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(one) if isinstance(one, str) else one for one in record.args)
        return True


def masked(address: str) -> str:
    """``/o/h3Kd…/``."""
    return PAY_LINK.sub(_shortened, SECRET_PART.sub(_shortened, address))


def _shortened(found: re.Match[str]) -> str:
    return f"{found[0][:SHOWN]}…"
