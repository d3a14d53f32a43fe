"""Every call of the client, against LINE's published contract (strict unions); and proof that the contract is really held."""

from uuid import UUID

import pytest

from .. import play, play_crowd
from ..client import Line, Refused
from ..flex.parts import text
from .contract import Broken, checked, document, problems_of_body

NOI = "U" + "1" * 32
KEY = UUID("0190f2a4-0000-7000-8000-000000000001")
JPEG = b"\xff\xd8\xff" + b"0" * 20
MENU = {
    "size": {"width": 2500, "height": 843}, "selected": True, "name": "menu", "chatBarText": "เมนู",
    "areas": [{"bounds": {"x": 0, "y": 0, "width": 833, "height": 843}, "action": {"type": "postback", "data": "a=tours"}}],
}  # fmt: skip
COUPON = {
    "title": "ลด 10%", "startTimestamp": 1764115200, "endTimestamp": 1766707200, "timezone": "ASIA_BANGKOK",
    "visibility": "UNLISTED", "maxUseCountPerTicket": 1, "acquisitionCondition": {"type": "normal"},
    "reward": {"type": "discount", "priceInfo": {"type": "percentage", "percentage": 10}},
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """The client in front of the twin; the contract stands between them, as in every test of this room."""
    return Line("play-" + "x" * 100, play.exchange)


CALLS = {
    "getBotInfo": lambda line: line.bot(),
    "setWebhookEndpoint": lambda line: line.set_webhook("https://tourdee.example/line/abc/"),
    "testWebhookEndpoint": lambda line: line.test_webhook(),
    "quota": lambda line: line.quota(),
    "getProfile": lambda line: line.profile(NOI),
    "pushMessage": lambda line: line.push(NOI, [text("สวัสดี")], retry_key=KEY),
    "multicast": lambda line: line.multicast([NOI], [text("ข่าว")], unit="news_1", retry_key=KEY),
    "seen": lambda line: line.seen("news_1", "20261101", "20261126"),
    "broadcast": lambda line: line.broadcast([text("ข่าว")], retry_key=KEY),
    "getMessageEvent": lambda line: line.seen_of("f70dd685-499a-4231-a441-f24b8d4fba21"),
    "getNumberOfFollowers": lambda line: line.friends("20261125"),
    "createAudienceGroup": lambda line: line.make_audience("news_1"),
    "addAudienceToAudienceGroup": lambda line: line.add_to_audience(line.make_audience("news_1"), [NOI]),
    "getAudienceData": lambda line: line.audience_status(line.make_audience("news_1")),
    "deleteAudienceGroup": lambda line: line.delete_audience(line.make_audience("news_1")),
    "createRichMenu": lambda line: line.make_menu(MENU),
    "setRichMenuImage": lambda line: line.put_menu_picture("richmenu-1", JPEG),
    "setDefaultRichMenu": lambda line: line.show_menu("richmenu-1"),
    "deleteRichMenu": lambda line: line.delete_menu("richmenu-1"),
    "createCoupon": lambda line: line.make_coupon(COUPON),
    "closeCoupon": lambda line: line.close_coupon("coupon-1"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_of_the_client_and_the_answer_of_the_twin_keep_the_contract(call, line):
    call(line)


def test_a_reply_keeps_the_contract(line, at, clock):
    token = play.reply_token(at)
    play.remember_who(token, NOI)

    line.reply(token, [text("ได้เลยค่ะ")])

    assert [one.kind for one in play.calls_to(line.token, NOI)] == ["reply"]


def test_a_narrowcast_and_its_progress_keep_the_contract(line, at, clock):
    group = line.make_audience("news_1")
    line.add_to_audience(group, [f"U{number:032x}" for number in range(50)])
    clock(at + play_crowd.GROUP_TAKES)

    taken = line.narrowcast([text("ข่าว")], audience=group, most=50, retry_key=KEY)

    assert line.narrowcast(  # LINE tells under which number it was taken before
        [text("ข่าว")], audience=group, most=50, retry_key=KEY
    ) == taken  # fmt: skip
    assert line.narrowcast_progress(taken).phase == "waiting"
    clock(at + play_crowd.GROUP_TAKES + play.NARROWCAST_TAKES)
    assert line.narrowcast_progress(taken).phase == "failed"  # nobody of them is a friend
    with pytest.raises(Refused):
        line.narrowcast_progress("unknown")


def test_a_picture_is_fetched_from_the_host_that_the_contract_names(line):
    play.keep_picture("m1", JPEG)

    assert line.content("m1") == JPEG


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
            {"Authorization": "Bearer x", "Content-Type": "application/json", "X-Line-Retry-Key": str(KEY)},
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
    assert (document()["info"]["version"], len(document()["paths"])) == ("2026-07-01", 27)
