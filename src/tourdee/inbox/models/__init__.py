from .answers import SavedAnswer
from .conversations import Conversation, Message

__all__ = ["Conversation", "Message", "SavedAnswer"]
