"""Abuse 55 against the web server that ``tourdee run`` starts, over real sockets."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tourdee.config import serve
from tourdee.config.serve import HEADER_BYTES, HEADER_SECONDS, web_command
from tourdee.core.bodies import MOST_OF_ONE_ADDRESS, THREADS

GET = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    command = web_command(
        host="127.0.0.1", port=free, processes=1, application="tourdee.config.tests.slow_application:application"
    )
    server = subprocess.Popen(
        command, start_new_session=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    )
    for _try in range(200):
        try:
            socket.create_connection(("127.0.0.1", free), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield free
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(15)


def sent(port, data):
    connection = socket.create_connection(("127.0.0.1", port), 5)
    connection.sendall(data)
    return connection


def status(port, data):
    with sent(port, data) as connection:
        return int(connection.makefile("rb").readline().split()[1])


def test_abuse_55_slow_headers_and_slow_bodies_hold_up_nobody(port):
    """More senders than threads, and as many bodies as one address may have under way."""
    slow = [sent(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") for _number in range(5 * THREADS)]
    slow += [sent(port, POST + b"Content-Length: 100\r\n\r\nhalf") for _number in range(MOST_OF_ONE_ADDRESS)]
    before = time.monotonic()
    assert (status(port, GET), time.monotonic() - before < 5) == (200, True)
    assert status(port, POST + b"Content-Length: 1\r\n\r\nx") == 503
    for connection in slow:
        connection.close()
    assert HEADER_SECONDS <= 10


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", 411),
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
        (b"Content-Length: 6\r\nContent-Length: 5\r\n\r\n0\r\n\r\nG", 400),
        (b"X-Flood: " + b"a" * 2 * HEADER_BYTES + b"\r\n\r\n", 431),
        (b"".join(b"X-%d: a\r\n" % number for number in range(200)) + b"\r\n", 431),
    ],
)
def test_abuse_55_what_could_be_read_in_two_ways_or_floods_is_refused(port, head, answer):
    assert status(port, POST + head) == answer


def test_translations_are_compiled_before_django_reads_them(monkeypatch):
    """In a fresh checkout there are none yet, and the process that first has none never looks again: its demo spoke English."""
    done = []

    class Enough(Exception):
        pass

    def set_up():
        done.append("setup")
        raise Enough

    monkeypatch.setattr(serve, "compile_all", lambda: done.append("compile"))
    monkeypatch.setattr("django.setup", set_up)
    with pytest.raises(Enough):
        serve.prepare(demo=False)
    assert done == ["compile", "setup"]
