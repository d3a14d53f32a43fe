"""What the room does by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from . import actions


@every(seconds=600)
def forget_old_rosters(at: datetime) -> None:
    """Rows of previews hold citizen ids, so they are gone soon after their hour."""
    actions.forget_old_rosters(at=at)
