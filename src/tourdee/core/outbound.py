"""Reading an address that somebody typed: a calendar, a feed. Only http and https, only the public internet.

The address of the host is looked up once, checked, and that very address is connected to, at each hop of a redirect
anew. So neither a name that points into our own network, nor one that changes between two look-ups, nor a redirect gets
at the server's neighbours. Size and time are capped for the whole, not for each read.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_HOPS = 3
MOST_BYTES = 1_000_000
SECONDS = 15.0
PORTS = {"http": 80, "https": 443}
CHUNK = 16_384
REDIRECTS = {301, 302, 303, 307, 308}
WRAPPED_IPV4 = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]

# For tests alone: (address, port) of their own server on this machine. Nothing sets it in a running TourDee.
LOOPBACK_FOR_TESTS: set[tuple[str, int]] = set()


class CannotFetch(Exception):
    """``reason``: address (not one that we read), private, unreachable, status, too_large, too_slow, redirects."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Fetched:
    """What came back; ``body`` is ``None`` where nothing has changed since ``etag``."""

    body: bytes | None
    etag: str = ""


def fetch(url: str, *, etag: str = "", most_bytes: int = MOST_BYTES, seconds: float = SECONDS) -> Fetched:
    """The body behind an address. Raises CannotFetch."""
    until = time.monotonic() + seconds
    for _hop in range(MOST_HOPS + 1):
        answer = _asked(checked_address(url), etag, most_bytes, until)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise CannotFetch("redirects")


def checked_address(url: str) -> SplitResult:
    """The address in its parts, if it is one that we would ask. Raises CannotFetch."""
    url = url.strip().replace("webcal://", "https://", 1)
    if not url.isprintable() or any(sign in url for sign in " \\"):
        raise CannotFetch("address")
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as problem:
        raise CannotFetch("address") from problem
    known = port == PORTS.get(parts.scheme) or (host, port) in LOOPBACK_FOR_TESTS
    if parts.scheme not in PORTS or not host or not known or parts.username is not None or parts.password is not None:
        raise CannotFetch("address")
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whatever it is wrapped in."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in WRAPPED_IPV4):
            return False
    return found.is_global and not found.is_multicast


def _asked(parts: SplitResult, etag: str, most_bytes: int, until: float) -> Fetched | str:
    """The answer, or where it points to."""
    try:
        with _open(parts, until) as connection:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers=_headers(parts, etag))
            return _read(connection.getresponse(), most_bytes, until)
    except CannotFetch:
        raise
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise CannotFetch("too_slow" if time.monotonic() >= until else "unreachable") from problem


def _headers(parts: SplitResult, etag: str) -> dict[str, str]:
    asked = {"User-Agent": "TourDee", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
    return {**asked, **({"If-None-Match": etag} if etag else {})}


@contextmanager
def _open(parts: SplitResult, until: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to a checked address. When the time is over it is cut, however slowly the other side drips."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    plain = _connected(host, port, until)
    watch = threading.Timer(max(0.0, until - time.monotonic()), _cut, [plain])
    watch.daemon = True
    watch.start()
    try:
        connection = http.client.HTTPConnection(host, port)
        wrap = ssl.create_default_context().wrap_socket
        connection.sock = wrap(plain, server_hostname=host) if parts.scheme == "https" else plain
        yield connection
        connection.close()
    finally:
        watch.cancel()
        plain.close()


def _cut(plain: socket.socket) -> None:
    with suppress(OSError):  # it may be over already
        plain.shutdown(socket.SHUT_RDWR)


def _connected(host: str, port: int, until: float) -> socket.socket:
    """A socket to the first public address of the host."""
    found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    public = [str(one) for one in found if is_public(str(one)) or (one, port) in LOOPBACK_FOR_TESTS]
    if not public or len(public) < len(found):  # a name that points into our network as well is not asked at all
        raise CannotFetch("private" if found else "unreachable")
    return socket.create_connection((public[0], port), timeout=max(0.1, until - time.monotonic()))


def _read(answer: http.client.HTTPResponse, most_bytes: int, until: float) -> Fetched | str:
    if answer.status == http.HTTPStatus.NOT_MODIFIED:
        return Fetched(None)
    if answer.status in REDIRECTS and (location := answer.headers.get("Location")):
        return str(location)
    if answer.status != http.HTTPStatus.OK:
        raise CannotFetch("status")
    body = b""
    while part := answer.read(CHUNK):
        body += part
        if len(body) > most_bytes:
            raise CannotFetch("too_large")
        if time.monotonic() >= until:
            raise CannotFetch("too_slow")
    return Fetched(body, answer.headers.get("ETag", ""))
