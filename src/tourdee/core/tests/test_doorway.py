"""The door in front of Django: only what any visitor might see, only while it is true, with the stack's own headers."""

import gzip
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as configured
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tourdee.core import doorway, pagecache
from tourdee.core.doorway import Doorway
from tourdee.core.pagecache import kept_page

BODY = "<p>ตลาดน้ำ</p>" * 50


class Site:
    """An application of one page behind a doorway, and how often the whole stack worked."""

    def __init__(self) -> None:
        self.version = 1
        self.worked = 0
        self.until = None
        self.cookie = ""
        self.door = Doorway(self.application)

    def application(self, environ, start_response):
        self.worked += 1
        request = RequestFactory().get(environ["PATH_INFO"], headers={"accept-encoding": "gzip"})
        response = kept_page(
            request, key="page", version=self.version, valid_until=self.until, render=lambda: HttpResponse(BODY),
            ask=self.ask,
        )  # fmt: skip
        response["Content-Security-Policy"] = "default-src 'self'"
        if self.cookie:
            response.set_cookie("who", self.cookie)
        start_response("200 OK", list(response.items()))
        return response

    def ask(self) -> int:
        return self.version

    def get(self, path: str = "/t/1", **environ: str) -> SimpleNamespace:
        asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "testserver", "HTTP_ACCEPT_ENCODING": "gzip"}
        heard: list = []
        body = b"".join(self.door(asked | environ, lambda status, headers: heard.extend((status, dict(headers)))))
        return SimpleNamespace(status=heard[0], headers=heard[1], body=body)


@pytest.fixture
def site(db):
    pagecache.pages.clear()
    doorway._is_our_host.cache_clear()
    yield Site()
    pagecache.pages.clear()


def test_the_second_visitor_is_answered_at_the_door_word_for_word(site):
    first, second = site.get(), site.get()
    assert site.worked == 1
    assert (second.status, second.body) == ("200 OK", first.body)
    assert {**first.headers, "Content-Length": second.headers["Content-Length"]} == second.headers
    assert second.headers["Content-Security-Policy"] == "default-src 'self'"
    assert gzip.decompress(second.body).decode() == BODY


def test_who_cannot_unpack_gets_it_plain_and_who_has_it_gets_nothing(site):
    etag = site.get().headers["ETag"]
    plain = site.get(HTTP_ACCEPT_ENCODING="")
    assert (plain.body.decode(), plain.headers["Content-Length"]) == (BODY, str(len(BODY.encode())))
    assert "Content-Encoding" not in plain.headers
    same = site.get(HTTP_IF_NONE_MATCH=etag)
    assert (same.status, same.body) == ("304 Not Modified", b"")
    assert "Content-Type" not in same.headers
    assert site.worked == 1


def test_a_new_version_goes_the_long_way_once(site):
    site.get()
    site.version = 2
    site.get()
    site.get()
    assert site.worked == 2


def test_the_clock_ends_it_at_the_door_too(site, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(pagecache.timezone, "now", lambda: now)
    site.until = now + timedelta(minutes=5)
    site.get()
    now += timedelta(minutes=5)
    site.get()
    assert site.worked == 2


@pytest.mark.parametrize(
    "sent",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
        {"HTTP_COOKIE": f"a=b; {configured.SESSION_COOKIE_NAME}=x"},
        {"HTTP_COOKIE": "messages=x"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_HOST": ""},
        {"PATH_INFO": "/en/t/1"},
    ],
)
def test_whatever_is_doubtful_goes_the_long_way(site, sent):
    site.get()
    site.get(**sent)
    assert site.worked == 2


def test_a_foreign_host_is_left_to_django(site, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    site.get()
    site.get(HTTP_HOST="evil.example")
    assert site.worked == 2


def test_where_tls_is_asked_for_nothing_is_answered_at_the_door(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    site.get()
    site.get()
    assert site.worked == 2


def test_an_answer_with_a_cookie_is_for_one_visitor_only(site):
    site.cookie = "canary"
    site.get()
    site.get()
    assert site.worked == 2


def test_click_tags_of_social_networks_change_nothing(site):
    site.get()
    site.get(QUERY_STRING="fbclid=abc&utm_source=line")
    assert site.worked == 1


def test_a_database_that_does_not_answer_sends_the_visitor_the_long_way(site, monkeypatch):
    site.get()
    closed = []
    monkeypatch.setattr(doorway, "connection", SimpleNamespace(close=lambda: closed.append(True)))

    def broken():
        raise OperationalError("server closed the connection unexpectedly")

    standing = site.door._standing["/t/1"]
    monkeypatch.setitem(site.door._standing, "/t/1", standing._replace(page=_asking(standing.page, broken)))
    site.get()
    assert (site.worked, closed) == (2, [True])


def _asking(page, ask):
    return pagecache.Page(page.version, page.body, page.packed, page.etag, page.content_type, page.valid_until, ask)


def test_it_never_holds_more_pages_than_it_may(site, monkeypatch):
    monkeypatch.setattr(doorway, "MAX_PAGES", 2)
    for number in range(5):
        site.get(f"/t/{number}")
    assert len(site.door._standing) <= 2
