"""A licensed shop with a tour and a date, and somebody who follows it at LINE."""

from datetime import datetime

import pytest

from tourdee.core.tests.secret_watch import HEX
from tourdee.shop.models import Departure, Shop, Tour
from tourdee.shop.tests.factories import a_departure, a_shop, a_tour, in_days

from .. import play
from ..actions.connecting import check_due, connect
from ..actions.followers import meet
from ..actions.talk import Talk
from ..models import Connection, Follower
from .chat import Telephone
from .contract import checked

NOI = "U" + "1" * 32
FON = "U" + "2" * 32


@pytest.fixture(autouse=True)
def _contract(monkeypatch):
    """LINE's published contract stands between the client and the twin in every test here."""
    monkeypatch.setattr(play, "exchange", checked(play.exchange))


@pytest.fixture
def clock(monkeypatch, at):
    """The pages' clock: noon of the cast, until ``clock(moment)`` sets it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def shop(owner) -> Shop:
    return a_shop(owner, slug="mali-tours", name_th="มะลิทัวร์", name_en="Mali Tours")


@pytest.fixture
def tour(shop) -> Tour:
    return a_tour(shop)


@pytest.fixture
def departure(tour, at) -> Departure:
    """Ten seats in five days."""
    return a_departure(tour, starts_at=in_days(at, 5))


@pytest.fixture
def noi(shop, at) -> Follower:
    """Follows the shop."""
    return meet(shop=shop, user_id=NOI, name="น้อย", at=at)


@pytest.fixture
def talk(shop, noi, at) -> Talk:
    """Noi speaks with the shop."""
    return Talk(shop=shop, follower=noi, at=at)


@pytest.fixture
def connection(shop, owner, at, clock, settings) -> Connection:
    """The shop is connected to the twin."""
    settings.CHANNEL_SERVICES = "console"
    row = connect(shop=shop, channel_id="1234567890", secret=HEX, token=f"play-canary-{'x' * 100}", by=owner, at=at)
    check_due(at)
    row.refresh_from_db()
    return row


@pytest.fixture
def phone(connection, at, clock) -> Telephone:
    """Noi's."""
    return Telephone(connection, NOI, at, clock)
