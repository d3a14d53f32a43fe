"""Every answer is what the standard says: ours restated (``contract``), and the published document where it is at hand.

``TOURDEE_OCTO_DOCUMENT`` names a file with the OpenAPI document of OCTO; without it that half is skipped.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from tourdee.shop.actions.arrivals import check_in
from tourdee.shop.models import Order, Picture, Shop
from tourdee.shop.tests.factories import a_departure, in_days

from ..contract import answers, booked
from .conftest import CONTACT, reservation, unit

pytestmark = pytest.mark.django_db
DOCUMENT = os.environ.get("TOURDEE_OCTO_DOCUMENT", "")
BOTH = {"Octo_Capabilities": "octo/pricing, octo/content"}
Seen = list[tuple[str, str, int, Any]]  # method and path of the standard, status, body


@pytest.fixture
def seen(program, departure, tour, owner, at) -> Seen:
    """Every operation, each plain and with both capabilities, and every way to refuse."""
    full = a_departure(tour, starts_at=in_days(at, 6), capacity=0)
    Picture.objects.create(tour=tour, path="tours/x/a", width=1600, height=1200)
    Picture.objects.create(tour=tour, path="tours/x/b", width=1600, height=1200, alt_th="วัด", alt_en="A temple")
    Shop.objects.update(cover="shops/x/c")
    found: Seen = []

    def ask(method: str, template: str, path: str, body: Any = None) -> Any:
        for headers in ({}, BOTH):
            answer = program.send(method, path, body, **headers)
            found.append((method, template, answer.status_code, answer.json()))
        return answer.json()

    asked = {"productId": tour.public_id, "optionId": "DEFAULT"}
    year = {"localDateStart": "2026-11-20", "localDateEnd": "2027-11-20"}
    ask("GET", "/supplier", "/supplier")
    ask("GET", "/products", "/products")
    ask("GET", "/products/{id}", f"/products/{tour.public_id}")
    ask("GET", "/products/{id}", "/products/nosuchtour")
    ask("GET", "/capabilities", "/capabilities")
    for path in ("/availability", "/availability/calendar"):
        for more in (
            year,
            {},
            year | {"productId": "x"},
            year | {"optionId": "x"},
            year | {"units": [{"id": "x", "quantity": 1}]},
        ):
            ask("POST", path, path, asked | more)
        ask("POST", path, path, asked | year | {"units": [{"id": unit(departure), "quantity": 2}]})
    for more in (
        {"productId": "x"},
        {"optionId": "x"},
        {"availabilityId": "x"},
        {"unitItems": [{"unitId": "x"}]},
        {"notes": 1},
    ):
        ask("POST", "/bookings", "/bookings", reservation(departure) | more)
    ask("POST", "/bookings", "/bookings", reservation(full))
    one = ask("POST", "/bookings", "/bookings", reservation(departure, resellerReference="K-1", contact=CONTACT))
    place, template = f"/bookings/{one['uuid']}", "/bookings/{uuid}"
    ask("POST", f"{template}/extend", f"{place}/extend", {"expirationMinutes": 40})
    ask("PATCH", template, place, {"notes": "vegan", "unitItems": [{"unitId": unit(departure)}]})
    ask("POST", f"{template}/confirm", f"{place}/confirm", {"contact": CONTACT})
    ask("POST", f"{template}/extend", f"{place}/extend", {})
    ask("GET", template, place)
    ask("GET", "/bookings", "/bookings?resellerReference=K-1")
    ask("GET", "/bookings", "/bookings")
    for line in Order.objects.get(code=one["supplierReference"]).lines.all():
        check_in(line=line, by=owner, at=at)
    ask("GET", template, place)
    ask("POST", f"{template}/cancel", f"{place}/cancel", {})
    two = ask("POST", "/bookings", "/bookings", reservation(departure))
    ask("POST", f"{template}/cancel", f"/bookings/{two['uuid']}/cancel", {"reason": "rain"})
    for method, way in [("GET", ""), ("PATCH", ""), ("POST", "/confirm"), ("POST", "/cancel"), ("POST", "/extend")]:
        ask(method, template + way, f"/bookings/{'0' * 8}-0000-4000-8000-{'0' * 12}{way}", {"contact": CONTACT})
    return found


OURS: dict[tuple[str, str], Any] = {
    ("GET", "/supplier"): answers.Supplier,
    ("GET", "/products"): list[answers.Product],
    ("GET", "/products/{id}"): answers.Product,
    ("GET", "/capabilities"): list[answers.Capability],
    ("POST", "/availability"): list[answers.Availability],
    ("POST", "/availability/calendar"): list[answers.CalendarDay],
    ("GET", "/bookings"): list[booked.Booking],
}


def test_every_answer_is_as_the_contract_says(seen):
    operations = {(method, template) for method, template, status, _body in seen if status == 200}
    assert len(operations) == 13  # the twelve, and the list of capabilities
    for method, template, status, body in seen:
        shape = OURS.get((method, template), booked.Booking) if status == 200 else answers.Refused
        TypeAdapter(shape).validate_python(body, strict=True)


def test_pictures_were_among_the_answers(seen):
    """So that the contract speaks of them too: of the supplier, of products in a list and alone, and of their options."""
    counts = {template: len(body["media"]) for method, template, body in _products(seen)}
    assert counts == {"/supplier": 1, "/products": 2, "/products/{id}": 2, "option": 2}


def _products(seen: Seen) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for method, template, _status, body in seen:
        for one in body if isinstance(body, list) else [body]:
            if "media" in one:
                yield method, template, one
                yield from ((method, "option", option) for option in one.get("options", []))


def test_every_refusal_of_the_standard_was_seen(seen):
    codes = {body["error"] for _method, _template, status, body in seen if status == 400}
    assert codes == {
        "INVALID_PRODUCT_ID", "INVALID_OPTION_ID", "INVALID_UNIT_ID", "INVALID_AVAILABILITY_ID", "INVALID_BOOKING_UUID",
        "BAD_REQUEST", "UNPROCESSABLE_ENTITY",
    }  # fmt: skip


@pytest.mark.skipif(not DOCUMENT, reason="TOURDEE_OCTO_DOCUMENT names no OCTO document")
def test_every_answer_is_as_the_published_document_says(seen):
    import jsonschema_rs

    published = yaml.safe_load(Path(DOCUMENT).read_text(encoding="utf-8"))
    wrong = []
    for method, template, status, body in seen:
        said = _operation(published, method, template)["responses"].get(str(status))
        schema = {"components": published["components"], **said["content"]["application/json"]["schema"]}
        validator = jsonschema_rs.validator_for(_as_json_schema(schema))
        wrong += [f"{method} {template} {status}: {error.message}" for error in validator.iter_errors(body)]
    assert sorted(set(wrong)) == []


def _operation(published: dict[str, Any], method: str, template: str) -> dict[str, Any]:
    paths = published["paths"]
    return (paths.get(template) or paths[f"{template}/"])[method.lower()]


def _as_json_schema(node: Any) -> Any:
    """OpenAPI 3.0 writes ``nullable: true`` beside a type; a JSON Schema writes it as one of the types."""
    if isinstance(node, list):
        return [_as_json_schema(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _as_json_schema(value) for key, value in node.items() if key not in {"example", "nullable"}}
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") is True else made
