"""Bodies are waited for before a request has its turn, so that who sends slowly keeps nobody else waiting.

A web process does one request at a time (``core.turns``). Its other threads only wait: for their turn, or for a photo that comes
over a weak network (docs/decisions/0035). How many bodies may be under way is limited, also from one address; what is above that is
asked to come again, while pages are still served.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any

from .network import address_in

MOST_BYTES = 100 * 1024 * 1024  # twenty photos of a telephone; what is longer is not read at all
THREADS = 16  # of a web process
MOST_BODIES = 12  # under way at once: the rest of the threads serve pages
MOST_OF_ONE_ADDRESS = 6
IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class TooMany(Exception):
    """Bodies are under way already, of this address or of all."""


class BodiesFirst:
    """WSGI in front of WSGI: ``application = BodiesFirst(InTurn(application))``."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._counting = Lock()
        self._under_way: Counter[str] = Counter()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_TRANSFER_ENCODING" in environ:  # two ways to say how long it is are how requests are smuggled
            return _refuse(start_response, "411 Length Required")
        if length := _length(environ):
            try:
                with self._counted(address_in(environ)):
                    environ["wsgi.input"] = _received(environ["wsgi.input"], length)
            except TooMany:
                return _refuse(start_response, "503 Service Unavailable", ("Retry-After", "5"))
        return self._application(environ, start_response)

    @contextmanager
    def _counted(self, address: str) -> Iterator[None]:
        with self._counting:
            if self._under_way.total() >= MOST_BODIES or self._under_way[address] >= MOST_OF_ONE_ADDRESS:
                raise TooMany
            self._under_way[address] += 1
        try:
            yield
        finally:
            with self._counting:
                self._under_way[address] -= 1
                self._under_way += Counter()  # forgets who has none


def _length(environ: Environ) -> int:
    """How much is to be read. Nothing of what is refused by its length (``MostBytesMiddleware``) or says none."""
    said = environ.get("CONTENT_LENGTH") or "0"
    length = int(said[:20]) if said.isascii() and said.isdigit() else 0
    return length if length <= MOST_BYTES else 0


def _received(sent: IO[bytes], length: int) -> IO[bytes]:
    """The whole body, or as much of it as came before the sender went away."""
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (it goes with the request)
    while length > 0 and (piece := sent.read(min(length, PIECE))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    return body


def _refuse(start_response: StartResponse, status: str, *more: tuple[str, str]) -> Iterable[bytes]:
    line = f"{status[:3]} · TourDee".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(line))),
        ("Connection", "close"),
    ]
    start_response(status, [*headers, *more])
    return [line]
