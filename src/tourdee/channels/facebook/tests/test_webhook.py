"""What Facebook tells: proven by its signature, kept once, read once, whatever is wrong with it."""

import json
import random

import pytest
from django.test import Client

from tourdee.inbox.models import Conversation, Message
from tourdee.shop.actions.opening import ShopName, name_shop
from tourdee.shop.tests.factories import a_shop

from ..actions.notices import forget_notices, read_notices_due
from ..actions.pages import disconnect
from ..graph import play
from ..graph.signatures import Forged, check, signed
from ..models import Comment, Notice, Page
from ..queries.wants import wanted
from .conftest import SECRET, a_comment, a_message, call, connected, value_in

pytestmark = pytest.mark.usefixtures("clock")


def tell(page: Page, at, *bodies: bytes) -> None:
    for raw in bodies:
        assert call(page.shop.slug, raw) == 200
    read_notices_due(at)


# ------------------------------------------------------------------ the call that asks whether we are we
def challenge(page: Page, **changes: str):
    asked = {"hub.mode": "subscribe", "hub.verify_token": page.verify_token, "hub.challenge": "1158201444"} | changes
    return Client().get(f"/facebook/{page.shop.slug}/", asked)


def test_the_right_token_gets_the_challenge_back_as_text(page):
    answer = challenge(page)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"1158201444", "text/plain")


@pytest.mark.parametrize(
    "changes",
    [{"hub.verify_token": "wrong"}, {"hub.verify_token": ""}, {"hub.mode": "unsubscribe"}, {"hub.challenge": ""},
     {"hub.challenge": "<script>alert(1)</script>"}, {"hub.challenge": "1" * 101}],
)  # fmt: skip
def test_anything_else_gets_nothing_and_changes_nothing(page, changes):
    Page.objects.update(called_at=None)
    answer = challenge(page, **changes)
    assert (answer.status_code, answer.content, Page.objects.get().called_at) == (403, b"", None)


def test_a_shop_that_is_unknown_or_not_connected_answers_like_a_wrong_token(page, owner, at):
    wrong = challenge(page, **{"hub.verify_token": "wrong"})
    disconnect(page=page, by=owner, at=at)
    gone, unknown = challenge(page), Client().get("/facebook/nobody/")
    assert {(one.status_code, one.content) for one in (wrong, gone, unknown)} == {(403, b"")}


# ------------------------------------------------------------------ signatures
def test_the_published_vector():
    assert signed("secret", b"test") == "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914"
    check("secret", signed("secret", b"test"), b"test")


@pytest.mark.parametrize("header", ["", "sha256=", "sha1=0329", "sha256=" + "0" * 64, "sha256=é", "ก"])
def test_a_wrong_signature_is_refused(header):
    with pytest.raises(Forged):
        check("secret", header, b"test")
    with pytest.raises(Forged):
        check("", signed("", b"test"), b"test")


def test_a_forged_or_changed_notice_changes_nothing(page, post, at):
    raw = a_comment(page, post, at)
    assert call("mali", raw, secret="guessed") == 403
    assert (
        call(
            "mali",
            json.dumps(json.loads(raw), ensure_ascii=False).encode(),
            **{"X-Hub-Signature-256": signed(SECRET, raw)},
        )
        == 403
    )
    assert Client().post("/facebook/mali/", raw, content_type="application/json").status_code == 403
    assert Notice.objects.count() == 0


def test_the_notice_of_one_shop_is_not_taken_by_another(page, post, stranger, at):
    other = a_shop(stranger, slug="other", opened_at=at)
    connected(other, stranger, at, token="play-other")
    assert call("other", a_comment(page, post, at)) == 200  # the same app secret, the page of another shop
    read_notices_due(at)
    assert Comment.objects.count() == 0


def test_a_body_beyond_reason_is_not_read(page):
    assert call("mali", b"x" * 1_000_001) == 413
    assert Notice.objects.count() == 0


