"""What the room does by the clock."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.erasing import forget_old_conversations
from .actions.letters import give_up_unheard


@every(seconds=24 * 3600)
def forget_what_is_old(at: datetime) -> int:
    """Conversations that have been silent for longer than the host keeps them."""
    return forget_old_conversations(at=at)


@every(seconds=300)
def tell_of_lost_letters(at: datetime) -> int:
    """Answers of which nobody knows whether the mail server took them: the shop decides what to do."""
    return give_up_unheard(at)
