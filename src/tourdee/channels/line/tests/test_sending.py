"""Delivery under faults: every message arrives once, or is shown as failed with the reason; nothing is sent twice."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Unavailable
from tourdee.inbox.models import Message

from .. import limits, play
from ..actions import counting, sending
from ..actions.sending import MOST_TRIES, WHY, send, send_due
from ..flex.parts import text
from ..models import MonthUse, Outgoing, PlayCall
from ..queries.quota import meter_of
from .conftest import NOI


@pytest.fixture
def faulty(connection, monkeypatch):
    """What happens to the next calls that send: ``dead`` (not taken), ``lost`` (taken, and we hear nothing), or a status."""
    faults: list = []
    twin = play.exchange

    def exchange(method, url, *, headers, data=None):
        fault = faults.pop(0) if faults and url.endswith(("/reply", "/push", "/multicast")) else None
        if fault == "dead":
            raise Unavailable("nothing")
        if isinstance(fault, int):
            return fault, b'{"message":"The API rate limit has been exceeded. Try again later."}', {}
        answer = twin(method, url, headers=headers, data=data)
        if fault == "lost":
            raise Unavailable("nothing")
        return answer

    monkeypatch.setattr(play, "exchange", exchange)
    return faults


def go_on(at, clock, seconds=4000):
    """The worker works on, second by second as it is due."""
    for step in range(0, seconds, 5):
        moment = at + timedelta(seconds=step)
        clock(moment)
        if not Outgoing.objects.filter(state="queued").exists():
            return
        send_due(moment)


def queued(shop, at, *, token="", key="k"):
    if token:
        play.remember_who(token, NOI)
    return send(shop=shop, to=NOI, messages=[text("สวัสดี")], key=key, at=at, reply_token=token, heard_at=at)


@pytest.mark.parametrize("faults", [[], ["dead"], ["lost"], [500, 429], ["lost", "lost"], ["dead", "lost", 503]])
@pytest.mark.parametrize("free", [True, False])
def test_it_arrives_once_whatever_happens_on_the_way(shop, connection, faulty, at, clock, faults, free):
    faulty.extend(faults)
    one = queued(shop, at, token=play.reply_token(at) if free else "")
    go_on(at, clock)
    one.refresh_from_db()
    assert (one.state, PlayCall.objects.count()) == ("sent", 1)
    assert one.paid is not free


def test_an_answer_that_is_unsure_until_its_token_is_over_is_failed_and_never_sent_again(shop, faulty, at, clock):
    faulty.extend(["lost", *["dead"] * 30])
    one = queued(shop, at, token=play.reply_token(at))
    go_on(at, clock)
    one.refresh_from_db()
    assert (one.state, one.why, PlayCall.objects.count()) == ("failed", WHY["unsure"], 1)


def test_a_token_that_was_over_becomes_a_paid_message(shop, connection, at, clock):
    one = queued(shop, at, token=play.reply_token(at - timedelta(minutes=2)))
    go_on(at, clock)
    one.refresh_from_db()
    assert (one.state, one.paid, PlayCall.objects.get().kind) == ("sent", True, "push")


def test_a_push_is_given_up_after_eight_tries_and_says_so(shop, faulty, at, clock):
    faulty.extend(["dead"] * 99)
    one = queued(shop, at)
    go_on(at, clock, seconds=20_000)
    one.refresh_from_db()
    assert (one.state, one.why, 99 - len(faulty)) == ("failed", WHY["unavailable"], MOST_TRIES)


def test_asked_twice_with_one_key_it_goes_out_once(shop, connection, at, clock):
    assert queued(shop, at).pk == queued(shop, at).pk
    go_on(at, clock)
    assert PlayCall.objects.count() == 1


def test_the_meter_counts_pushes_and_not_answers(shop, connection, at, clock):
    queued(shop, at, token=play.reply_token(at), key="free")
    queued(shop, at, key="paid")
    go_on(at, clock)
    assert meter_of(shop, at).used == 1
    assert meter_of(shop, at).left == 299


def test_at_the_quota_pushes_stop_and_answers_go_on(shop, connection, at, clock):
    MonthUse.objects.update(told=300)
    free, paid = queued(shop, at, token=play.reply_token(at), key="free"), queued(shop, at, key="paid")
    go_on(at, clock)
    free.refresh_from_db()
    paid.refresh_from_db()
    assert (free.state, paid.state, paid.why) == ("sent", "failed", WHY["quota"])


def test_lines_own_word_about_the_quota_is_shown(shop, connection, at, clock, monkeypatch):
    monkeypatch.setattr(play, "MONTH", 0)
    one = queued(shop, at)
    go_on(at, clock)
    one.refresh_from_db()
    assert (one.state, one.why) == ("failed", WHY["quota"])


def test_lines_count_never_takes_back_what_we_know_of(shop, connection, at):
    counting.count_paid(shop=shop, number=7, at=at)
    counting.note_count(shop=shop, limit=300, used=2, at=at)
    assert meter_of(shop, at).used == 7
    counting.note_count(shop=shop, limit=300, used=20, at=at)
    assert meter_of(shop, at).used == 20


def test_a_new_month_begins_with_nothing_used(shop, connection, at):
    counting.count_paid(shop=shop, number=7, at=at)
    assert meter_of(shop, at + timedelta(days=10)).used == 0


def test_a_disconnected_shop_sends_nothing_and_says_why(shop, connection, at, clock):
    connection.keys = ""
    connection.save()
    one = queued(shop, at)
    go_on(at, clock)
    one.refresh_from_db()
    assert (one.state, one.why) == ("failed", WHY["token"])
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("messages", "what"),
    [
        ([text("ก")] * 6, "messages"), ([], "empty"), ([text(" ")], "empty"), ([text("ก" * 5001)], "text"),
        ([text("🐘" * 2501)], "text"),
        ([{"type": "flex", "altText": "ก", "contents": {"type": "carousel", "contents": [{}] * 13}}], "bubbles"),
        ([{"type": "flex", "altText": "ก", "contents": {"type": "bubble", "x": "ก" * 10_001}}], "bytes"),
        ([{"type": "flex", "altText": "ก", "contents": {"type": "bubble", "hero": {"url": "http://x/y.jpg"}}}], "picture"),
        ([{"type": "flex", "altText": "ก" * 1501, "contents": {"type": "bubble"}}], "alt"),
        ([{"type": "text", "text": "ก", "quickReply": {"items": [{}] * 14}}], "quick"),
        ([{"type": "text", "text": "ก", "quickReply": {"items": [{"action": {"label": "ก" * 21}}]}}], "label"),
        ([{"type": "text", "text": "ก", "quickReply": {"items": [{"action": {"data": "a" * 301}}]}}], "button"),
    ],
)  # fmt: skip
def test_what_line_would_refuse_is_not_queued(shop, at, messages, what):
    with pytest.raises(limits.TooLong) as refused:
        send(shop=shop, to=NOI, messages=messages, key="k", at=at)
    assert refused.value.what == what
    assert refused.value.message
    assert not Outgoing.objects.exists()


def test_a_message_that_breaks_something_keeps_no_other_from_being_sent_and_ends_as_failed(
    shop, connection, noi, at, monkeypatch
):
    for key in ("first", "second"):
        send(shop=shop, to=noi.user_id, messages=[text(key)], key=key, at=at)
    real = sending._push

    def push(line, one, moment):
        if one.key == "first":
            raise KeyError("surprise")
        real(line, one, moment)

    monkeypatch.setattr(sending, "_push", push)
    for number in range(sending.MOST_TRIES):
        send_due(at + timedelta(hours=number))
    assert list(Outgoing.objects.values_list("key", "state")) == [("first", "failed"), ("second", "sent")]


def test_a_silent_line_ends_the_turn_and_the_rest_follows(shop, connection, noi, at):
    for key in ("first", "second", "third"):
        send(shop=shop, to=noi.user_id, messages=[text(key)], key=key, at=at)
    slow = iter(range(0, 1000, 12)).__next__
    assert [send_due(at, clock=slow), send_due(at, clock=slow)] == [2, 1]
