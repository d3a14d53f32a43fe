"""A shop of the owner's, and customers who write to it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tourdee.shop.models import Shop
from tourdee.shop.tests.factories import a_shop

from ..actions import receive_message
from ..models import Conversation


@pytest.fixture
def shop(owner, at) -> Shop:
    return a_shop(owner, slug="mali-tours", opened_at=at)


@pytest.fixture
def talk_of(at) -> Callable[..., Conversation]:
    """``talk_of(shop, contact=…)``: a customer's conversation after one message."""

    def write(shop: Shop, *, channel: str = "line", contact: str = "U1", name: str = "คุณนก", text: str = "ว่างไหมคะ",
              when: datetime = at, picture: str = "") -> Conversation:  # fmt: skip
        message = receive_message(
            shop=shop, channel=channel, contact=contact, name=name, outside_id=f"m-{contact}-{when.timestamp()}", text=text,
            at=when, picture=picture,
        )  # fmt: skip
        return Conversation.objects.select_related("shop").get(pk=message.conversation_id)

    return write


@pytest.fixture
def talk(shop, talk_of) -> Conversation:
    return talk_of(shop)
