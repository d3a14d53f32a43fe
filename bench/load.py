"""Visitors: what a browser sends, over kept connections, from several addresses of the loopback range."""

import gzip
import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

INPUT = re.compile(r"<input\b[^>]*>|<textarea\b[^>]*>([^<]*)</textarea>")
ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')


@dataclass
class Visitor:
    """One browser: a connection, cookies, and the page it looks at."""

    port: int
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    path: str = ""
    requests: int = 0
    html_bytes: int = 0
    sent_bytes: int = 0

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(self.address, 0)
        )

    def get(self, path: str) -> "Visitor":
        return self._send("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> "Visitor":
        return self._send("POST", path, urlencode(fields).encode())

    def form(self, **typed: str) -> list[tuple[str, str]]:
        """The fields of the page's POST form, filled in."""
        inside = re.search(r'<form[^>]*method="post".*?</form>', self.page, re.DOTALL)
        fields = [dict(ATTRIBUTE.findall(tag.group(0))) for tag in INPUT.finditer(inside.group(0) if inside else "")]
        kept = [(one["name"], typed.get(one["name"], one.get("value", ""))) for one in fields if "name" in one]
        return kept + [(name, value) for name, value in typed.items() if name not in {key for key, _value in kept}]

    def _send(self, method: str, path: str, body: bytes | None) -> "Visitor":
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Host": "localhost",
        }
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost"}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        data = answer.read()
        self.requests += 1
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        if answer.status in {301, 302, 303}:
            target = urlsplit(answer.headers["Location"])
            return self.get(target.path + (f"?{target.query}" if target.query else ""))
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {method} {path}\n{data[:600]!r}")
        return self._arrived(path, data, packed=answer.headers.get("Content-Encoding") == "gzip")

    def _arrived(self, path: str, data: bytes, *, packed: bool) -> "Visitor":
        self.page = (gzip.decompress(data) if packed else data).decode()
        self.path = path
        self.sent_bytes += len(data)
        self.html_bytes += len(self.page.encode())
        return self


class InProcess(Visitor):
    """The same visitor without a server, for what is counted and not timed: queries, bytes."""

    def __post_init__(self) -> None:
        from django.test import Client

        self._client = Client(headers={"host": "localhost", "accept-encoding": "gzip", "origin": "http://localhost"})

    def _send(self, method: str, path: str, body: bytes | None) -> Visitor:
        self.requests += 1
        answer = self._client.generic(method, path, body or b"", "application/x-www-form-urlencoded")
        if answer.status_code in {301, 302, 303}:
            target = urlsplit(answer["Location"])
            return self.get(target.path + (f"?{target.query}" if target.query else ""))
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} {method} {path}")
        return self._arrived(path, answer.content, packed=answer.get("Content-Encoding") == "gzip")


def in_threads(work: Callable[[int], int], number: int = 2) -> tuple[int, float]:
    """Run ``work(0)``, ``work(1)`` … at once. Returns the sum of what they counted, and the seconds it took."""
    counts, start = [0] * number, time.perf_counter()
    failed: list[BaseException] = []

    def run(one: int) -> None:
        try:
            counts[one] = work(one)
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=run, args=(one,)) for one in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(counts), time.perf_counter() - start
