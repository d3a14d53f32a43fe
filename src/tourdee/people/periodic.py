"""What the room does by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.budgets import forget_old_budgets


@every(seconds=3600)
def forget_counts(at: datetime) -> None:
    """Of windows long over. A service that is asked within limits leaves some for each minute, whether anybody signs in or not."""
    forget_old_budgets(at=at)
