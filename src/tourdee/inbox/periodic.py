"""What the room does by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.erasing import forget_old_conversations


@every(seconds=24 * 3600)
def forget_what_is_old(at: datetime) -> int:
    """Conversations that have been silent for longer than the host keeps them."""
    return forget_old_conversations(at=at)
