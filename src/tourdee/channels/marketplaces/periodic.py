"""What marketplaces do by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.following import follow_due


@every(seconds=20)
def follow_line_shopping(at: datetime) -> int:
    """Orders from there, prices and stock to there, about once a minute for each shop."""
    return follow_due(at)
