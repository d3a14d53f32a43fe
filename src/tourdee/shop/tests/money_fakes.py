"""A little web server on the loopback that answers as a service of money would: for trying the real adapters over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl


class Fake:
    """``answers``: what it says next, (status, body as object or bytes); ``asked``: what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.address = ""

    def says(self, *answers: tuple[int, Any]) -> None:
        self.answers += answers


@contextmanager
def a_fake() -> Iterator[Fake]:
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind = self.headers.get("Content-Type", "")
            sent = dict(parse_qsl(body.decode())) if "form" in kind else json.loads(body) if body else None
            fake.asked.append({"is": f"{self.command} {self.path}", "headers": dict(self.headers), "sent": sent})
            status, content = fake.answers.pop(0)
            if content is None:  # a lost answer
                self.close_connection = True
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", content)
                content = b""
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = _answer

        def log_message(self, *what: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
