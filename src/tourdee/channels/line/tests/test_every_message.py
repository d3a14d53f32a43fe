"""Every message, card, menu and coupon that the product can send is one that LINE's contract and reference allow."""

import json
from uuid import UUID

import pytest
from django.utils.translation import override

from tourdee.shop.tests.factories import a_voucher

from .. import limits, play
from ..client import Line
from ..models import RichMenu, Tile
from ..queries.coupons import as_line_wants as coupon_for_line
from ..queries.rich_menu import as_line_wants as menu_for_line
from .calls import NOI
from .contract import Broken, problems_of_body
from .contract.flex import problems_of_messages
from .every_message import every_message, filled, functions_that_make_messages

TEXT = {"type": "text", "text": "x"}
BUTTON = {"type": "button", "action": {"type": "uri", "label": "x", "uri": "https://x.example"}}


@pytest.fixture
def line():
    return Line("play-" + "x" * 100, play.exchange)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_message_keeps_the_contract_the_reference_and_the_limits(talk, settings, language):
    settings.SITE_URL = "https://tourdee.example"
    with override(language):
        made = every_message(talk, filled(talk))
    wrong = {
        name: problems_of_body("POST", "/v2/bot/message/push", {"to": NOI, "messages": messages})
        + problems_of_messages(messages)
        for name, messages in made.items()
    }
    assert {name: problems for name, problems in wrong.items() if problems} == {}
    for messages in made.values():
        limits.check(messages)
    assert json.dumps(made).count('"hero"') == 12  # ten tours, a product, the news


def test_every_screen_that_makes_messages_is_held_against_the_contract(talk):
    """A new screen stands in ``every_message``, or LINE is the first to see whether it is right."""
    made = {name.partition(":")[0] for name in every_message(talk, filled(talk))}
    assert made - {"broadcasts.messages_of", "answering.send_answer"} == functions_that_make_messages()


def test_the_menus_and_coupons_keep_the_contract(line, shop, at):
    for tiles in ([str(tile) for tile in Tile], ["tours", "orders", "person"]):
        line.make_menu(menu_for_line(RichMenu(tiles=tiles, bar="เมนูร้านของเราเอง"[:14])))
    for worth in ({"percent": 10}, {"percent": 100}, {"amount_satang": 10000}, {"amount_satang": 10050}):
        voucher = a_voucher(shop, at, code=f"CODE{sum(worth.values())}", minimum_satang=50000, **worth)
        line.make_coupon(coupon_for_line(voucher))


def _card(*contents, layout="vertical", **more):
    bubble = {"type": "bubble", "body": {"type": "box", "layout": layout, "contents": list(contents)}, **more}
    return {"type": "flex", "altText": "x", "contents": bubble}


LINE_S_DOCUMENT_LETS_PASS = {
    "an empty text": _card(TEXT | {"text": ""}),
    "a word that is written wrongly": _card(TEXT | {"colour": "#000000"}),
    "a colour without its sign": _card(TEXT | {"color": "teal"}),
    "a size that does not exist": _card(TEXT | {"size": "small"}),
    "a button within a baseline box": _card(BUTTON, layout="baseline"),
    "a button without words": _card({"type": "button", "action": {"type": "uri", "uri": "https://x.example"}}),
    "a text as the picture": _card(TEXT, hero=TEXT),
    "a picture without https": _card(TEXT, hero={"type": "image", "url": "http://x.example/a.jpg"}),
    "an address of a script": _card(TEXT | {"action": {"type": "uri", "label": "x", "uri": "javascript:x"}}),
    "a bubble with nothing in it": {"type": "flex", "altText": "x", "contents": {"type": "bubble"}},
    "no words for the list of chats": _card(TEXT) | {"altText": ""},
    "thirteen cards": {"type": "flex", "altText": "x", "contents": {"type": "carousel", "contents": [_card(TEXT)["contents"]] * 13}},
    "cards of two widths": {
        "type": "flex", "altText": "x",
        "contents": {"type": "carousel", "contents": [_card(TEXT, size=size)["contents"] for size in ("kilo", "mega")]},
    },
    "a quick answer without an action": TEXT | {"quickReply": {"items": [{"type": "action"}]}},
    "a tap that says nothing": TEXT | {"quickReply": {"items": [{"type": "action", "action": {"type": "postback", "label": "x"}}]}},
}  # fmt: skip


@pytest.mark.parametrize("message", LINE_S_DOCUMENT_LETS_PASS.values(), ids=LINE_S_DOCUMENT_LETS_PASS)
def test_our_schema_refuses_what_lines_document_lets_pass(line, message):
    assert problems_of_body("POST", "/v2/bot/message/push", {"to": NOI, "messages": [message]}) == []
    with pytest.raises(Broken):
        line.push(NOI, [message], retry_key=UUID(int=1))
