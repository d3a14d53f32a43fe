"""The interface as a whole: its operations by topic, and the standard's code for whatever is wrong with a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tourdee.shop.actions.conflicts import TryAgain

from ..contract.refusals import (
    BadRequest,
    InvalidBooking,
    InvalidOption,
    InvalidProduct,
    InvalidUnit,
    Refusal,
    TooManyRequests,
    Unauthorized,
    Unprocessable,
)
from . import availability, bookings, catalogue
from .door import Key, refusal

api = NinjaAPI(title="OCTO API", version="1.0", auth=Key(), docs_url=None, openapi_url=None, urls_namespace="octo")
for _topic in (catalogue, availability, bookings):
    api.add_router("", _topic.router)

# A field that is missing or wrong has a code of its own, where the standard gives it one.
CODES: dict[str, Callable[[str], Refusal]] = {
    "productId": InvalidProduct, "optionId": InvalidOption, "unitId": InvalidUnit, "uuid": InvalidBooking,
}  # fmt: skip


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refused: Refusal) -> HttpResponse:
    return refusal(refused)


@api.exception_handler(AuthenticationError)
def without_key(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    return refusal(Unauthorized())


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return refusal(BadRequest(_("The body is not JSON.")))


@api.exception_handler(TryAgain)
def too_many_at_once(request: HttpRequest, problem: TryAgain) -> HttpResponse:
    return refusal(TooManyRequests(message=problem.message))


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """The first thing that is wrong, by the code that its field has."""
    first = problem.errors[0]
    path = [str(part) for part in first["loc"] if part not in {"body", "query", "path"}]
    field = path[-1] if path else ""
    if field == "unitItems" and first["type"] == "missing":
        return refusal(Unprocessable(_("unitItems is missing or empty.")))
    if field in CODES:
        given = first.get("input")
        return refusal(CODES[field](given if isinstance(given, str) else ""))
    return refusal(BadRequest(f"{'.'.join(path[1:] or path)}: {first['msg']}"))


@api.exception_handler(Exception)
def broken(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Left to the door, which writes it down."""
    raise problem
