"""What the tests of the shop's pages share: a clock that stands still, pages that no other test has kept, a browser
that shops."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tourdee import events
from tourdee.core import pagecache

from ..models import Order

DETAILS = {
    "name": "Anna Berg", "phone": "081 234 5679", "email": "anna@example.org", "note": "", "agree": "on",
    "house": "99 หมู่ 1", "subdistrict": "500108",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_kept_pages() -> Iterator[None]:
    pagecache.pages.clear()
    yield
    pagecache.pages.clear()


@pytest.fixture(autouse=True)
def _thai() -> Iterator[None]:
    """An English page leaves its language behind in the test's thread."""
    with translation.override("th"):
        yield


@pytest.fixture
def now() -> datetime:
    """For pages that are looked at by the real clock."""
    return timezone.now()


@pytest.fixture
def clock(monkeypatch, at) -> Callable[[datetime], None]:
    """The pages' clock: noon of the cast, until ``clock(moment)`` sets it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def published(monkeypatch) -> list[Any]:
    """The events that are told, caught."""
    heard: list[Any] = []
    monkeypatch.setattr(events, "publish", heard.append)
    return heard


class Shopper(Client):
    """A visitor's browser, without an account."""

    def choose(
        self, *, departure: object = None, category: object = None, variant: object = None, quantity: object = 2,
        **delivery: str,
    ):  # fmt: skip
        """Send the basket's form with one line and go on to the details."""
        thing = departure.tour if departure else variant.product
        line = variant.public_id if variant else f"{departure.public_id}.{category.public_id}"
        shop = thing.shop.public_id
        goes = {"way": "post", "place": "50200", **delivery} if variant else {}
        form = {"shop": shop, "line": line, "quantity": str(quantity), "onward": "1", **goes}
        return self.post(reverse("cart"), form)

    def details(self, **said: str):
        """Fill in the details as they are shown and send them."""
        page = self.get(reverse("checkout_details"))
        shown = page.context
        page = shown["page"]
        hidden = {"key": shown["key"], "total": str(page.total_satang)}
        if page.delivery and page.delivery.on_delivery is not None:
            hidden["total_on_delivery"] = str(page.delivery.on_delivery)
        return self.post(reverse("checkout_details"), {**DETAILS, **hidden, **said})

    def order(self, **said: str) -> Order:
        """The order that the details became."""
        answer = self.details(**said)
        assert answer.status_code == 302, answer.context["form"].errors
        return Order.objects.get(secret=answer.url.rstrip("/").rsplit("/", 1)[-1])


@pytest.fixture
def shopper(db, clock) -> Shopper:
    """A guest."""
    return Shopper()


@pytest.fixture
def other_shopper(db, clock) -> Shopper:
    """Another guest."""
    return Shopper()
