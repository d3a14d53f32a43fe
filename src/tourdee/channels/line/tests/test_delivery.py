"""Every message is delivered once or shown as failed with the reason, whatever the network does; nothing is sent twice."""

from contextlib import suppress
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db.models import Min

from tourdee.inbox.actions import receive_message
from tourdee.inbox.models import Message

from .. import play
from ..actions.counting import note_count
from ..actions.followers import leave
from ..actions.sending import WHY, send, send_due
from ..flex.parts import text
from ..models import Outgoing
from ..queries.connections import keys_of
from .conftest import NOI
from .faults import Killed, Network

FAULTS = ["lost", "late", "broken", "rate"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def network(monkeypatch):
    """``network(faults)`` puts them between us and the twin."""
    exchange = play.exchange

    def between(faults: list[str]) -> Network:
        made = Network(exchange, faults)
        monkeypatch.setattr(play, "exchange", made)
        return made

    return between


@pytest.fixture
def queue(connection, noi, at):
    """``queue(key)`` queues a message to Noi, ``reply=True`` with a living reply token."""

    def put(key: str, *, reply: bool = False) -> Outgoing:
        token = play.reply_token(at) if reply else ""
        if token:
            play.remember_who(token, NOI)
        return send(
            shop=connection.shop, to=NOI, messages=[text(f"ข่าว {key}")], key=key, at=at, reply_token=token, heard_at=at
        )

    return put


@pytest.fixture
def work(at, clock):
    """The worker for so many minutes, whenever something is due; a killed one is started anew."""

    def for_minutes(minutes: int) -> None:
        moment = at
        while moment <= at + timedelta(minutes=minutes):
            clock(moment)
            with suppress(Killed):
                send_due(moment)
            due = Outgoing.objects.filter(state="queued").aggregate(next=Min("try_at"))["next"]
            if due is None:
                return
            moment = max(due, moment)

    return for_minutes


def delivered(connection, key: str) -> list[str]:
    """How a message came to Noi: ``reply`` or ``push``, once for each time."""
    calls = play.calls_to(keys_of(connection).token, NOI)
    return [one.kind for one in calls if one.messages == [text(f"ข่าว {key}")]]


@pytest.mark.parametrize("kind", ["reply", "push"])
def test_a_message_comes_once_whatever_two_calls_in_a_row_meet(kind, connection, network, queue, work):
    for number, faults in enumerate(product(FAULTS, FAULTS)):
        network(list(faults))
        one = queue(f"{kind}-{number}", reply=kind == "reply")
        work(5)
        one.refresh_from_db()

        assert (faults, one.state, delivered(connection, one.key)) == (faults, "sent", [kind])


def test_without_the_retry_key_it_would_have_come_twice(connection, network, queue, work, monkeypatch):
    """The control: the tests above see a message that is sent twice."""
    network(["late"])
    one = queue("twice")
    work(0)
    send_due_with_another_key(one, at=one.made_at)
    work(1)

    assert delivered(connection, "twice") == ["push", "push"]


def send_due_with_another_key(one: Outgoing, at) -> None:
    send_due(at)
    Outgoing.objects.filter(pk=one.pk).update(retry_key=uuid4())


@pytest.mark.parametrize(
    ("kind", "fault", "state", "came", "why"),
    [
        ("push", "killed", "sent", ["push"], ""),
        ("push", "killed late", "sent", ["push"], ""),
        ("reply", "killed", "failed", [], WHY["unsure"]),
        ("reply", "killed late", "failed", ["reply"], WHY["unsure"]),
    ],
)
def test_a_worker_that_is_killed_sends_nothing_twice(kind, fault, state, came, why, connection, network, queue, work):
    network([fault])
    one = queue("k", reply=kind == "reply")
    work(3)
    one.refresh_from_db()

    assert (one.state, delivered(connection, "k"), one.why) == (state, came, why)


@pytest.mark.parametrize(("kind", "why"), [("push", WHY["unavailable"]), ("reply", WHY["unsure"])])
def test_a_long_breakdown_is_shown_as_failed_in_the_end(kind, why, network, queue, work):
    network(["lost"] * 40)
    one = queue("down", reply=kind == "reply")
    work(200)
    one.refresh_from_db()

    assert (one.state, one.why) == ("failed", why)


def test_the_meter_is_asked_also_after_an_answer_that_did_not_arrive(shop, connection, network, queue, work, at):
    note_count(shop=shop, limit=300, used=300, at=at)
    network(["rate"] * 14)
    one = queue("late", reply=True)
    work(10)
    one.refresh_from_db()

    assert (one.state, one.why) == ("failed", WHY["quota"])


def test_too_many_calls_while_the_reply_token_lives_are_followed_by_a_push(connection, network, queue, work):
    network(["rate"] * 14)
    one = queue("busy", reply=True)
    work(10)
    one.refresh_from_db()

    assert (one.state, one.paid, delivered(connection, "busy")) == ("sent", True, ["push"])


def test_two_workers_at_once_send_one_message(connection, queue, work, at, monkeypatch):
    exchange = play.exchange

    def with_another_worker(method, url, **more):
        if url.endswith("/push"):
            send_due(at)
        return exchange(method, url, **more)

    monkeypatch.setattr(play, "exchange", with_another_worker)
    queue("two")
    work(1)

    assert delivered(connection, "two") == ["push"]


def test_who_blocked_the_shop_is_not_written_to(connection, queue, network, work, at):
    wire = network([])
    one = queue("blocked")
    leave(shop=connection.shop, user_id=NOI, at=at)
    work(1)
    one.refresh_from_db()

    assert (one.state, one.why, wire.calls) == ("failed", WHY["gone"], 0)


def test_keys_that_line_does_not_know_any_more_are_said(connection, queue, work, monkeypatch):
    monkeypatch.setattr(play, "TOKEN", "another-")
    one = queue("key")
    work(1)
    one.refresh_from_db()

    assert (one.state, one.why) == ("failed", WHY["token"])


def test_the_person_who_answered_sees_in_the_inbox_that_it_failed(connection, noi, network, work, at):
    talk = receive_message(
        shop=connection.shop, channel="line", contact=NOI, name="น้อย", outside_id="m1", text="ว่างไหมคะ", at=at
    ).conversation
    written = Message.objects.create(conversation=talk, by="person", text="ว่างค่ะ", state="queued", at=at)
    network(["lost"] * 40)
    send(shop=connection.shop, to=NOI, messages=[text("ว่างค่ะ")], key="w", at=at, inbox=written)
    work(200)
    written.refresh_from_db()

    assert (written.state, written.why_failed) == ("failed", WHY["unavailable"])
