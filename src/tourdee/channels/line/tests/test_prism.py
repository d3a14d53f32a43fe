"""The client's calls over HTTP to Prism, a server that enforces LINE's contract. Reported as skipped where Node is missing."""

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
from .contract import DOCUMENT
from .test_contract import COUPON, MENU

PRISM = Path(__file__).parents[5] / "build" / "prism" / "node_modules" / ".bin" / "prism"
START_SECONDS = 60
NOI = "U" + "1" * 32


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


def test_prism_takes_what_the_client_sends_and_refuses_what_the_contract_forbids(prism, monkeypatch):
    monkeypatch.setattr(calling, "SECONDS", START_SECONDS)  # it compiles each schema at its first use

    def to_prism(method, url, **more):
        path = url.removeprefix("https://api.line.me").removeprefix("https://api-data.line.me")
        return calling.exchange(method, prism + path, **more)

    line = Line("token", to_prism)
    (
        line.bot(),
        line.set_webhook("https://tourdee.example/line/abc/"),
        line.test_webhook(),
        line.quota(),
        line.profile(NOI),
    )
    line.reply("token", [text("ได้เลยค่ะ")])
    line.push(NOI, [text("ยืนยันแล้ว")], retry_key=uuid4())
    line.multicast([NOI], [text("ข่าว")], unit="news", retry_key=uuid4())
    line.broadcast([text("ข่าว")], retry_key=uuid4())
    line.narrowcast([text("ข่าว")], audience=line.make_audience("news"), most=50, retry_key=uuid4())
    (line.narrowcast_progress("f70dd685"), line.seen_of("f70dd685"), line.friends("20261125"))
    line.add_to_audience(1, [NOI])
    line.audience_status(1)
    line.delete_audience(1)
    line.make_menu(MENU)
    line.show_menu("menu")
    line.make_coupon(COUPON)
    with pytest.raises(Refused):
        line.push(NOI, [{"type": "text"}], retry_key=uuid4())
    with pytest.raises(Refused):
        line.push(NOI, [text("x")] * 6, retry_key=uuid4())
    status, answer, _told = to_prism("GET", "https://api.line.me/v2/bot/info", headers={})
    assert (status, json.loads(answer)["title"]) == (401, "Invalid security scheme used")
