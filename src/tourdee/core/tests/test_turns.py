"""One request at a time, one connection for all of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from tourdee.core.models import SignOfLife
from tourdee.core.turns import InTurn


def in_a_thread(work):
    """What ``work()`` gives in a new thread."""
    given = []
    thread = Thread(target=lambda: given.append(work()))
    thread.start()
    thread.join(10)
    return given[0]


class Response:
    """As Django's: tells that it has ended when it is closed."""

    def __init__(self, log, *, streaming=False):
        self.log, self.streaming = log, streaming

    def __iter__(self):
        self.log.append("read")
        return iter([b"a", b"b"])

    def close(self):
        self.log.append("closed")


def test_threads_pass_one_connection_on():
    door = InTurn(lambda environ, start: [connections["default"]])
    first, second = (in_a_thread(lambda: door({}, None))[0] for _turn in range(2))
    assert first is second
    assert first.allow_thread_sharing
    assert in_a_thread(lambda: connections["default"]) is not first


def test_outside_of_its_turn_a_thread_has_it_no_longer():
    """A thread that closes its connections when it ends (as Django's own server does) would close it for all."""

    def work():
        shared = door({}, None)[0]
        return shared, connections["default"], door({}, None)[0]

    door = InTurn(lambda environ, start: [connections["default"]])
    shared, own, again = in_a_thread(work)
    assert shared is again
    assert own is not shared


def test_who_comes_while_another_has_the_turn_waits():
    begun, go_on, log = Event(), Event(), []

    def application(environ, start):
        log.append(environ["n"])
        if environ["n"] == 1:
            begun.set()
            go_on.wait(10)
        log.append(-environ["n"])
        return []

    door = InTurn(application)
    threads = [Thread(target=door, args=({"n": number}, None)) for number in (1, 2)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    threads[1].join(0.05)
    assert log == [1]
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert log == [1, -1, 2, -2]


def test_a_request_ends_within_its_turn():
    log = []
    door = InTurn(lambda environ, start: Response(log))
    answer = in_a_thread(lambda: door({}, None))
    assert (answer, log) == ([b"a", b"b"], ["read", "closed"])


def test_a_request_that_breaks_gives_the_turn_back():
    def application(environ, start):
        if environ:
            raise ValueError
        return [b"fine"]

    door = InTurn(application)

    def work():
        try:
            door({"broken": True}, None)
        except ValueError:
            return door({}, None)

    assert in_a_thread(work) == [b"fine"]


def test_what_is_streamed_is_read_while_others_have_their_turn_and_ends_in_one_of_its_own():
    log = []
    door = InTurn(lambda environ, start: Response(log, streaming=True) if environ else [b"page"])
    slow = in_a_thread(lambda: door({"file": True}, None))
    pieces = iter(slow)
    assert next(pieces) == b"a"
    assert in_a_thread(lambda: door({}, None)) == [b"page"]
    assert next(pieces) == b"b"
    with door.turn():
        ending = Thread(target=slow.close)
        ending.start()
        ending.join(0.05)
        assert log == ["read"]
    ending.join(10)
    assert log == ["read", "closed"]


# ------------------------------------------------------------------ somebody else writes
@pytest.fixture
def writer(transactional_db) -> Iterator[sqlite3.Connection]:
    """Another process, in the middle of writing."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at a time")
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


class Site:
    """Answers with what ``work()`` gives, and its connection is closed at the end."""

    def __init__(self) -> None:
        self.door = InTurn(lambda environ, start: [environ["work"]()])
        self.given: list[object] = []

    def ask(self, work) -> Thread:
        def request():
            self.given.append(self.door({"work": work}, None)[0])

        thread = Thread(target=request)
        thread.start()
        return thread

    def end(self) -> None:
        self.door({"work": lambda: connections["default"].close()}, None)


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.end()


def write(name):
    with transaction.atomic():
        SignOfLife.objects.create(name=name, at=timezone.now())
    return name


def names():
    return sorted(SignOfLife.objects.values_list("name", flat=True))


def test_pages_are_served_while_an_order_waits_for_another_process(writer, site):
    orders = [site.ask(lambda name=name: write(name)) for name in ("a", "b")]
    for _page in range(3):
        site.ask(names).join(10)
    assert site.given == [[], [], []]
    writer.execute("COMMIT")
    for thread in orders:
        thread.join(10)
    assert sorted(site.given[3:]) == names() == ["a", "b"]


def test_whoever_is_served_meanwhile_may_close_the_connection_or_fail(writer, site):
    def fail():
        try:
            with transaction.atomic():
                raise OperationalError
        except OperationalError:
            return "failed"

    waiting = site.ask(lambda: write("a"))
    site.ask(lambda: connections["default"].close()).join(10)
    failing = site.ask(fail)
    writer.execute("COMMIT")
    for thread in (waiting, failing):
        thread.join(10)
    assert names() == ["a"]
    assert "failed" in site.given


def test_who_waited_in_vain_does_not_keep_the_next_from_waiting(writer, site, monkeypatch):
    def impatient():
        monkeypatch.setitem(connections["default"].settings_dict["OPTIONS"], "timeout", 0.05)
        try:
            return write("a")
        except OperationalError:
            return "in vain"

    for _order in range(2):
        site.ask(impatient).join(10)
    assert site.given == ["in vain", "in vain"]
    writer.execute("COMMIT")
    site.ask(lambda: write("b")).join(10)
    assert names() == ["b"]
