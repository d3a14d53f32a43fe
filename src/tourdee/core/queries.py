"""Questions about core's own rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .models import AuditLine, DatedSetting, SignOfLife


@dataclass(frozen=True)
class SettingInForce:
    """A dated setting as it stands on a day."""

    key: str
    value: Any
    valid_from: date
    source: str
    confirmed: bool


class NoSuchSetting(LookupError):
    """No value of this key is in force on that day."""


def setting_on(key: str, on: date) -> SettingInForce:
    """The value of a dated setting on a day: the newest whose ``valid_from`` is not after it."""
    row = DatedSetting.objects.filter(key=key, valid_from__lte=on).order_by("-valid_from").first()
    if row is None:
        raise NoSuchSetting(f"{key} on {on.isoformat()}")
    return SettingInForce(row.key, row.value, row.valid_from, row.source, row.confirmed)


def is_alive(name: str, *, at: datetime, within: timedelta = timedelta(seconds=90)) -> bool:
    """Whether a process said within this time that it is alive."""
    return SignOfLife.objects.filter(name=name, at__gte=at - within).exists()


def audit_lines_of(subject_type: str, subject_id: str) -> list[AuditLine]:
    """What happened to one thing, oldest first."""
    return list(AuditLine.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("at", "id"))