# ------------------------------------------------------------------ once
def test_told_a_hundred_times_it_is_one_comment_and_one_message(page, post, at):
    raw = a_comment(page, post, at)
    tell(page, at, *[raw] * 100)
    again = json.dumps(json.loads(raw), separators=(",", ":")).encode()  # written another way: the ids inside decide
    tell(page, at, again)
    assert (Notice.objects.count(), Comment.objects.count(), Message.objects.count()) == (2, 1, 1)
    assert Conversation.objects.get().unread == 1


def test_answered_at_once_and_read_by_the_worker(page, post, at):
    call("mali", a_comment(page, post, at))
    assert Comment.objects.count() == 0
    assert (read_notices_due(at), read_notices_due(at)) == (1, 0)
    assert (Comment.objects.count(), Notice.objects.get().body) == (1, "")


def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_done(page, post, at, monkeypatch):
    call("mali", a_comment(page, post, at))
    with monkeypatch.context() as patch:
        patch.setattr("tourdee.channels.facebook.actions.reading.receive_message", lambda **_: 1 / 0)
        read_notices_due(at)
    assert (Comment.objects.count(), Notice.objects.get().read_at, Notice.objects.get().tries) == (0, None, 1)
    Notice.objects.update(try_at=at)
    read_notices_due(at)
    assert (Comment.objects.count(), Message.objects.count()) == (1, 1)


def test_in_whatever_order_it_comes_the_end_is_the_same(page, post, at):
    added = a_comment(page, post, at, text="CF 2")
    story = [{}, {"verb": "edited", "message": "CF 3"}, {"verb": "remove"}]
    for turn in range(6):
        order = story.copy()
        random.Random(turn).shuffle(order)
        told = [{**value_in(added), "comment_id": f"{post.outside_id}_{turn}", **step} for step in order]
        entries = [{"changes": [{"field": "feed", "value": value}]} for value in told]
        tell(page, at, play.notice(page.page_id, *entries, at=at))
    assert set(Comment.objects.values_list("text", "gone_at")) == {("", at)}
    assert set(Message.objects.values_list("text", flat=True)) == {""}


# ------------------------------------------------------------------ what it says
def test_a_batch_is_read_whole_and_what_is_unknown_passed_over(page, post, at):
    comment = {"changes": [{"field": "feed", "value": value_in(a_comment(page, post, at)) | {"new_field": {"a": [1]}}}]}
    message = json.loads(a_message(page, at))["entry"][0]
    strange = [
        {"changes": [{"field": "likes"}, "text", {"field": "feed", "value": 7}]},
        {"messaging": {"a": 1}},
        {"standby": []},
    ]
    tell(page, at, play.notice(page.page_id, *strange, message, comment, at=at))
    assert sorted(Conversation.objects.values_list("contact", flat=True))[1].startswith("m:")
    assert list(Comment.objects.values_list("name", "text", "wanted", "post")) == [("คุณนก", "CF 2", 2, post.pk)]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b'{"entry": 5}', b'{"entry": [5, {"id": 1}]}', b"\xff\xfe", b"[" * 5000, b'"\\u0000"'],
)
def test_junk_with_a_right_signature_harms_nothing(page, body):
    assert call("mali", body) == 200
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [{"created_time": "soon"}, {"created_time": 10**20}, {"from": None}, {"from": {"name": 5}}, {"message": None},
     {"message": "ก\u0000" * 3000}, {"parent_id": [1]}, {"post_id": "x" * 500}],
)  # fmt: skip
def test_a_comment_with_strange_parts_is_still_a_comment(page, post, at, more):
    tell(page, at, a_comment(page, post, at, **more))
    comment = Comment.objects.get()
    assert (comment.at <= at, "\0" in comment.text, len(comment.text) <= 5000) == (True, False, True)


@pytest.mark.parametrize(
    "more", [{"comment_id": ""}, {"comment_id": "x" * 200}, {"comment_id": {"a": 1}}, {"item": "like"}]
)
def test_what_is_no_comment_is_none(page, post, at, more):
    tell(page, at, a_comment(page, post, at, **more))
    assert Comment.objects.count() == 0


