"""Every call of the client, against LINE's published contract (strict unions); and proof that the contract is really held."""

from uuid import UUID

import pytest

from .. import play, play_crowd
from ..client import Line, Refused
from ..flex.parts import text
from .calls import CALLS, JPEG, KEYS, NOI, Known, methods_of_the_client
from .contract import Broken, checked, document, operation_of, operations, problems_of_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """The client in front of the twin; the contract stands between them, as in every test of this room."""
    return Line("play-" + "x" * 100, play.exchange)


@pytest.fixture
def known(line, at, clock) -> Known:
    """What the twin was told before: a reply token, a picture, a group that is ready, a narrowcast that was taken."""
    play.keep_picture("m1", JPEG)
    group = line.make_audience("news_0")
    line.add_to_audience(group, [f"U{number:032x}" for number in range(50)])
    clock(at + play_crowd.GROUP_TAKES)
    token = play.reply_token(at)
    play.remember_who(token, NOI)
    taken = line.narrowcast([text("ข่าว")], audience=group, most=50, retry_key=UUID(int=1))
    return Known(reply_token=token, picture="m1", audience=group, request=taken)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_of_the_client_and_the_answer_of_the_twin_keep_the_contract(call, line, known):
    call(line, known)


def test_every_method_of_the_client_is_held_against_the_contract():
    """A new method stands in ``calls``, or it is asked of LINE without ever having been held against anything."""
    assert set(CALLS) == methods_of_the_client()


def test_the_contract_here_holds_the_operations_that_are_called_and_no_others(line, known):
    seen = set()

    def exchange(method, url, **more):
        seen.add(operation_of(method, url))
        return play.exchange(method, url, **more)

    for call in CALLS.values():
        call(Line(line.token, exchange), known)
    assert seen == operations()


def test_a_narrowcast_is_taken_once_and_told_of_later(line, known, at, clock):
    assert line.narrowcast(  # LINE tells under which number it was taken before
        [text("ข่าว")], audience=known.audience, most=50, retry_key=UUID(int=1)
    ) == known.request  # fmt: skip
    assert line.narrowcast_progress(known.request).phase == "waiting"
    clock(at + play_crowd.GROUP_TAKES + play.NARROWCAST_TAKES)
    assert line.narrowcast_progress(known.request).phase == "failed"  # nobody of them is a friend
    with pytest.raises(Refused):
        line.narrowcast_progress("unknown")


WRONG = {
    "a text without words": {"type": "text"},
    "a kind that does not exist": {"type": "letter", "text": "x"},
    "a flex without words for the list": {"type": "flex", "contents": {"type": "bubble"}},
    "a flex with a broken layout": {
        "type": "flex", "altText": "x",
        "contents": {"type": "bubble", "body": {"type": "box", "layout": "sideways", "contents": []}},
    },
    "fourteen quick replies": {
        "type": "text", "text": "x",
        "quickReply": {"items": [{"type": "action", "action": {"type": "message", "label": "a", "text": "a"}}] * 14},
    },
}  # fmt: skip


@pytest.mark.parametrize("message", WRONG.values(), ids=WRONG)
def test_the_contract_refuses(message):
    assert problems_of_body("POST", "/v2/bot/message/push", {"to": NOI, "messages": [message]}) != []


def test_the_contract_refuses_six_messages():
    assert problems_of_body("POST", "/v2/bot/message/push", {"to": NOI, "messages": [text("x")] * 6}) != []


@pytest.mark.parametrize(
    "call",
    [
        ("POST", "https://api.line.me/v2/bot/message/shout", {"Authorization": "Bearer x"}, b"{}"),
        ("GET", "https://api.line.me/v2/bot/message/m1/content", {"Authorization": "Bearer x"}, None),
        ("GET", "https://api.line.me/v2/bot/info", {}, None),
        ("GET", "https://api.line.me/v2/bot/info", {"Authorization": "Bearer x"}, b"{}"),
        (
            "POST", "https://api.line.me/v2/bot/message/reply",
            {"Authorization": "Bearer x", "Content-Type": "application/json", "X-Line-Retry-Key": str(KEYS[0])},
            b'{"replyToken": "r", "messages": [{"type": "text", "text": "x"}]}',
        ),
        (
            "POST", "https://api.line.me/v2/bot/message/push",
            {"Authorization": "Bearer x", "Content-Type": "application/json", "X-Line-Retry-Key": "once"},
            b'{"to": "U1", "messages": [{"type": "text", "text": "x"}]}',
        ),
    ],
    ids=["an unknown path", "a foreign host", "no key", "a body too many", "a retry key with a reply", "a retry key that is none"],
)  # fmt: skip
def test_the_contract_stops_the_call(call):
    method, url, headers, data = call

    with pytest.raises(Broken):
        checked(lambda *args, **more: (200, b"{}", {}))(method, url, headers=headers, data=data)


def test_the_contract_here_is_the_one_of_july_2026():
    assert (document()["info"]["version"], len(document()["paths"])) == ("2026-07-01", 24)
