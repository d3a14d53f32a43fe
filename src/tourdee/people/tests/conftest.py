"""What the tests of this room share: a clock that stands still, and a browser that signs in as people do."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tourdee.people.models import Community, CommunityMember, User


class Clock:
    """``timezone.now()`` for everybody; it moves only when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock(monkeypatch, at) -> Clock:
    """Noon in Bangkok until moved."""
    standing = Clock(at)
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    return standing


def last_code() -> str:
    """The code in the newest mail."""
    return re.search(r"^    (\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.fixture
def sign_in(db, clock) -> Callable[..., Client]:
    """``sign_in("a@example.org")``: a browser that typed the address and the code."""

    def walk(address: str, client: Client | None = None, **data: str) -> Client:
        browser = client or Client()
        browser.post("/account/login/", {"address": address, **data})
        browser.post("/account/login/code/", {"code": last_code()})
        return browser

    return walk


@pytest.fixture
def host(db) -> User:
    """Who runs the installation."""
    return User.objects.create_user("host@example.org", name="ผู้ดูแล ระบบ", is_host=True)


@pytest.fixture
def community(stranger) -> Community:
    """A community that the stranger leads."""
    made = Community.objects.create(slug="ban-rai", name_th="บ้านไร่กองขิง", name_en="Ban Rai Kong Khing", province=50)
    CommunityMember.objects.create(community=made, user=stranger, is_leader=True)
    return made


@pytest.fixture
def in_demo(settings) -> None:
    """A demonstration: no second factors."""
    settings.DEMO = True


@pytest.fixture
def without_second_factor() -> Callable[[User], Client]:
    """``without_second_factor(user)``: signed in by code alone."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter
