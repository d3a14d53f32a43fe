from .conversations import Conversation, Message

__all__ = ["Conversation", "Message"]
