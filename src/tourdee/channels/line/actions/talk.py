"""Who speaks with which shop in the chat, and when."""

from dataclasses import dataclass
from datetime import datetime

from tourdee.shop.models import Shop

from ..models import Follower


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A customer's word or tap that wants an answer."""

    shop: Shop
    follower: Follower
    at: datetime
