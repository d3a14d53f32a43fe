"""The audit log: one readable line per act, in the act's own transaction."""

from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from .models import AuditLine


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
    return AuditLine.objects.create(
        at=at,
        actor=getattr(actor, "public_id", ""),
        actor_name=actor.get_full_name() if actor else "",
        act=act,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.public_id),
        text=text,
        data=data or {},
    )
