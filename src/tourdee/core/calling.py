"""Calls to outside services: JSON over HTTPS by the standard library. Never inside a transaction, only in the worker.

No redirect is followed, since it would carry the key elsewhere; an answer is read up to a limit; what is raised names the
service and the kind of trouble, never a key or an address with one in it.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import wraps
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from .multipart import Upload, multipart

SECONDS = 6
MOST_BYTES = 1_000_000
MOST_FILE = 12_000_000  # a picture that was asked for
BUSY = {408, 409, 425, 429}  # ask again later
LOOPBACK = ("http://127.0.0.1:", "http://localhost:")


class Unavailable(Exception):
    """No answer, a broken one, or one that says "later": nothing is known, and it may be asked again."""


class Refused(Exception):
    """The service understood and said no: wrong key, wrong request. Asking again will not help. ``code`` is its own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code[:80]


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the JSON object; ``raw`` instead of it where something else was asked for."""

    status: int
    data: dict[str, Any]
    raw: bytes = b""


Method = TypeVar("Method", bound=Callable[..., Any])


def understood(method: Method) -> Method:
    """For what reads an answer: one that has another form than was promised is no answer. Raises Unavailable."""

    @wraps(method)
    def careful(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as junk:
            raise Unavailable(f"an unexpected answer: {type(junk).__name__}") from None

    return careful  # type: ignore[return-value]  # the same signature


Exchanged = tuple[
    int, bytes, Mapping[str, str]
]  # status, body, and the answer's headers by their names in small letters


class Ask(Protocol):
    """How a service is reached: over the network, or by its console twin."""

    def __call__(
        self, method: str, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None, body: Mapping[str, Any] | None = None, raw: bool = False,
    ) -> Answer: ...  # fmt: skip


class Exchange(Protocol):
    """The same without a judgement: for services whose 409 and 429 mean something, and for bodies that are no JSON."""

    def __call__(
        self, method: str, url: str, *, headers: Mapping[str, str], data: bytes | None = None
    ) -> Exchanged: ...  # fmt: skip


def exchange(
    method: str, url: str, *, headers: Mapping[str, str], data: bytes | None = None
) -> Exchanged:  # fmt: skip
    """One request: status, body and headers, whatever they are. Raises Unavailable where there was no answer."""
    _must_be_safe(url)
    request = urllib.request.Request(url, data=data, headers=dict(headers), method=method)  # noqa: S310  (the address is checked above)
    return _exchanged(request, most=MOST_FILE)


def ask(
    method: str, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None,
    files: Mapping[str, Upload] | None = None, body: Mapping[str, Any] | None = None, raw: bool = False,
) -> Answer:  # fmt: skip
    """One request: a form, a form with files, or JSON. 4xx is an answer like any other, for the adapter to understand. Raises
    Unavailable."""
    _must_be_safe(url)
    data, kind = _written(form, files, body)
    request = urllib.request.Request(url, data=data, headers={**headers, **kind}, method=method)  # noqa: S310  (the address is checked above)
    status, content, _headers = _exchanged(request, most=MOST_BYTES)
    if status >= 500 or status in BUSY:
        raise Unavailable(f"status {status}")
    if raw:
        return Answer(status, {}, content)
    return Answer(status, _object(content))


def _must_be_safe(url: str) -> None:
    if not url.startswith(("https://", *LOOPBACK)):
        raise Unavailable("the address must begin with https://")


def _written(
    form: Mapping[str, str] | None, files: Mapping[str, Upload] | None, body: Mapping[str, Any] | None
) -> tuple[bytes | None, dict[str, str]]:
    """What is sent, and the header that says what it is."""
    if body is not None:
        return json.dumps(body).encode(), {"Content-Type": "application/json"}
    if files:
        data, kind = multipart(form or {}, files)
        return data, {"Content-Type": kind}
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    return None, {}


def _exchanged(request: urllib.request.Request, *, most: int) -> Exchanged:
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            return answer.status, answer.read(most), _small(answer.headers)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(MOST_BYTES), _small(refusal.headers)
    except (urllib.error.URLError, OSError, ValueError) as problem:
        raise Unavailable(type(problem).__name__) from None  # the problem itself may hold the address


def _small(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _object(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except ValueError:
        raise Unavailable("not JSON") from None
    if not isinstance(data, dict):
        raise Unavailable("not an object")
    return data


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
