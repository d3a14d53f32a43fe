"""The client's calls and all our messages over HTTP to Prism, a server that enforces LINE's contract. Reported as skipped where Node
is missing."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tourdee.core import calling

from ..client import Line, Refused
from ..flex.parts import text
from ..models import RichMenu
from ..queries.rich_menu import as_line_wants
from .calls import CALLS, NOI, Known
from .contract import DOCUMENT
from .every_message import every_message, filled

PRISM = Path(__file__).parents[5] / "build" / "prism" / "node_modules" / ".bin" / "prism"
START_SECONDS = 60


@pytest.fixture
def prism() -> Iterator[str]:
    """Its address."""
    if not PRISM.exists():
        pytest.skip("no Prism here: `make prism` installs it where there is Node")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(PRISM), "mock", "-h", "127.0.0.1", "-p", str(port), "--errors", str(DOCUMENT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("Prism did not start")


def test_prism_takes_all_that_we_send_and_refuses_what_the_contract_forbids(prism, talk, settings, monkeypatch):
    """In one test: Prism takes half a minute to start."""
    settings.SITE_URL = "https://tourdee.example"
    monkeypatch.setattr(calling, "SECONDS", START_SECONDS)  # it compiles each schema at its first use

    def to_prism(method, url, **more):
        path = url.removeprefix("https://api.line.me").removeprefix("https://api-data.line.me")
        return calling.exchange(method, prism + path, **more)

    line = Line("token", to_prism)
    for call in CALLS.values():
        call(line, Known())
    for messages in every_message(talk, filled(talk)).values():
        line.push(NOI, messages, retry_key=uuid4())
    line.make_menu(as_line_wants(RichMenu()))

    for wrong in ([{"type": "text"}], [text("x")] * 6):
        with pytest.raises(Refused):
            line.push(NOI, wrong, retry_key=uuid4())
    status, answer, _told = to_prism("GET", "https://api.line.me/v2/bot/info", headers={})
    assert (status, json.loads(answer)["title"]) == (401, "Invalid security scheme used")
