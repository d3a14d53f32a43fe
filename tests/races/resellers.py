"""What racing resellers' programs do: each speaks to the interface as over the wire, without a server between."""

import json
import time
from collections import Counter
from datetime import datetime
from typing import Any
from unittest import mock
from uuid import uuid4

from django.test import Client

from tests.races import acts
from tourdee.channels.octo.actions import wishes
from tourdee.shop.actions import stock
from tourdee.shop.models import Departure

Answers = dict[str, int]


def book(*, place: int, slug: str, secrets: list[str], body: dict[str, Any], tries: int, at: datetime) -> Answers:
    """Even places are programs of one reseller or the other, odd ones are visitors of the web shop."""
    if place % 2:
        return dict(acts.buy(place=place, tries=tries, at=at, shop=body["shop"], items=[body["item"]]))
    secret = secrets[place // 2 % len(secrets)]
    with mock.patch("django.utils.timezone.now", return_value=at):
        return dict(Counter(_reserve_and_confirm(slug, secret, body["octo"]) for _ in range(tries)))


def _reserve_and_confirm(slug: str, secret: str, body: dict[str, Any]) -> str:
    booking = {**body, "uuid": str(uuid4())}
    status, said = send(slug, secret, "/bookings", booking)
    if status != 200:
        return "sold out" if said["error"] == "UNPROCESSABLE_ENTITY" else f"{status} {said}"
    status, said = send(slug, secret, f"/bookings/{booking['uuid']}/confirm", {"contact": {"fullName": "Racer"}})
    return "sold" if status == 200 and said["status"] == "CONFIRMED" else f"{status} {said}"


def repeat(*, place: int, slug: str, secret: str, body: dict[str, Any], at: datetime) -> str:
    """The same request by every process at once. The order that came of it."""
    with mock.patch("django.utils.timezone.now", return_value=at):
        status, said = send(slug, secret, "/bookings", body)
    return str(said["supplierReference"]) if status == 200 else f"{status} {said}"


def unguarded(*, place: int, **what: Any) -> Answers:
    """The control: seats taken by reading how many are gone before the transaction and writing the sum back in it."""
    read: dict[int, Any] = {}

    def look(*args: Any) -> Any:
        found = wishes_before(*args)
        read[found.departure.pk] = found.departure
        time.sleep(0.002)  # as a program that shows what is left before it books
        return found

    def take_seats(*, departure: int, seats: int, **_more: object) -> bool:
        seen = read[departure]
        if seen.taken + seats > seen.capacity:
            return False
        return bool(Departure.objects.filter(pk=departure).update(taken=seen.taken + seats))

    wishes_before = wishes.wanted_offer
    with mock.patch.object(wishes, "wanted_offer", look), mock.patch.object(stock, "take_seats", take_seats):
        return book(place=place * 2, **what)


def send(slug: str, secret: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A request and its answer."""
    answer = Client(raise_request_exception=False).generic(
        "POST",
        f"/octo/{slug}{path}",
        json.dumps(body),
        "application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    return answer.status_code, answer.json()