def test_our_own_comments_and_echoes_are_not_customers(page, post, at):
    ours = a_comment(page, post, at, **{"from": {"id": page.page_id, "name": "เพจ"}})
    echo = json.loads(a_message(page, at))["entry"][0]
    echo["messaging"][0]["message"]["is_echo"] = True
    tell(page, at, ours, play.notice(page.page_id, echo, at=at))
    assert (Comment.objects.count(), Message.objects.count()) == (0, 0)


def test_a_message_comes_into_the_inbox_and_can_be_taken_back(page, at):
    raw = a_message(page, at)
    tell(page, at, raw)
    message = Message.objects.select_related("conversation").get()
    assert (message.text, message.conversation.channel, message.at) == ("ว่างไหมคะ", "facebook", at)
    entry = json.loads(raw)["entry"][0]
    entry["messaging"][0]["message"] = {"mid": message.outside_id, "is_deleted": True}
    tell(page, at, play.notice(page.page_id, entry, at=at))
    assert Message.objects.get().text == ""


def test_a_picture_without_words_says_where_to_look(page, at):
    entry = json.loads(a_message(page, at))["entry"][0]
    entry["messaging"][0]["message"] = {"mid": "m_9", "attachments": [{"type": "image"}]}
    tell(page, at, play.notice(page.page_id, entry, at=at))
    assert Message.objects.get().text == "(ส่งรูปหรือไฟล์มา ดูได้ใน Messenger)"


def test_an_answer_below_a_comment_belongs_to_its_thread(page, post, at):
    first = a_comment(page, post, at)
    thread = value_in(first)["comment_id"]
    tell(page, at, first, a_comment(page, post, at, text="ได้ไหมคะ", parent_id=thread))
    assert list(Conversation.objects.values_list("contact", flat=True)) == [f"c:{thread}"]
    assert Message.objects.count() == 2


def test_digests_are_forgotten_after_a_month(page, post, at):
    from datetime import timedelta

    tell(page, at, a_comment(page, post, at))
    assert (forget_notices(at + timedelta(days=29)), forget_notices(at + timedelta(days=31))) == (0, 1)


# ------------------------------------------------------------------ orders in comments
@pytest.mark.parametrize(
    ("text", "number"),
    [("CF 2", 2), ("cf2", 2), ("CF", 1), ("CF๒", 2), ("จอง 2 ที่ค่ะ", 2), ("จอง", 1), ("จองค่ะ", 1), ("จองx3", 3), ("ＣＦ３", 3),
     ("cf:4 สีคราม", 4), ("CF 50", 50), ("รับ 2 ผืนค่ะ", 2), ("#CF1", 1), ("ขอจอง 2 ที่ค่ะ", 2),
     ("จองค่ะ 2 ที่", 2), ("สนใจจองครับ", 1), ("cf จ้า 3", 3)],
)  # fmt: skip
def test_what_orders(text, number):
    assert wanted(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ราคาเท่าไหร่คะ",
        "จองยังไงคะ",
        "จองได้ไหม",
        "CF 0",
        "CF 51",
        "CF 0812345678",
        "cfo",
        "รับบัตรเครดิต",
        "เอาไว้ก่อน",
        "CF 2?",
        "สวย CF",
        "ขอราคาหน่อยค่ะ",
        "สนใจจองได้ไหม",
        "9" * 10**5,
    ],
)
def test_what_orders_nothing(text):
    assert wanted(text) is None


def test_facebook_still_reaches_a_shop_that_has_another_address_now(page, post, owner, at):
    before = page.shop.slug
    name_shop(owner=owner, name=ShopName(name_th=page.shop.name_th, province=50, slug="another-name"), at=at)
    raw = a_comment(page, post, at)
    assert [call(before, raw), call("another-name", raw), call("nobody", raw)] == [200, 200, 403]


def test_abuse_43_the_address_of_an_attachment_is_never_asked(page, at, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_all: pytest.fail("somebody was called"))
    whole = json.loads(a_message(page, at))
    whole["entry"][0]["messaging"][0]["message"] |= {
        "text": "", "attachments": [{"type": "image", "payload": {"url": "http://169.254.169.254/latest/meta-data"}}],
    }  # fmt: skip
    tell(page, at, json.dumps(whole).encode())
    message = Message.objects.get()
    assert (message.picture, "169.254" in message.text) == ("", False)
