"""MyShop's console twin: it keeps products and orders of its own and answers in the service's forms. Whatever key is typed opens a
shop of that key; ``wrong`` opens none. ``sell`` plays a buyer."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.cache import caches
from django.utils import timezone

from tourdee.core.calling import Answer, Unavailable
from tourdee.core.crypto import keyed_hash
from tourdee.core.multipart import Upload

WRONG = "wrong"
KEPT_SECONDS = 30 * 24 * 60 * 60
CATEGORIES = [(101, "เสื้อผ้าและผ้าทอ"), (102, "อาหารและเครื่องดื่ม"), (103, "งานฝีมือ")]
State = dict[str, Any]


def ask(
    method: str, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None,
    files: Mapping[str, Upload] | None = None, body: Mapping[str, Any] | None = None, raw: bool = False,
) -> Answer:  # fmt: skip
    """In the place of ``calling.ask``."""
    key, parts = headers["X-API-KEY"], urlsplit(url)
    if key == WRONG:
        return Answer(401, {"code": "UNAUTHORIZED", "message": "wrong key"})
    state = _state(key)
    for known, pattern, act in ACTS:
        found = re.fullmatch(pattern, parts.path)
        if known == method and found:
            answer = act(state, found.groups(), parse_qs(parts.query), dict(body or {}))
            caches["default"].set(_place(key), state, KEPT_SECONDS)
            return answer
    return Answer(404, {"code": "NOT_FOUND", "message": f"{method} {parts.path}"})


def sell(key: str, sku: str, quantity: int) -> str:
    """Somebody buys there. Returns the order's number. Raises Unavailable where it is not on sale."""
    state = _state(key)
    kind = next((one for product in state["products"] if product["isDisplay"] for one in product["variants"]
                 if one["sku"] == sku), None)  # fmt: skip
    if kind is None or kind["onHandNumber"] - kind["reservedNumber"] < quantity:
        raise Unavailable("not on sale")
    kind["reservedNumber"] += quantity
    number = f"LS{len(state['orders']) + 1:06d}"
    state["orders"].append({
        "orderNumber": number, "orderStatus": "FINALIZED", "shipmentStatus": "PENDING", "updated": _now(),
        "orderItems": [{"sku": sku, "quantity": quantity}],
    })  # fmt: skip
    caches["default"].set(_place(key), state, KEPT_SECONDS)
    return number


def end(key: str, number: str, *, status: str) -> None:
    """The order is cancelled (``CANCELED``) or sent (``COMPLETED``)."""
    state = _state(key)
    order = next(one for one in state["orders"] if one["orderNumber"] == number)
    order |= {"orderStatus": status, "updated": _now()}
    for line in order["orderItems"]:
        for kind in (one for product in state["products"] for one in product["variants"] if one["sku"] == line["sku"]):
            kind["reservedNumber"] -= line["quantity"]
            kind["onHandNumber"] -= line["quantity"] if status == "COMPLETED" else 0
    caches["default"].set(_place(key), state, KEPT_SECONDS)


def stands(key: str, sku: str) -> tuple[float, int, bool] | None:
    """Price, pieces that can be bought and whether it is shown: for tests and for looking."""
    for product in _state(key)["products"]:
        for one in product["variants"]:
            if one["sku"] == sku:
                return one["price"], one["onHandNumber"] - one["reservedNumber"], product["isDisplay"]
    return None


def _place(key: str) -> str:
    return f"play-myshop:{keyed_hash('play-myshop', key)}"


def _state(key: str) -> State:
    """A new shop has one product in each category, as the real one must before we know its categories."""
    found: State | None = caches["default"].get(_place(key))
    samples = [
        {"id": number, "isDisplay": False, "category": {"id": number, "nameTh": name}, "variants": []}
        for number, name in CATEGORIES
    ]
    return found or {"products": samples, "orders": [], "next": 1000}


def _now() -> str:
    return timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(state: State) -> int:
    state["next"] += 1
    return int(state["next"])


def _page(rows: list[Any]) -> Answer:
    return Answer(200, {"currentPage": 1, "perPage": 100, "totalPage": 1, "totalRow": len(rows), "data": rows})


def _products(state: State, _path: Any, query: dict[str, list[str]], _body: State) -> Answer:
    skus = set(query.get("skus", []))
    return _page([one for one in state["products"] if not skus or skus & {kind["sku"] for kind in one["variants"]}])


def _make(state: State, _path: Any, _query: Any, body: State) -> Answer:
    if not body["imageUrls"]:
        return Answer(400, {"code": "BAD_REQUEST", "message": "imageUrls must hold 1 to 7"})
    kinds = [one | {"id": _number(state), "inventoryId": _number(state), "reservedNumber": 0, "readyToShipNumber": 0}
             for one in body["variants"]]  # fmt: skip
    made = {"id": _number(state), "isDisplay": False, "category": {"id": body["categoryId"]}, "variants": kinds}
    state["products"].append(made)
    return Answer(200, made)


def _set_kind(state: State, path: tuple[str, ...], _query: Any, body: State) -> Answer:
    for product in state["products"]:
        for kind in product["variants"]:
            if (str(product["id"]), kind["id"]) == (path[0], body["id"]):
                kind |= body
                return Answer(200, {})
    return Answer(404, {"code": "NOT_FOUND"})


def _show(state: State, path: tuple[str, ...], _query: Any, _body: Any) -> Answer:
    for product in state["products"]:
        if str(product["id"]) == path[0]:
            product["isDisplay"] = path[1] == "onsale"
            return Answer(200, {})
    return Answer(404, {"code": "NOT_FOUND"})


def _orders(state: State, _path: Any, query: dict[str, list[str]], _body: Any) -> Answer:
    changed = [one for one in state["orders"] if one["updated"] >= query["startAt"][0]]
    return _page([{name: value for name, value in one.items() if name != "orderItems"} for one in changed])


def _order(state: State, path: tuple[str, ...], _query: Any, _body: Any) -> Answer:
    found = [one for one in state["orders"] if one["orderNumber"] == path[0]]
    return Answer(200, found[0]) if found else Answer(404, {"code": "NOT_FOUND"})


ROOT = "/myshop/v1"
ACTS: list[tuple[str, str, Callable[..., Answer]]] = [
    ("GET", f"{ROOT}/products", _products),
    ("POST", f"{ROOT}/products", _make),
    ("PATCH", rf"{ROOT}/products/(\d+)/variant", _set_kind),
    ("POST", rf"{ROOT}/products/(\d+)/display-status/(onsale|hide)", _show),
    ("GET", f"{ROOT}/orders", _orders),
    ("GET", rf"{ROOT}/orders/([^/]+)", _order),
]
