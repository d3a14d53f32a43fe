"""Questions to the inbox."""

from .conversations import unread_messages, waiting_conversations

__all__ = ["unread_messages", "waiting_conversations"]
