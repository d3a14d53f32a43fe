"""What we ask of MyShop. Every act may be repeated: what it sets is absolute, and nothing is made before it was looked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from tourdee.core.calling import Answer, Ask, Refused, understood

BASE = "https://developers-oaplus.line.biz/myshop/v1"
MOST_PAGES = 10
PER_PAGE = 100
MOST_PICTURES = 7
LEAST_KG = Decimal("0.01")
GONE = {"CANCELED", "EXPIRED"}
LEFT_THE_HOUSE = {"SHIPPED_ALL", "ON_DELIVERY"}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of a product as it is told: price in satang, grams, pieces."""

    sku: str
    name: str
    satang: int
    grams: int
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Made:
    """A product as it stands there. ``kinds``: {sku: number there}; ``held``: {sku: pieces in orders not yet sent}."""

    outside_id: str
    kinds: dict[str, str]
    held: dict[str, int]
    is_shown: bool
    category: tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class Sold:
    """An order: ``state`` is open, sent or cancelled."""

    number: str
    state: str
    lines: tuple[tuple[str, int], ...] = ()


class Client:
    """One shop's account. Raises Unavailable (ask again later) and Refused (``key``, or its own code)."""

    def __init__(self, key: str, ask: Ask) -> None:
        self._key, self._ask = key, ask

    @understood
    def products(self) -> list[Made]:
        """What is there, at most a thousand; also tells whether the key is right."""
        return [_made(one) for page in self._pages("/products", {}) for one in page]

    @understood
    def find(self, skus: Sequence[str]) -> Made | None:
        """The product that has one of these kinds, whoever made it."""
        answer = self._asked("GET", "/products", query=[("skus", sku) for sku in skus] + [("perPage", "100")])
        found = [_made(one) for one in answer.data["data"]]
        return next((one for one in found if set(one.kinds) & set(skus)), None)

    @understood
    def make(
        self, *, code: str, name: str, description: str, brand: str, category: int, pictures: Sequence[str],
        kinds: Sequence[Kind],
    ) -> None:  # fmt: skip
        """A new product, hidden at first. Look with ``find`` before, and for its numbers after."""
        several = len(kinds) > 1
        body: dict[str, Any] = {
            "code": code, "name": name, "brand": brand, "categoryId": category,
            "description": escape(description).replace("\n", "<br>"), "imageUrls": list(pictures)[:MOST_PICTURES],
            "variants": [_told(one, place if several else None) for place, one in enumerate(kinds)],
        }  # fmt: skip
        if several:
            body["variantOptions"] = {"option1": {"name": "แบบ", "data": [{"value": one.name} for one in kinds]}}
        self._asked("POST", "/products", body=body, raw=True)

    def set_kind(self, outside_id: str, kind: str, *, satang: int, on_hand: int) -> None:
        """Price and pieces of a kind. ``on_hand`` counts what lies in orders not yet sent. The seller's own discount
        stays, which it would not if prices were set by ``/prices``."""
        body = {"id": int(kind), "price": _baht(satang), "onHandNumber": on_hand}
        self._asked("PATCH", f"/products/{quote(outside_id)}/variant", body=body, raw=True)

    def show(self, outside_id: str, *, shown: bool) -> None:
        """On sale there, or hidden."""
        self._asked(
            "POST", f"/products/{quote(outside_id)}/display-status/{'onsale' if shown else 'hide'}", raw=True
        )  # fmt: skip

    @understood
    def orders(self, since: datetime) -> list[Sold]:
        """Orders that changed since then, oldest change first, without their lines."""
        query = {
            "startAt": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sortBy": "UPDATED_AT",
            "orderBy": "ASC",
        }
        return [_sold(one) for page in self._pages("/orders", query) for one in page]

    @understood
    def order(self, number: str) -> Sold:
        """One order with its lines."""
        return _sold(self._asked("GET", f"/orders/{quote(number, safe='')}").data)

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[list[Any]]:
        for page in range(1, MOST_PAGES + 1):
            data = self._asked(
                "GET", path, query=[*query.items(), ("page", str(page)), ("perPage", str(PER_PAGE))]
            ).data
            yield data["data"]
            if page >= int(data["totalPage"]):
                return

    def _asked(
        self, method: str, path: str, *, query: Sequence[tuple[str, str]] = (), body: Mapping[str, Any] | None = None,
        raw: bool = False,
    ) -> Answer:  # fmt: skip
        url = f"{BASE}{path}" + (f"?{urlencode(query)}" if query else "")
        answer = self._ask(method, url, headers={"X-API-KEY": self._key, "User-Agent": "TourDee"}, body=body, raw=raw)
        if answer.status in {401, 403}:
            raise Refused("key")
        if answer.status >= 400:
            raise Refused(_reason(answer))
        return answer


def _reason(answer: Answer) -> str:
    said = str(answer.data.get("message") or answer.data.get("code") or "") if not answer.raw else ""
    return said or answer.raw[:80].decode(errors="replace") or f"status {answer.status}"


def _told(kind: Kind, place: int | None) -> dict[str, Any]:
    weight = max(LEAST_KG, (Decimal(kind.grams) / 1000).quantize(LEAST_KG))
    told = {"sku": kind.sku, "price": _baht(kind.satang), "weight": float(weight), "onHandNumber": kind.pieces}
    return told if place is None else told | {"options": [place]}


def _baht(satang: int) -> float | int:
    return satang // 100 if satang % 100 == 0 else satang / 100


def _made(data: Mapping[str, Any]) -> Made:
    kinds = [one for one in data["variants"] if one.get("sku")]
    category = data.get("category") or {}
    return Made(
        outside_id=str(data["id"]),
        kinds={one["sku"]: str(one["id"]) for one in kinds},
        held={one["sku"]: int(one.get("reservedNumber", 0)) + int(one.get("readyToShipNumber", 0)) for one in kinds},
        is_shown=bool(data.get("isDisplay")),
        category=(int(category.get("id") or 0), str(category.get("nameTh") or category.get("nameEn") or "")[:120]),
    )


def _sold(data: Mapping[str, Any]) -> Sold:
    lines = tuple((str(one.get("sku") or ""), int(one["quantity"])) for one in data.get("orderItems") or ())
    return Sold(number=str(data["orderNumber"])[:40], state=_state(data), lines=lines)


def _state(data: Mapping[str, Any]) -> str:
    if data["orderStatus"] in GONE:
        return "cancelled"
    sent = data["orderStatus"] == "COMPLETED" or data.get("shipmentStatus") in LEFT_THE_HOUSE
    return "sent" if sent else "open"
