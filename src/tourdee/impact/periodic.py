"""What impact does by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions import plan_follow_ups


@every(seconds=3600)
def ask_again(at: datetime) -> None:
    """Follow-ups that have become due; the learners get a message, once."""
    plan_follow_ups(at=at)
