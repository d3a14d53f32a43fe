"""What feeds do by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.feeds import write_visits


@every(seconds=60)
def write_down_visits(at: datetime) -> int:
    """What readers have fetched stands in the shop's listings."""
    return write_visits(at)
