"""A shop connected to the play Facebook, and a Facebook that answers as it is told."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tourdee.core.calling import Answer, Unavailable
from tourdee.core.pictures import WIDTHS
from tourdee.core.tests.pictures_made import photo
from tourdee.people.models import User
from tourdee.shop.models import Picture, Shop, Tour
from tourdee.shop.tests.factories import a_shop, a_tour

from ..actions.pages import keep_keys, look_at_pages_due, note_call
from ..actions.posts import Written, make_post
from ..actions.publishing import publish_due
from ..graph import play
from ..graph.signatures import signed
from ..models import Page, Post

TOKEN, SECRET = "play-canary-token", "play-canary-secret"


@pytest.fixture(autouse=True)
def _console(settings) -> None:
    settings.CHANNEL_SERVICES = "console"
    settings.SITE_URL = "https://tourdee.example"


@pytest.fixture
def clock(monkeypatch, at) -> Callable[[datetime], None]:
    """The pages' clock: noon of the cast, until ``clock(moment)`` sets it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def told(monkeypatch) -> list[Any]:
    """Events that are published, in order."""
    happened: list[Any] = []
    monkeypatch.setattr("tourdee.events.publish", happened.append)
    return happened


@pytest.fixture
def shop(owner, at) -> Shop:
    return a_shop(owner, slug="mali", name_th="ร้านมะลิ", name_en="Mali", opened_at=at)


@pytest.fixture
def page(shop, owner, at) -> Page:
    """Connected, every step of it."""
    return connected(shop, owner, at)


def connected(shop: Shop, owner: User, at: datetime, token: str = TOKEN) -> Page:
    page = keep_keys(shop=shop, token=token, app_secret=SECRET, by=owner, at=at)
    note_call(page=page, verify_token=page.verify_token, at=at)
    look_at_pages_due(at)
    return Page.objects.select_related("shop__owner").get(pk=page.pk)


@pytest.fixture
def tour(shop) -> Tour:
    tour = a_tour(shop)
    for position, letter in enumerate("ab"):
        path = f"shop/{letter * 32}-1200x900"
        file = Path(settings.MEDIA_ROOT) / f"{path}-{WIDTHS[-1]}.webp"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(photo("WEBP", (40, 30)))
        Picture.objects.create(tour=tour, path=path, width=1200, height=900, position=position)
    return tour


def a_post(shop: Shop, item: Any, at: datetime, *, key: str = "k1", when: datetime | None = None) -> Post:
    """Of all the item's pictures."""
    written = Written(
        body="ไปเดินเมืองเก่ากัน", pictures=list(item.pictures.values_list("public_id", flat=True)), publish_at=when
    )
    return make_post(shop=shop, item=item, written=written, by=shop.owner, key=key, at=at)


@pytest.fixture
def post(page, shop, tour, at) -> Post:
    """It stands on the play Facebook."""
    made = a_post(shop, tour, at)
    publish_due(at)
    return Post.objects.get(pk=made.pk)


def call(slug: str, raw: bytes, *, secret: str = SECRET, **headers: str) -> int:
    """What Facebook does. The status of our answer."""
    signature = {"X-Hub-Signature-256": signed(secret, raw)} | headers
    return Client().post(f"/facebook/{slug}/", raw, content_type="application/json", headers=signature).status_code


def a_comment(page: Page, post: Post, at: datetime, text: str = "CF 2", **more: Any) -> bytes:
    """The body that tells of a comment; the comment stands on the play Facebook."""
    entry = play.comment(page.page_id, post=post.outside_id, name="คุณนก", text=text, at=at)
    entry["changes"][0]["value"] |= more
    return play.notice(page.page_id, entry, at=at)


def a_message(page: Page, at: datetime, text: str = "ว่างไหมคะ", name: str = "คุณนก") -> bytes:
    """The body that tells of a message."""
    return play.notice(page.page_id, play.write(page.page_id, name=name, text=text, at=at), at=at)


def value_in(raw: bytes) -> dict[str, Any]:
    """What it tells of a comment."""
    return json.loads(raw)["entry"][0]["changes"][0]["value"]


class Faults:
    """Stands before the twin. ``before``: Facebook never hears it; ``after``: it does it and the answer is lost."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.plan: list[tuple[str, str, Any, str]] = []

    def fail(self, path: str, how: str = "before", answer: Answer | None = None, method: str = "POST") -> None:
        """The next call whose path ends so goes wrong."""
        self.plan.append((path, how, answer, method))

    def ask(self, method: str, url: str, **asked: Any) -> Answer:
        path = url.split("?")[0]
        self.calls.append((method, path.rpartition("/")[2]))
        for step in self.plan:
            if method == step[3] and path.endswith(step[0]):
                self.plan.remove(step)
                return self._wrong(step[1], step[2], method, url, asked)
        return play.ask(method, url, **asked)

    def _wrong(self, how: str, answer: Answer | None, method: str, url: str, asked: dict[str, Any]) -> Answer:
        if how == "after":
            play.ask(method, url, **asked)
        if answer is not None:
            return answer
        raise Unavailable(how)

    def sent(self, path: str) -> int:
        """How often it was asked to."""
        return self.calls.count(("POST", path))


@pytest.fixture
def faults(monkeypatch, settings) -> Faults:
    """In the place of the network."""
    settings.CHANNEL_SERVICES = "live"
    made = Faults()
    monkeypatch.setattr("tourdee.channels.facebook.graph.ask", made.ask)
    return made


def refusal(code: int, subcode: int = 0) -> Answer:
    """Facebook's no."""
    return Answer(400, {"error": {"message": "(#) no", "code": code, "error_subcode": subcode}})
