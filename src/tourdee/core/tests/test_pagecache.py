"""Hot pages: as quick as memory, as true as the database, the same for everybody or not kept at all."""

import gzip
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import timezone, translation

from tourdee.core import pagecache
from tourdee.core.pagecache import kept_page


@pytest.fixture(autouse=True)
def _empty():
    pagecache.pages.clear()
    yield
    pagecache.pages.clear()


class Page:
    """A view and how often it was rendered."""

    def __init__(self) -> None:
        self.rendered = 0
        self.body = "<p>ตลาดน้ำ</p>" * 50

    def __call__(self, request=None, *, version=1, valid_until=None, key="tour", render=None, **meta):
        request = request or RequestFactory().get("/t/1", **meta)
        return kept_page(
            request, key=key, version=version, valid_until=valid_until, render=render or (lambda: self.render())
        )

    def render(self) -> HttpResponse:
        self.rendered += 1
        return HttpResponse(self.body)


@pytest.fixture
def page() -> Page:
    return Page()


def test_a_page_is_rendered_once_for_everybody(page):
    assert [page().content.decode() for _ in range(3)] == [page.body] * 3
    assert page.rendered == 1


def test_another_version_is_another_page(page):
    page(version=1)
    page.body = "sold out"
    assert page(version=2).content == b"sold out"
    assert page.rendered == 2


def test_another_key_or_language_is_another_page(page):
    page(key=("tour", 1))
    page(key=("tour", 2))
    with translation.override("en"):
        page(key=("tour", 1))
    assert page.rendered == 3


def test_the_clock_alone_ends_a_page(page, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(pagecache.timezone, "now", lambda: now)
    until = now + timedelta(minutes=5)
    page(valid_until=until)
    now += timedelta(minutes=4, seconds=59)
    page(valid_until=until)
    assert page.rendered == 1
    now += timedelta(seconds=1)
    page(valid_until=until)
    assert page.rendered == 2


def test_how_long_a_page_holds_is_asked_on_a_miss_only(page):
    asked = []

    def until():
        asked.append(page.rendered)
        return timezone.now() + timedelta(hours=1)

    for _ in range(3):
        page(valid_until=until)
    assert asked == [0]  # once, and before the page was rendered


@pytest.mark.parametrize("cookie", [configured.SESSION_COOKIE_NAME, "messages"])
def test_a_visitor_with_a_session_or_a_message_gets_a_page_of_their_own(page, cookie):
    page()
    request = RequestFactory().get("/t/1")
    request.COOKIES[cookie] = "x"
    page.body = "canary of this visitor"
    assert page(request).content == b"canary of this visitor"
    assert "ETag" not in page(request)
    assert b"canary" not in page().content


def test_what_is_posted_is_never_answered_from_memory(page):
    page()
    page(RequestFactory().post("/t/1"))
    assert page.rendered == 2
    page(RequestFactory().head("/t/1"))
    assert page.rendered == 2


def test_a_page_with_a_query_is_not_kept_but_click_tags_are_ignored(page):
    page()
    for query in ("fbclid=abc", "utm_source=line&utm_medium=x", "gclid=1"):
        page(QUERY_STRING=query)
    assert page.rendered == 1
    page(QUERY_STRING="page=2")
    page(QUERY_STRING="fbclid=abc&page=2")
    assert page.rendered == 3


def test_one_visitors_click_tag_is_not_written_into_everybodys_page(page):
    request = RequestFactory().get("/t/1", QUERY_STRING="fbclid=CANARY")
    page(request, render=lambda: HttpResponse(request.get_full_path()))
    assert page().content == b"/t/1"


def render_with_cookie(request):
    response = HttpResponse("x")
    response.set_cookie("basket", "1")
    return response


def render_with_token(request):
    return HttpResponse(get_token(request))


def render_with_session(request):
    request.session = SessionStore()
    request.session["seen"] = 1
    return HttpResponse("x")


def render_with_message(request):
    request.session = {}
    request._messages = FallbackStorage(request)
    messages.success(request, "saved")
    return HttpResponse("x")


PERSONAL = {
    "cookie": render_with_cookie,
    "form token": render_with_token,
    "session": render_with_session,
    "message": render_with_message,
    "stream": lambda request: StreamingHttpResponse([b"x"]),
    "not found": lambda request: HttpResponse("x", status=404),
    "redirect": lambda request: HttpResponse(status=302),
}


@pytest.mark.parametrize("render", PERSONAL.values(), ids=PERSONAL.keys())
def test_what_is_meant_for_one_visitor_is_not_kept(page, render):
    request = RequestFactory().get("/t/1")
    response = page(request, render=lambda: render(request))
    assert "ETag" not in response
    assert len(pagecache.pages) == 0
    page()
    assert page.rendered == 1


def test_a_browser_that_has_the_page_is_told_so(page):
    etag = page()["ETag"]
    assert etag.startswith('W/"')
    response = page(HTTP_IF_NONE_MATCH=etag)
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    page.body = "changed"
    assert page(version=2, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_new_version_that_looks_the_same_is_not_sent_again(page):
    etag = page(version=1)["ETag"]
    assert page(version=2, HTTP_IF_NONE_MATCH=f'"x", {etag}').status_code == 304


def test_the_page_travels_packed_where_the_browser_can_unpack(page):
    packed = page(HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == page.body
    plain = page(HTTP_ACCEPT_ENCODING="br")
    assert "Content-Encoding" not in plain
    assert plain.content.decode() == page.body
    refused = page(HTTP_ACCEPT_ENCODING="gzip;q=0, identity")
    assert "Content-Encoding" not in refused


def test_no_shared_cache_may_mix_visitors_up(page):
    response = page()
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Vary"] == "Accept-Encoding, Cookie"


def test_memory_is_bounded_by_number_and_by_size(page, monkeypatch):
    monkeypatch.setattr(pagecache, "MAX_PAGES", 2)
    for key in "abab":
        page(key=key)
    assert page.rendered == 2
    page(key="c")  # drops a, which was seen longest ago
    page(key="b")
    assert page.rendered == 3
    page(key="a")
    assert page.rendered == 4
    monkeypatch.setattr(pagecache, "MAX_BYTES", 10)
    page(key="d")
    assert len(pagecache.pages) == 0


def test_an_old_version_makes_room_for_the_new_one(page):
    for version in range(5):
        page(version=version)
    assert len(pagecache.pages) == 1
