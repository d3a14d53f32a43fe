"""A network between us and the twin that loses calls, loses answers, and breaks down."""

from collections.abc import Callable, Iterable
from typing import Any

from tourdee.core.calling import Exchanged, Unavailable

RATE = b'{"message":"The API rate limit has been exceeded. Try again later."}'


class Killed(BaseException):
    """The worker's process ends here."""


class Network:
    """Each call meets the next fault; after the last one everything works. Only calls that send messages are counted.

    lost: the call never arrives. late: it arrives, and its answer is lost. broken: LINE fails before it does anything. rate: too
    many calls. killed: our process ends before the call; killed late: after it.
    """

    def __init__(self, exchange: Callable[..., Exchanged], faults: Iterable[str] = ()) -> None:
        self.exchange, self.faults, self.calls = exchange, list(faults), 0

    def __call__(self, method: str, url: str, **more: Any) -> Exchanged:
        if not url.endswith(("/message/reply", "/message/push")):
            return self.exchange(method, url, **more)
        self.calls += 1
        fault = self.faults.pop(0) if self.faults else ""
        if fault in {"lost", "killed"}:
            raise Killed if fault == "killed" else Unavailable("no route")
        if fault in {"broken", "rate"}:
            return (500, b"", {}) if fault == "broken" else (429, RATE, {})
        answer = self.exchange(method, url, **more)
        if fault in {"late", "killed late"}:
            raise Killed if fault == "killed late" else Unavailable("timed out")
        return answer
