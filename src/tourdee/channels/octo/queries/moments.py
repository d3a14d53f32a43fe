"""Times as the standard writes them, and days as it names them. Bangkok has no summer time."""

from datetime import UTC, date, datetime, timedelta, timezone

from tourdee.core.dates import at_bangkok

BANGKOK = timezone(timedelta(hours=7))
DAY = timedelta(days=1)


def utc(moment: datetime) -> str:
    """``2026-11-28T02:00:00Z``: no fractions, no offset."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def utc_or_none(moment: datetime | None) -> str | None:
    """The same, or nothing."""
    return utc(moment) if moment else None


def local(moment: datetime) -> str:
    """``2026-11-28T09:00:00+07:00``."""
    return moment.astimezone(BANGKOK).isoformat(timespec="seconds")


def span_of_days(first: str, last: str) -> tuple[datetime, datetime]:
    """From the first moment of one day in Bangkok to the first after the other."""
    return at_bangkok(date.fromisoformat(first), 0), at_bangkok(date.fromisoformat(last) + DAY, 0)
