from .broadcasts import Broadcast, BroadcastPart
from .chat_shop import Coupon, KeywordAnswer, RichMenu, Tile
from .followers import ChatOrder, Follower, Interest, Tag

__all__ = [
    "Broadcast",
    "BroadcastPart",
    "ChatOrder",
    "Coupon",
    "Follower",
    "Interest",
    "KeywordAnswer",
    "RichMenu",
    "Tag",
    "Tile",
]
