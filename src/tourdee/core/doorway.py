"""The door in front of Django: a hot page that still holds is answered here, by one question to the database.

What Django does with every request (signals, a dozen middlewares, the address, the response object) costs several
times what the answer itself does. A page comes to stand here after the whole stack has answered with it once, with
exactly the headers that the stack gave it. Whatever is doubtful goes the long way.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from .pagecache import MAX_PAGES, Page, is_only_click_tags, takes_gzip

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
OF_ONE_ANSWER = {"content-type", "content-encoding", "content-length"}


class Answer(NamedTuple):
    """What WSGI wants to hear."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class _Standing(NamedTuple):
    """A page at its path, with its three possible answers."""

    page: Page
    packed: Answer
    plain: Answer
    unchanged: Answer


class Doorway:
    """WSGI in front of WSGI: ``application = Doorway(get_wsgi_application())``."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._standing: dict[str, _Standing] = {}  # by path, which tells the language too

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if answer := self._answer(environ):
            start_response(answer.status, answer.headers)
            return [answer.body]
        response = self._application(environ, start_response)
        self._remember(environ["PATH_INFO"], response)
        return response

    def _answer(self, environ: Environ) -> Answer | None:
        standing = self._standing.get(environ["PATH_INFO"])
        if standing is None or not _is_for_everybody(environ) or not _still_holds(standing.page):
            return None
        if standing.page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            return standing.unchanged
        return standing.packed if takes_gzip(environ) else standing.plain

    def _remember(self, path: str, response: Any) -> None:
        page = getattr(response, "kept_page", None)
        if page is None or page.ask is None or response.cookies:
            return
        if len(self._standing) >= MAX_PAGES:
            self._standing.clear()  # they come back one by one
        self._standing[path] = _standing(page, response)


def _standing(page: Page, response: Any) -> _Standing:
    stack = [(name, value) for name, value in response.items() if name.lower() not in OF_ONE_ANSWER]
    typed = [*stack, ("Content-Type", page.content_type)]
    packed = [*typed, ("Content-Encoding", "gzip"), ("Content-Length", str(len(page.packed)))]
    return _Standing(
        page,
        Answer("200 OK", packed, page.packed),
        Answer("200 OK", [*typed, ("Content-Length", str(len(page.body)))], page.body),
        Answer("304 Not Modified", stack, b""),
    )


def _is_for_everybody(environ: Environ) -> bool:
    """Whether the request is one that any anonymous visitor could have sent, to a host of ours."""
    cookies = environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not settings.SECURE_SSL_REDIRECT
        and f"{settings.SESSION_COOKIE_NAME}=" not in cookies
        and "messages=" not in cookies
        and is_only_click_tags(environ.get("QUERY_STRING", ""))
        and _is_our_host(environ.get("HTTP_HOST", ""))
    )


@lru_cache(maxsize=64)
def _is_our_host(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _still_holds(page: Page) -> bool:
    """Asks the version. Not whether the connection lives, which would double the questions: a dead one is closed, and
    the long way opens another."""
    if page.valid_until is not None and page.valid_until <= timezone.now():
        return False
    connection.health_check_done = True  # type: ignore[attr-defined]  # not in the stubs
    try:
        return page.ask is not None and page.ask() == page.version
    except DatabaseError:
        connection.close()
        return False
