"""Reading addresses that somebody typed: the public internet only, looked up once, at each hop anew."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tourdee.core import outbound
from tourdee.core.outbound import CannotFetch, fetch, is_public

pytestmark = pytest.mark.enable_socket
PRIVATE = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://0/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/",
    "http://172.16.0.1/", "http://100.64.0.1/", "http://0.0.0.0/", "http://[fe80::1]/", "http://[fc00::1]/",
    "http://224.0.0.1/", "http://localhost/", "http://①②⑦.⓪.⓪.①/",
]  # fmt: skip
ODD = [
    "file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "javascript:alert(1)", "//example.org/", "",
    "http://user@example.org/", "http://user:word@example.org/", "https://example.org:8080/", "http://example.org:22/",
    "http:///", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://example.org/\r\nHost: x",
    "http://example.org:99999/", "http://" + "a" * 70 + ".org/", "data:text/calendar,BEGIN:VCALENDAR",
]  # fmt: skip


class Canary(BaseHTTPRequestHandler):
    """A server on this machine that counts who comes."""

    hits: list[str] = []
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}

    def do_GET(self) -> None:
        self.hits.append(self.path)
        status, headers, body = self.answers.get(self.path, (200, {}, b"secret"))
        if self.headers.get("If-None-Match") and self.headers["If-None-Match"] == headers.get("ETag"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.path == "/drip":
            for _byte in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def canary():
    server = HTTPServer(("127.0.0.1", 0), Canary)
    Canary.hits, Canary.answers = [], {}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusted(canary, monkeypatch) -> str:
    """The canary as if it stood on the internet."""
    monkeypatch.setattr(outbound, "LOOPBACK_FOR_TESTS", {("127.0.0.1", canary)})
    return f"http://127.0.0.1:{canary}"


def reason(url: str, **named: object) -> str:
    with pytest.raises(CannotFetch) as refusal:
        fetch(url, **named)
    return refusal.value.reason


@pytest.mark.parametrize("url", PRIVATE)
def test_no_spelling_of_a_private_address_is_asked(url, monkeypatch):
    def no_connection(*args: object, **named: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", no_connection)
    assert reason(url) in {"private", "address", "unreachable"}


@pytest.mark.parametrize("url", ODD)
def test_only_plain_addresses_of_the_web_are_read(url):
    assert reason(url) == "address"


def test_a_name_that_points_into_our_network_is_refused_though_it_points_outside_too(canary, monkeypatch):
    rows = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: rows)
    assert reason("http://calendar.example/") == "private"
    assert Canary.hits == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch):
    """A name server that answers differently the second time (rebinding) gets no second time."""
    answers = iter([[(2, 1, 6, "", ("93.184.215.14", 80))], [(2, 1, 6, "", ("127.0.0.1", 80))]])
    asked = []

    def connect(address, timeout):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: next(answers))
    monkeypatch.setattr(socket, "create_connection", connect)
    assert reason("http://calendar.example/") == "unreachable"
    assert asked == [("93.184.215.14", 80)]


def test_a_redirect_to_our_network_is_refused(trusted, canary):
    Canary.answers["/"] = (302, {"Location": "http://127.0.0.1:1/hidden"}, b"")
    Canary.answers["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    Canary.answers["/meta"] = (301, {"Location": "http://169.254.169.254/"}, b"")
    assert [reason(f"{trusted}{path}") for path in ("/", "/file", "/meta")] == ["address", "address", "private"]
    assert Canary.hits == ["/", "/file", "/meta"]


def test_a_redirect_within_the_web_is_followed_three_times(trusted):
    for hop in range(4):
        Canary.answers[f"/{hop}"] = (302, {"Location": f"/{hop + 1}"}, b"")
    Canary.answers["/4"] = (200, {"ETag": '"v1"'}, b"BEGIN:VCALENDAR")
    assert reason(f"{trusted}/0") == "redirects"
    assert fetch(f"{trusted}/1") == outbound.Fetched(b"BEGIN:VCALENDAR", '"v1"')


def test_what_has_not_changed_is_not_sent_again(trusted):
    Canary.answers["/"] = (200, {"ETag": '"v1"'}, b"x")
    assert fetch(trusted, etag='"v1"').body is None


def test_size_and_time_are_capped(trusted):
    Canary.answers["/large"] = (200, {}, b"x" * 5000)
    assert reason(f"{trusted}/large", most_bytes=4999) == "too_large"
    assert reason(f"{trusted}/drip", seconds=0.3) == "too_slow"
    assert reason(f"{trusted}/missing2", most_bytes=3) == "too_large"


def test_a_refusal_is_said(trusted):
    Canary.answers["/"] = (403, {}, b"no")
    assert reason(trusted) == "status"


@pytest.mark.parametrize(("address", "public"), [("93.184.215.14", True), ("2606:2800::1", True), ("127.0.0.1", False)])
def test_what_is_public(address, public):
    assert is_public(address) is public
