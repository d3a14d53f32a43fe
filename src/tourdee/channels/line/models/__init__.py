from .broadcasts import Broadcast, BroadcastPart
from .chat_shop import Coupon, KeywordAnswer, RichMenu, Tile
from .connection import Connection, Event
from .followers import ChatOrder, Follower, Interest, Tag
from .outgoing import MonthUse, Outgoing
from .play import PlayCall

__all__ = [
    "Broadcast",
    "BroadcastPart",
    "ChatOrder",
    "Connection",
    "Coupon",
    "Event",
    "Follower",
    "Interest",
    "KeywordAnswer",
    "MonthUse",
    "Outgoing",
    "PlayCall",
    "RichMenu",
    "Tag",
    "Tile",
]
