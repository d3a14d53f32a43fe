"""What a phone sends after a time without a network: JSON, read as carefully as any form."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import QueryDict

from tourdee.core.text import whole_number

from ..actions.arrivals import Asked
from ..queries.tickets import LONGEST_TICKET

MOST_SCANS = 100  # in one request; a phone with more sends the rest in the next
MOST_CATEGORIES = 20
MOST_PEOPLE = 999
CLIENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PUBLIC_ID = re.compile(r"[0-9a-z]{16}")


class BadScans(Exception):
    """The body is nothing that our page sends. Nothing of it was taken."""


@dataclass(frozen=True)
class SentScan:
    """One scan and the departure at which it was made (by its public id)."""

    departure: str
    asked: Asked


@dataclass(frozen=True)
class Sent:
    """A whole request. ``person`` is who made the scans; ``undone`` names scans to take back."""

    person: str
    scans: list[SentScan]
    undone: list[str]


def sent_scans(body: bytes) -> Sent:
    """The scans of a request. Raises BadScans."""
    try:
        said = json.loads(body)
        scans, undone = said["scans"], said.get("undone", [])
        if not isinstance(scans, list) or not isinstance(undone, list) or len(scans) + len(undone) > MOST_SCANS:
            raise BadScans
        return Sent(_fits(PUBLIC_ID, said["person"]), [_scan(one) for one in scans], [_id(one) for one in undone])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as problem:
        raise BadScans from problem


def _scan(one: Any) -> SentScan:
    text = one["text"]
    if not isinstance(text, str) or "\0" in text:
        raise BadScans
    asked = Asked(
        client_id=_id(one["id"]), text=text[:LONGEST_TICKET], came=_came(one.get("came")), at=_moment(one["at"])
    )
    return SentScan(_fits(PUBLIC_ID, one["departure"]), asked)


def _came(said: Any) -> dict[str, int] | None:
    """How many of each price category; ``None`` for everybody."""
    if said is None:
        return None
    if len(said) > MOST_CATEGORIES or any(type(number) is not int for number in said.values()):
        raise BadScans
    if any(not 0 <= number <= MOST_PEOPLE for number in said.values()):
        raise BadScans
    return {_fits(PUBLIC_ID, category): number for category, number in said.items()}


def _moment(said: Any) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise BadScans
    return moment


def _id(said: Any) -> str:
    return _fits(CLIENT_ID, said)


def _fits(pattern: re.Pattern[str], said: Any) -> str:
    if not isinstance(said, str) or not pattern.fullmatch(said):
        raise BadScans
    return said


def ticked_on_page(typed: QueryDict, *, code: str, at: datetime) -> Asked:
    """The same by a button of the printed list: ``scan`` was made with the page, so that a second click counts once;
    ``came-<category>`` says how many. What is no number means everybody."""
    client_id = typed.get("scan", "")
    if not CLIENT_ID.fullmatch(client_id):
        client_id = str(uuid4())
    numbers = {key.removeprefix("came-"): whole_number(typed.get(key, "")) for key in typed if key.startswith("came-")}
    said = {category: number for category, number in numbers.items() if number is not None and number <= MOST_PEOPLE}
    whole = bool(said) and len(said) == len(numbers) and any(said.values())
    return Asked(client_id=client_id, text=code, came=said if whole else None, at=at)
