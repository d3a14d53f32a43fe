"""The audit log: one readable line per act, in the act's own transaction; sealed a little later, so that what is changed past the
program is found."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any, Protocol

from django.db import IntegrityError, transaction

from .crypto import is_keyed_hash, keyed_hash
from .inserts import insert
from .models import AuditLine, AuditSeal

SETTLED = timedelta(minutes=10)  # no transaction lasts so long: what took a smaller number is written by then
MOST_IN_A_SEAL = 1000
PURPOSE = "audit seal"


class Actor(Protocol):
    """Whoever can be named in a line: a user."""

    public_id: str

    def get_full_name(self) -> str: ...


class NotInTransaction(RuntimeError):
    """An audit line outside the transaction of its act could be lost, or tell of what never happened."""


def record(
    act: str, *, subject: Any, text: str, at: datetime, actor: Actor | None = None, data: dict[str, Any] | None = None
) -> AuditLine:
    """Write one line about ``subject`` (a model with ``public_id``). ``actor=None`` means the system itself."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(act)
    return insert(
        AuditLine(
            at=at, actor=getattr(actor, "public_id", ""), actor_name=actor.get_full_name() if actor else "", act=act,
            subject_type=subject._meta.label_lower, subject_id=str(subject.public_id), text=text, data=data or {},
        )
    )  # fmt: skip


def seal_lines(at: datetime) -> AuditSeal | None:
    """Seal the lines that have settled since the last seal, at most MOST_IN_A_SEAL. ``None``: there are none, or another
    worker was quicker."""
    last = AuditSeal.objects.order_by("first_line").last()
    unsealed = AuditLine.objects.filter(pk__gt=last.last_line if last else 0).order_by("pk")[:MOST_IN_A_SEAL]
    lines = list(takewhile(lambda line: line.at <= at - SETTLED, unsealed))
    if not lines:
        return None
    try:
        with transaction.atomic():
            return AuditSeal.objects.create(
                first_line=lines[0].pk, last_line=lines[-1].pk, lines=len(lines), at=at,
                digest=keyed_hash(PURPOSE, _said(last, lines)),
            )  # fmt: skip
    except IntegrityError:
        return None


def broken_seals() -> list[AuditSeal]:
    """The seals whose lines are no longer those that were sealed. Reads the whole log."""
    broken, before = [], None
    for seal in AuditSeal.objects.order_by("first_line").iterator():
        lines = AuditLine.objects.filter(pk__gt=before.last_line if before else 0, pk__lte=seal.last_line).order_by(
            "pk"
        )
        if not is_keyed_hash(PURPOSE, _said(before, lines), seal.digest):
            broken.append(seal)
        before = seal
    return broken


def _said(before: AuditSeal | None, lines: Iterable[AuditLine]) -> str:
    """The seal before, and everything that stands in the lines."""
    said = hashlib.sha256((before.digest if before else "").encode())
    for line in lines:
        columns = [
            line.pk,
            line.at.astimezone(UTC).isoformat(),
            line.actor,
            line.actor_name,
            line.act,
            line.subject_type,
        ]
        said.update(json.dumps([*columns, line.subject_id, line.text, line.data], sort_keys=True).encode())
    return said.hexdigest()
