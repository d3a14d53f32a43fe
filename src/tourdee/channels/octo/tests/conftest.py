"""A licensed shop with a tour, two resellers of it, another shop with one, and a program that speaks OCTO."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from tourdee.core import pagecache
from tourdee.shop.models import Departure, Shop, Tour
from tourdee.shop.tests.factories import a_departure, a_shop, a_tour, in_days

from ..actions.keys import add_reseller, make_key
from ..models import Reseller
from ..views.door import budget


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    budget.forget()
    pagecache.pages.clear()


@pytest.fixture
def clock(monkeypatch, at) -> Callable[[datetime], None]:
    """The pages' clock: noon of the cast, until ``clock(moment)`` sets it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def shop(owner) -> Shop:
    return a_shop(owner, slug="mali-tours")


@pytest.fixture
def tour(shop) -> Tour:
    return a_tour(shop)


@pytest.fixture
def departure(tour, at) -> Departure:
    """Ten seats in five days."""
    return a_departure(tour, starts_at=in_days(at, 5))


@pytest.fixture
def reseller(shop, owner, at) -> Reseller:
    """Keeps a fifth."""
    return add_reseller(
        shop=shop, name="Klook", email="desk@klook.example", commission_percent=20, by=owner, at=at
    )  # fmt: skip


@pytest.fixture
def rival(shop, owner, at) -> Reseller:
    """Sells for the same shop and keeps a quarter."""
    return add_reseller(shop=shop, name="Viator", email="", commission_percent=25, by=owner, at=at)


class Program:
    """A reseller's program: it sends JSON and reads JSON."""

    def __init__(self, slug: str, secret: str, **headers: str) -> None:
        self.base, self.client = f"/octo/{slug}", Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} | headers

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        data = json.dumps(body) if body is not None else ""
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, self.base + path, data, "application/json", headers=sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("POST", path, body, **headers)

    def reserve(self, departure: Departure, quantity: int = 2, **more: Any) -> HttpResponse:
        """Adults' seats."""
        return self.post("/bookings", reservation(departure, quantity, **more))

    def booking(self, departure: Departure, quantity: int = 2, **more: Any) -> dict[str, Any]:
        """A booking on hold."""
        answer = self.reserve(departure, quantity, **more)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def confirm(self, booking: dict[str, Any], **more: Any) -> HttpResponse:
        return self.post(f"/bookings/{booking['uuid']}/confirm", {"contact": CONTACT} | more)

    def cancel(self, booking: dict[str, Any], **more: Any) -> HttpResponse:
        return self.post(f"/bookings/{booking['uuid']}/cancel", more)

    def extend(self, booking: dict[str, Any], minutes: int) -> HttpResponse:
        return self.post(f"/bookings/{booking['uuid']}/extend", {"expirationMinutes": minutes})

    def patch(self, booking: dict[str, Any], **body: Any) -> HttpResponse:
        return self.send("PATCH", f"/bookings/{booking['uuid']}", body)


CONTACT = {
    "firstName": "Anna", "lastName": "Berg", "emailAddress": "anna@example.org", "phoneNumber": "+46 70 123 45 67",
    "locales": ["sv", "en"],
}  # fmt: skip


def unit(departure: Departure, place: int = 0) -> str:
    """The id of the price category at that place: adult, child, lap child."""
    return list(departure.tour.prices.all())[place].public_id


def reservation(departure: Departure, quantity: int = 2, **more: Any) -> dict[str, Any]:
    """What a program sends to hold so many adults' seats."""
    items = [{"unitId": unit(departure)} for _number in range(quantity)]
    return {
        "uuid": str(uuid4()), "productId": departure.tour.public_id, "optionId": "DEFAULT",
        "availabilityId": departure.public_id, "unitItems": items,
    } | more  # fmt: skip


def a_program(reseller: Reseller, at: datetime, **headers: str) -> Program:
    """With a new key of the reseller."""
    return Program(
        reseller.shop.slug, make_key(reseller=reseller, by=reseller.made_by, at=at).secret, **headers
    )  # fmt: skip


@pytest.fixture
def program(reseller, at, clock) -> Program:
    return a_program(reseller, at)


@pytest.fixture
def rivals_program(rival, at, clock) -> Program:
    return a_program(rival, at)


@pytest.fixture
def other_shop(teammate) -> Shop:
    return a_shop(teammate, slug="kaeo-tours")


@pytest.fixture
def elsewhere(other_shop, teammate, at, clock) -> Program:
    """The same agency at another shop."""
    other = add_reseller(shop=other_shop, name="Klook", email="", commission_percent=20, by=teammate, at=at)
    return a_program(other, at)
