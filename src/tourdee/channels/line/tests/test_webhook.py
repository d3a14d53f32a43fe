"""What LINE tells us: its signature first, each event once, nothing lost, nothing that stops the rest."""

from datetime import timedelta

import pytest

from tourdee.channels.line.signature import is_genuine, signed
from tourdee.core.tests.secret_watch import HEX
from tourdee.inbox.models import Message
from tourdee.shop.tests.factories import a_shop

from ..actions.connecting import disconnect
from ..actions.working import work_on_due
from ..models import Event, Outgoing

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BODY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def text_event(phone, words="สวัสดี", **more):
    return phone.event({"type": "message", "message": {"type": "text", "id": "m1", "text": words}, **more})


def test_lines_own_example_of_a_signature_agrees():
    assert signed(SECRET, BODY) == SIGNATURE
    assert is_genuine(SECRET, BODY, SIGNATURE)
    assert not is_genuine(SECRET, BODY + b" ", SIGNATURE)


def test_an_empty_call_is_answered_as_the_console_expects(phone):
    assert phone.post([]).status_code == 200


@pytest.mark.parametrize("signature", ["", "ไทย", "x" * 44, SIGNATURE])
def test_what_is_not_signed_is_shut_out(phone, signature):
    assert phone.post_raw(b'{"events":[]}', signature).status_code == 401
    assert not Event.objects.exists()


def test_another_shops_secret_opens_nothing(phone):
    assert phone.post([text_event(phone)], secret="b" * 32).status_code == 401


def test_a_body_that_was_written_anew_is_not_genuine(phone):
    raw = b'{"destination": "U1", "events": []}'
    assert phone.post_raw(raw.replace(b" ", b""), signed(HEX, raw)).status_code == 401


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'{"events":{}}',
        b'{"events":[1]}',
        b'{"events":[{}]}',
        b'{"events":[{"timestamp":"x"}]}',
        b"\xff",
    ],
)
def test_signed_nonsense_is_refused_without_a_fall(phone, raw):
    assert phone.post_raw(raw, signed(HEX, raw)).status_code == 400


def test_what_is_no_event_does_not_take_those_beside_it_along(phone):
    """One without an id, one without a time, one that is no object: the customer between them is heard."""
    unnamed, timeless = text_event(phone), text_event(phone)
    del unnamed["webhookEventId"], timeless["timestamp"]
    assert phone.post([unnamed, text_event(phone), timeless, 7]).status_code == 200
    phone.work()
    assert (Event.objects.count(), Message.objects.filter(by="customer").count()) == (1, 1)


def test_an_event_that_comes_twice_is_worked_on_once(phone):
    event = text_event(phone)
    for _time in range(3):
        assert phone.post([event]).status_code == 200
    phone.work()
    assert (Event.objects.count(), Message.objects.filter(by="customer").count(), Outgoing.objects.count()) == (1, 1, 1)


def test_an_event_that_is_worked_on_twice_answers_once(phone):
    phone.post([text_event(phone)])
    work_on_due(phone.at)
    Event.objects.update(handled_at=None, try_at=phone.at)
    work_on_due(phone.at)
    assert (Message.objects.filter(by="customer").count(), Outgoing.objects.count()) == (1, 1)


def test_what_was_recorded_and_is_played_back_days_later_is_not_kept(phone):
    event = text_event(phone)
    phone.set_clock(phone.at + timedelta(days=3))
    assert phone.post([event]).status_code == 200
    assert not Event.objects.exists()


def test_events_that_nobody_knows_yet_are_let_pass(phone):
    kinds = [{"type": "messageEdited"}, {"type": "membership"}, {"type": "beacon"}, {}]
    phone.post([phone.event(kind) for kind in kinds])
    phone.work()
    assert list(Event.objects.values_list("handled_at", "problem")) == [(phone.at, "")] * 4


def test_groups_are_not_answered(phone):
    phone.post([text_event(phone, source={"type": "group", "groupId": "C1", "userId": "U1"})])
    phone.work()
    assert not Outgoing.objects.exists()


def test_a_channel_on_standby_says_nothing(phone):
    phone.post([text_event(phone, mode="standby")])
    phone.work()
    assert (Message.objects.filter(by="customer").count(), Outgoing.objects.count()) == (1, 0)


def test_one_broken_event_does_not_stop_those_behind_it(phone, monkeypatch):
    broken = phone.event({"type": "postback", "postback": "not an object"})
    phone.post([broken, text_event(phone)])
    phone.work()
    assert Message.objects.filter(by="customer").count() == 1
    assert Event.objects.get(handled_at__isnull=True).problem == "AttributeError"


def test_nul_and_half_letters_are_taken_in(phone):
    phone.post([text_event(phone, words="ก\x00ข\ud83d")])
    phone.work()
    assert Message.objects.get(by="customer").text == "กข\ufffd"


def test_a_flood_of_a_megabyte_is_turned_away(phone):
    assert phone.post_raw(b"x" * 1_000_001, "x").status_code == 413


def test_a_disconnected_shop_and_an_unknown_one_have_no_address(phone, owner, teammate, client):
    disconnect(connection=phone.connection, by=owner, at=phone.at)
    raw = b'{"events":[]}'
    assert phone.post_raw(raw, signed(HEX, raw)).status_code == 404
    assert client.post(f"/line/{a_shop(teammate).public_id}/", raw, "application/json").status_code == 404


def test_keeping_costs_as_much_for_fifty_events_as_for_one(phone, django_assert_num_queries):
    events = [phone.event({"type": "beacon"}) for _number in range(50)]
    with django_assert_num_queries(3):
        phone.post(events)
    assert Event.objects.count() == 50


def test_stickers_and_places_are_shown_by_name(phone):
    phone.does({"type": "message", "message": {"type": "sticker", "id": "s1"}})
    assert Message.objects.get(by="customer").text == "[สติกเกอร์]"
