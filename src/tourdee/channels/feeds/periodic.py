"""What feeds do by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.feeds import check_what_changed, write_visits
from .actions.files import forget_files, write_pasted_feeds


@every(seconds=60)
def write_down_visits(at: datetime) -> int:
    """What readers have fetched stands in the shop's listings."""
    return write_visits(at)


@every(seconds=120)
def check_what_was_mended(at: datetime) -> int:
    """Nobody need ask for it."""
    return check_what_changed(at)


@every(seconds=60)
def keep_files_ready(at: datetime) -> int:
    """Each every quarter of an hour: readers come hourly at most."""
    return write_pasted_feeds(at)


@every(seconds=86_400)
def forget_old_files(at: datetime) -> int:
    """Of shops that are gone, and of readers that no longer come."""
    return forget_files(at)
