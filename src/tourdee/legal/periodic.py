"""What the room does by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions import warn_of_papers_that_end


@every(seconds=6 * 3600)
def warn_of_ends(at: datetime) -> int:
    """Papers that end within 60 and 30 days."""
    return warn_of_papers_that_end(at=at)
