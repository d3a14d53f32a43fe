"""A shop with a public https address, and the files that readers fetch from it."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from tourdee.shop.models import Picture, Product, Shop, Tour, Variant
from tourdee.shop.tests.factories import a_product, a_shop, a_tour

SITE = "https://tourdee.example"
G = "{http://base.google.com/ns/1.0}"


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def clock(monkeypatch, at) -> Callable[[object], None]:
    """The pages' clock: noon of the cast, until ``clock(moment)`` sets it."""

    def set_to(moment: object) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def shop(owner, at) -> Shop:
    return a_shop(owner, slug="mali", name_th="ร้านมะลิ", name_en="Mali", opened_at=at)


def a_picture(item: Product | Tour, side: int = 1200) -> Picture:
    """A picture's row, without a file."""
    of = {"tour": item} if isinstance(item, Tour) else {"product": item}
    return Picture.objects.create(path=f"shop/{'a' * 32}-{side}x{side}", width=side, height=side, **of)


def a_cloth(shop: Shop, **columns: Any) -> Variant:
    """A product that no reader has a word against, in both languages."""
    variant = a_product(shop, **({"description_en": "Hand-woven cotton"} | columns))
    a_picture(variant.product)
    return variant


def a_walk(shop: Shop, **columns: Any) -> Tour:
    """A tour that Google has no word against."""
    tour = a_tour(shop, **columns)
    a_picture(tour)
    return tour


@dataclass(frozen=True)
class Fetched:
    """An answer, read to its end."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers[name]


def fetched(path: str, **headers: str) -> Fetched:
    """What a program without cookies gets."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer: Any = Client().get(f"/feeds/{path}", headers=sent)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Fetched(answer.status_code, answer.headers, content)


def changed() -> None:
    """What every act does that changes an item: its version moves."""
    for model in (Product, Tour):
        model.objects.update(version=F("version") + 1)


def items_of_rss(body: bytes) -> list[dict[str, Any]]:
    """The items as a reader of RSS understands them; what stands several times becomes a list."""
    found = []
    for item in ET.fromstring(body).iter("item"):
        values: dict[str, Any] = {}
        for one in item:
            name = one.tag.removeprefix(G)
            values[name] = [*values.get(name, []), one.text] if name == "additional_image_link" else one.text or ""
        found.append(values)
    return found


def items_of_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def products_of_json(body: bytes) -> list[dict[str, Any]]:
    return json.loads(body)["products"]
