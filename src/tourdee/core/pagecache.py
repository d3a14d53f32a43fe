"""Hot public pages, kept by version: always true, because the reader asks for the version first.

The writer's transaction bumps a version; the view reads it (one small query) and calls ``kept_page``. On a miss the
page is rendered *after* the version was read, so it may be newer than its label, never older. Only pages that are the
same for everybody are kept: no session, no waiting message, no form token, no cookie.

A page that says how its version is asked for (``ask``) is answered at the door from then on (``core.doorway``).
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.translation import get_language

MAX_PAGES = 1500
MAX_BYTES = 64 * 1024 * 1024
PACKED = 3  # of 9: a tour's page becomes 12 % larger than by 6 (half a kilobyte), in a third of the time
CACHE_CONTROL = "private, no-cache"  # a browser keeps it and asks each time whether it still holds
VARY = "Accept-Encoding, Cookie"
CLICK_TAGS = ("fbclid=", "gclid=", "utm_", "line_", "_gl=", "ref=")  # what social networks add to links
Until = datetime | Callable[[], datetime | None] | None
Ask = Callable[[], Hashable]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is kept: what it says, packed and plain, and until when it is true."""

    version: Hashable
    body: bytes
    packed: bytes
    etag: str
    content_type: str
    valid_until: datetime | None
    ask: Ask | None


class _Pages:
    """The pages of this process; the least recently seen go first when they become too many or too large."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.body) + len(page.packed)
            while len(self._pages) > MAX_PAGES or self._bytes > MAX_BYTES:
                self._drop(next(iter(self._pages)))

    def __len__(self) -> int:
        return len(self._pages)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= len(page.body) + len(page.packed)


pages = _Pages()


def kept_page(
    request: HttpRequest,
    *,
    key: Hashable,
    version: Hashable,
    valid_until: Until,
    render: Callable[[], HttpResponse],
    ask: Ask | None = None,
) -> HttpResponse:
    """The page out of memory, or rendered and then kept. ``version`` must have been read before this call.

    ``valid_until``: when the clock alone makes the page untrue (a departure passes); a function is asked on a miss.
    ``key`` names the page among all pages: ``("tour", tour_id)``. ``ask`` reads the version anew, at the door, where
    nothing else has run: it must tell a page that may no longer be shown from one that may.
    """
    if not _is_for_everybody(request):
        return render()
    place = (key, get_language())
    kept = pages.get(place)
    if kept is None or kept.version != version or _is_over(kept.valid_until):
        return _rendered(request, place, version, valid_until, render, ask)
    return _answer(request, kept)


def _is_for_everybody(request: HttpRequest) -> bool:
    if request.method not in {"GET", "HEAD"}:
        return False
    cookies = request.COOKIES
    if settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
        return False
    return is_only_click_tags(request.META.get("QUERY_STRING", ""))


def is_only_click_tags(query: str) -> bool:
    """Whether a query asks for nothing: it is empty, or holds only what social networks add."""
    return not query or all(part.startswith(CLICK_TAGS) for part in query.split("&"))


def takes_gzip(environ: dict[str, Any]) -> bool:
    """Whether the browser says that it unpacks gzip."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "")


def _is_over(until: datetime | None) -> bool:
    return until is not None and until <= timezone.now()


def _rendered(
    request: HttpRequest,
    place: Hashable,
    version: Hashable,
    valid_until: Until,
    render: Callable[[], HttpResponse],
    ask: Ask | None,
) -> HttpResponse:
    request.META["QUERY_STRING"] = ""  # one visitor's click tags do not belong into everybody's links
    until = valid_until() if callable(valid_until) else valid_until
    response = render()
    if not _may_be_kept(request, response) or _is_over(until):
        return response
    body = response.content
    digest = blake2b(body, digest_size=12).hexdigest()
    packed = gzip.compress(body, PACKED, mtime=0)
    page = Page(version, body, packed, f'W/"{digest}"', response["Content-Type"], until, ask)
    pages.put(place, page)
    return _answer(request, page)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page says nothing that is meant for this visitor alone."""
    if response.status_code != 200 or response.streaming or response.cookies or "Set-Cookie" in response:
        return False
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):  # a form token was written into the page
        return False
    session = getattr(request, "session", None)
    messages = getattr(request, "_messages", None)
    return not getattr(session, "modified", False) and not getattr(messages, "added_new", False)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    meta = request.META
    response: HttpResponse
    if page.etag in meta.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponseNotModified()
    elif takes_gzip(meta):
        response = HttpResponse(page.packed, content_type=page.content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(page.body, content_type=page.content_type)
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Vary"] = VARY
    response.kept_page = page  # type: ignore[attr-defined]  # the doorway asks for it
    return response
