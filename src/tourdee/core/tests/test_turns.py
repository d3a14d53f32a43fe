"""One request at a time, one connection for all of them."""

from threading import Event, Thread

from django.db import connections

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
