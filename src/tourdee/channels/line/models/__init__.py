from .broadcasts import AudienceGroup, Broadcast, BroadcastPart
from .chat_shop import Coupon, KeywordAnswer, RichMenu, Tile
from .connection import Connection, Event
from .followers import ChatOrder, Follower, Interest, Silenced, Tag
from .outgoing import MonthUse, Outgoing
from .play import PlayAudience, PlayCall

__all__ = [
    "AudienceGroup",
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
    "PlayAudience",
    "PlayCall",
    "RichMenu",
    "Silenced",
    "Tag",
    "Tile",
]
