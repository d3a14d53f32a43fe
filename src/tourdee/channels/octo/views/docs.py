"""The page that explains the interface, and the same as an OpenAPI document."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..actions.bookings import HOLD, LONGEST_ALTOGETHER, LONGEST_HOLD
from ..contract import refusals
from ..queries.resellers import sandbox
from .door import answer
from .interface import api

HEADERS = [
    {
        "name": "Octo-Capabilities", "in": "header", "required": False, "schema": {"type": "string"},
        "description": "octo/pricing, octo/content; separated by commas, with or without “octo/”",
    },
    {"name": "Accept-Language", "in": "header", "required": False, "schema": {"type": "string"}, "description": "en or th"},
]  # fmt: skip
SAID_BACK = {"Octo-Capabilities": {"schema": {"type": "string"}, "description": "the capabilities that were used"}}


@lru_cache(maxsize=4)
def document(site: str) -> dict[str, Any]:
    """The OpenAPI document of every shop's interface. Its operations come from the code that answers them."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="")
    for operation in operations(made):
        operation["parameters"] = [*operation.get("parameters", []), *HEADERS]
        for said in operation["responses"].values():
            said["headers"] = SAID_BACK
    shop = {"default": "octo-sandbox", "description": "the shop's name in its address"}
    return {**made, "servers": [{"url": f"{site}/octo/{{shop}}", "variables": {"shop": shop}}]}


def operations(made: dict[str, Any]) -> list[dict[str, Any]]:
    """All of them, in order."""
    return [operation for path in made["paths"].values() for operation in path.values()]


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """For programs."""
    return answer(document(settings.SITE_URL))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For people who write programs."""
    trial = sandbox()
    made = document(settings.SITE_URL)
    listed = [
        {"method": method.upper(), "path": path, "summary": operation.get("description", ""), "old": operation.get("deprecated")}
        for path, methods in made["paths"].items()
        for method, operation in methods.items()
    ]  # fmt: skip
    codes = [one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, refusals.Refusal)]
    context = {
        "address": f"{settings.SITE_URL}/octo/{trial.slug if trial else 'SHOP'}",
        "operations": listed,
        "refusals": [one for one in codes if one is not refusals.Refusal],
        "hold": HOLD.seconds // 60,
        "longest_hold": LONGEST_HOLD.seconds // 60,
        "longest_altogether": LONGEST_ALTOGETHER.seconds // 3600,
    }
    return render(request, "octo/docs.html", context)
