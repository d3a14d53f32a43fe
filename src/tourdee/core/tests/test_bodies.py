"""Abuse 55: who sends slowly, or says two things about how much they send."""

import io
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from tourdee.core import bodies
from tourdee.core.bodies import MOST_BODIES, MOST_BYTES, MOST_OF_ONE_ADDRESS, BodiesFirst
from tourdee.core.turns import InTurn


def application(environ, start_response):
    """Says what it read."""
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))]


def asked(door, body=b"", *, address="203.0.113.9", **more):
    """(status, body) of the answer."""
    said = []
    length = {"CONTENT_LENGTH": str(len(body))} if body else {}
    stream = body if hasattr(body, "read") else io.BytesIO(body)
    environ = {"REQUEST_METHOD": "POST", "REMOTE_ADDR": address, "wsgi.input": stream} | length | more
    answer = b"".join(door(environ, lambda status, headers: said.append((status, dict(headers)))))
    return int(said[0][0][:3]), answer


class Slow:
    """A sender who lets us wait for the end of what they send."""

    def __init__(self, on):
        self.on, self.begun = on, Event()

    def __len__(self):
        return 5

    def read(self, _most):
        self.begun.set()
        self.on.wait(10)
        return b"hello"


@contextmanager
def slow_senders(door, *addresses):
    """One of each address is under way."""
    on, answers = Event(), []
    senders = [Slow(on) for _ in addresses]
    threads = [
        Thread(target=lambda sender=sender, address=address: answers.append(asked(door, sender, address=address)))
        for sender, address in zip(senders, addresses, strict=True)
    ]
    for thread, sender in zip(threads, senders, strict=True):
        thread.start()
        assert sender.begun.wait(10)
    yield answers
    on.set()
    for thread in threads:
        thread.join()


def test_abuse_55_who_sends_slowly_keeps_nobody_else_waiting():
    door = BodiesFirst(InTurn(application))
    with slow_senders(door, *(f"203.0.113.{number}" for number in range(MOST_BODIES))) as answers:
        assert asked(door, CONTENT_LENGTH="") == (200, b"")  # a page
    assert answers == [(200, b"hello")] * MOST_BODIES


def test_abuse_55_control_a_process_with_one_turn_would_keep_everybody_waiting(monkeypatch):
    """What is read inside the turn holds it."""
    monkeypatch.setattr(bodies, "_received", lambda sent, length: sent)
    door = BodiesFirst(InTurn(application))
    with slow_senders(door, "203.0.113.1"):
        page = Thread(target=asked, args=(door,), daemon=True)
        page.start()
        page.join(0.1)
        assert page.is_alive()
    page.join()


def test_abuse_55_one_address_cannot_take_all_places_and_all_of_them_not_all_threads():
    door = BodiesFirst(application)
    one = ["203.0.113.1"] * MOST_OF_ONE_ADDRESS
    with slow_senders(door, *one):
        assert asked(door, b"x", address="203.0.113.1") == (503, "503 · TourDee".encode())
        assert asked(door, b"x", address="203.0.113.2") == (200, b"x")
        others = [f"203.0.113.{number}" for number in range(2, 2 + MOST_BODIES - MOST_OF_ONE_ADDRESS)]
        with slow_senders(door, *others):
            assert asked(door, b"x", address="203.0.113.200")[0] == 503
    assert asked(door, b"x", address="203.0.113.1") == (200, b"x")
    assert door._under_way == {}
    assert bodies.THREADS > MOST_BODIES


def test_abuse_55_a_body_without_a_length_is_refused_also_beside_one():
    door = BodiesFirst(application)
    assert asked(door, HTTP_TRANSFER_ENCODING="chunked")[0] == 411
    assert asked(door, b"0\r\n\r\nGET", HTTP_TRANSFER_ENCODING="chunked")[0] == 411


@pytest.mark.parametrize("said", ["", "x", "-5", "٣", str(MOST_BYTES + 1)])
def test_abuse_55_of_a_senseless_length_nothing_is_read(said):
    never = Slow(Event())
    door = BodiesFirst(lambda environ, start: [start("200 OK", []) or b""])
    assert asked(door, never, CONTENT_LENGTH=said)[0] == 200
    assert not never.begun.is_set()


def test_abuse_55_who_goes_away_in_the_middle_leaves_half_a_body():
    assert asked(BodiesFirst(application), b"half", CONTENT_LENGTH="100") == (200, b"half")


def test_a_large_body_arrives_whole():
    body = bytes(range(256)) * 8192
    assert asked(BodiesFirst(application), body) == (200, body)
