"""Answers and orders: sent once whatever the network does, within Facebook's rules, and only what is one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from tourdee import events
from tourdee.core.models import AuditLine
from tourdee.inbox.actions import write_message
from tourdee.inbox.models import Conversation, Message
from tourdee.shop.models import Order
from tourdee.shop.tests.factories import a_departure, a_private_tour, a_product, a_shop, seats

from ..actions.answers import CannotAnswer, answer_comment, send_answers_due
from ..actions.comments import hide_comment, hide_due, order_from_comment, set_aside
from ..actions.notices import read_notices_due, receive_notice
from ..actions.pages import disconnect
from ..actions.publishing import publish_due
from ..graph import play
from ..graph.signatures import signed
from ..listeners import forget_page, send_answer
from ..models import Comment, Page, Post
from .conftest import SECRET, a_comment, a_message, a_post, refusal

pytestmark = pytest.mark.usefixtures("clock")


def hear(page: Page, raw: bytes, at) -> None:
    receive_notice(page=page, signature=signed(SECRET, raw), raw=raw, at=at)
    read_notices_due(at)


@pytest.fixture
def comment(page, post, at) -> Comment:
    hear(page, a_comment(page, post, at), at)
    return Comment.objects.select_related("shop__owner").get()


@pytest.fixture
def talk(page, at) -> Conversation:
    """A customer wrote by Messenger."""
    hear(page, a_message(page, at), at)
    return Conversation.objects.get()


def answer(talk: Conversation, owner, at, text: str = "ว่างค่ะ") -> Message:
    """Written in the inbox and told to the channel, twice."""
    message = write_message(conversation=talk, author=owner, text=text, key=text[:60], at=at)
    happened = events.MessageWritten(
        user=owner.public_id, shop=talk.shop.public_id, channel=talk.channel, message=message.public_id
    )
    for _twice in range(2):
        send_answer(happened)
    return message


def fresh(message: Message) -> tuple[str, str]:
    """Its state, and the reason as a Thai reader sees it."""
    message.refresh_from_db()
    return message.state, message.why_failed and gettext(message.why_failed)


def written(page: Page) -> list[str]:
    """What the page itself said, by Messenger or below comments."""
    there = play.played(page.page_id)
    return [row["message"] for row in [*there.messages, *there.comments] if row["from"]["id"] == page.page_id]


# ------------------------------------------------------------------ answers
def test_an_answer_in_the_inbox_goes_to_messenger_once(page, talk, owner, at, told):
    message = answer(talk, owner, at)
    assert (send_answers_due(at), send_answers_due(at + timedelta(hours=1))) == (1, 0)
    assert (fresh(message), written(page)) == (("sent", ""), ["ว่างค่ะ"])
    assert [type(one).__name__ for one in told if isinstance(one, events.FirstReplySent)] == ["FirstReplySent"]


def test_only_the_first_answer_is_told(page, talk, owner, at, told):
    for text in ("หนึ่ง", "สอง"):
        answer(talk, owner, at, text)
        send_answers_due(at)
    assert sum(isinstance(one, events.FirstReplySent) for one in told) == 1


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_lost_answer_is_not_sent_twice(page, talk, owner, at, faults, how):
    message = answer(talk, owner, at)
    faults.fail("/messages", how)
    for minutes in (0, 1, 3):
        send_answers_due(at + timedelta(minutes=minutes))
    assert (fresh(message), written(page)) == (("sent", ""), ["ว่างค่ะ"])
    assert faults.sent("messages") == (2 if how == "before" else 1)


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_lost_reply_below_a_comment_is_not_sent_twice(page, comment, owner, at, faults, how):
    message = answer_comment(comment=comment, text="ค่ะ", privately=False, by=owner, key="k", at=at)
    faults.fail("/comments", how)
    for minutes in (0, 1, 3):
        send_answers_due(at + timedelta(minutes=minutes))
    assert (fresh(message), written(page)) == (("sent", ""), ["ค่ะ"])
    assert faults.sent("comments") == (2 if how == "before" else 1)


def test_after_24_hours_nothing_is_sent_and_the_reason_says_what_to_do(page, talk, owner, at):
    message = answer(talk, owner, at + timedelta(hours=25))
    send_answers_due(at + timedelta(hours=25))
    state, why = fresh(message)
    assert (state, why[:19], written(page)) == ("failed", "เกิน 24 ชั่วโมงหลัง", [])


def test_within_24_hours_it_is(page, talk, owner, at):
    message = answer(talk, owner, at)
    send_answers_due(at + timedelta(hours=23))
    assert fresh(message)[0] == "sent"


@pytest.mark.parametrize(
    ("no", "begins"),
    [
        (refusal(10, 2018278), "เกิน 24 ชั่วโมง"),
        (refusal(551), "ตอนนี้คนนี้รับข้อความไม่ได้"),
        (refusal(190), "Facebook ไม่รับกุญแจ"),
    ],
)
def test_a_no_is_said_in_words(page, talk, owner, at, faults, no, begins):
    message = answer(talk, owner, at)
    faults.fail("/messages", "before", no)
    send_answers_due(at)
    state, why = fresh(message)
    assert (state, why.startswith(begins), send_answers_due(at + timedelta(hours=1))) == ("failed", True, 0)


def test_an_answer_without_a_page_fails_at_once(page, talk, owner, at):
    disconnect(page=page, by=owner, at=at)
    state, why = fresh(answer(talk, owner, at))
    assert (state, why.startswith("Facebook ไม่รับกุญแจ")) == ("failed", True)


def test_another_channels_message_is_not_ours(page, talk, owner, at):
    Conversation.objects.update(channel="line")
    talk.refresh_from_db()
    answer(talk, owner, at)
    assert send_answers_due(at) == 0


def test_a_comment_is_answered_privately_once_and_within_seven_days(page, comment, owner, at):
    late = at + timedelta(days=7, seconds=1)
    with pytest.raises(CannotAnswer):
        answer_comment(comment=comment, text="ลิงก์", privately=True, by=owner, key="k0", at=late)
    for _double_click in range(2):
        answer_comment(comment=comment, text="ลิงก์", privately=True, by=owner, key="k1", at=at)
    with pytest.raises(CannotAnswer):
        answer_comment(comment=comment, text="อีกที", privately=True, by=owner, key="k2", at=at)
    send_answers_due(at)
    assert [(row["to"], row["message"]) for row in play.played(page.page_id).messages] == [(comment.author, "ลิงก์")]


# ------------------------------------------------------------------ hiding
def test_a_comment_is_hidden_and_shown_again_and_audited(page, comment, owner, at):
    for wish in (True, True, False):
        hide_comment(comment=comment, hide=wish, by=owner, at=at)
        hide_due(at)
        comment.refresh_from_db()
        assert (comment.hide, comment.hidden, comment.try_at) == (wish, wish, None)
    assert AuditLine.objects.filter(act="facebook.comment_hidden").count() == 2
    assert play.played(page.page_id).comments[0]["is_hidden"] is False


def test_a_comment_that_facebook_does_not_hide_stays_and_says_why(page, comment, owner, at, monkeypatch, settings):
    settings.CHANNEL_SERVICES = "live"
    monkeypatch.setattr("tourdee.channels.facebook.graph.ask", lambda *args, **asked: refusal(200))
    hide_comment(comment=comment, hide=True, by=owner, at=at)
    hide_due(at)
    comment.refresh_from_db()
    assert (comment.hide, comment.hidden, comment.why) == (False, False, "permission")


# ------------------------------------------------------------------ orders
def test_one_tap_makes_the_order_and_sends_the_pay_link_in_private(client_of, owner, page, comment, tour, at):
    a_departure(tour, starts_at=at + timedelta(days=1))
    a_departure(tour, starts_at=at + timedelta(days=3))
    client = client_of(owner)
    form = client.get(reverse("facebook_comment", args=[comment.public_id])).context["order_form"]
    typed = {name: form[name].value() for name in form.fields}
    for _double_click in range(2):
        shown = client.post(reverse("order_from_comment", args=[comment.public_id]), typed)
    order = Order.objects.get()
    assert shown.url == reverse("chat_order", args=[order.code])
    line = order.lines.get()
    assert (line.quantity, line.departure.starts_at, line.category.name_th) == (2, at + timedelta(days=1), "ผู้ใหญ่")
    assert (order.channel, order.buyer_name, order.expires_at) == ("chat", "คุณนก", at + timedelta(hours=24))
    send_answers_due(at)
    [sent] = play.played(page.page_id).messages
    assert (sent["to"], f"/p/{order.pay_code}" in sent["message"]) == (comment.author, True)
    assert not any(order.pay_code in row["message"] for row in play.played(page.page_id).comments)


def test_nothing_is_ordered_before_the_seller_says_so(comment):
    assert (comment.is_open, comment.wanted, Order.objects.count()) == (True, 2, 0)


def test_goods_are_ordered_from_their_stock_and_no_further(client_of, owner, page, shop, at):
    variant = a_product(shop, stock=1)
    a_post(shop, variant.product, at)
    publish_due(at)
    hear(page, a_comment(page, Post.objects.get(), at, text="CF 2"), at)
    url = reverse("order_from_comment", args=[Comment.objects.get().public_id])
    client = client_of(owner)
    shown = client.post(url, {"variant": variant.public_id, "quantity": "2"})
    assert (shown.status_code, Order.objects.count()) == (200, 0)
    assert 'role="alert"' in shown.content.decode()
    client.post(url, {"variant": variant.public_id, "quantity": "1"})
    assert Order.objects.get().lines.get().quantity == 1


def test_with_nothing_left_the_seller_is_told_and_no_button_shown(client_of, owner, page, comment):
    shown = client_of(owner).get(reverse("facebook_comment", args=[comment.public_id]))
    assert not shown.context["order_form"].is_possible
    assert "ตอนนี้ไม่มีรอบที่ว่าง" in shown.content.decode()


def test_what_is_no_order_is_set_aside_and_never_undoes_one(page, comment, tour, owner, at):
    from tourdee.shop.tests.factories import seats

    departure = a_departure(tour, starts_at=at + timedelta(days=1))
    items = [seats(departure, 2)]
    order_from_comment(comment=comment, items=items, by=owner, language="th", answer=False, at=at)
    set_aside(comment=comment, at=at)
    comment.refresh_from_db()
    assert comment.set_aside_at is None
    Comment.objects.update(order=None)
    set_aside(comment=comment, at=at)
    comment.refresh_from_db()
    assert (comment.set_aside_at, comment.is_open) == (at, False)


def test_below_a_post_that_was_not_made_here_the_seller_says_what_is_ordered(client_of, owner, page, post, tour, at):
    departure = a_departure(tour, starts_at=at + timedelta(days=1))
    hear(page, a_comment(page, post, at, post_id="1_2", parent_id="1_2"), at)
    comment, client = Comment.objects.get(), client_of(owner)
    assert (comment.wanted, comment.post, comment.is_open) == (2, None, True)
    address, url = (
        reverse("facebook_comment", args=[comment.public_id]),
        reverse("order_from_comment", args=[comment.public_id]),
    )
    asked = client.get(address)
    named = f"tour-{tour.public_id}"
    assert f"?item={named}" in asked.content.decode()
    assert client.post(url, {"quantity": "2"}).status_code == 200
    form = client.get(f"{address}?item={named}").context["order_form"]
    shown = client.post(url, {name: form[name].value() for name in form.fields} | {"item": named})
    assert shown.status_code == 302
    line = Order.objects.get().lines.get()
    assert (line.departure, line.quantity) == (departure, 2)


def test_another_shops_items_are_not_ordered_from_a_comment(client_of, owner, page, post, at):
    hear(page, a_comment(page, post, at, post_id="1_2", parent_id="1_2"), at)
    theirs = a_product(a_shop(slug="other"))
    url = reverse("order_from_comment", args=[Comment.objects.get().public_id])
    client_of(owner).post(
        url, {"quantity": "1", "variant": theirs.public_id, "item": f"product-{theirs.product.public_id}"}
    )
    assert Order.objects.count() == 0


# ------------------------------------------------------------------ pages and secrecy
def test_a_reply_is_written_on_the_comments_page(client_of, owner, page, comment, at):
    client = client_of(owner)
    typed = {"text": "ขอบคุณค่ะ", "key": "k"}
    assert client.post(reverse("facebook_comment", args=[comment.public_id]), typed).status_code == 302
    send_answers_due(at)
    assert written(page) == ["ขอบคุณค่ะ"]
    shown = client.post(reverse("facebook_comment", args=[comment.public_id]), {"text": " ", "key": "k2"})
    assert list(shown.context["reply"].errors) == ["text"]


def test_what_customers_write_is_shown_and_never_run(client_of, owner, page, post, at):
    hear(page, a_comment(page, post, at, text="<script>alert(1)</script>"), at)
    for name, args in (
        ("facebook_comments", []),
        ("facebook_comment", [Comment.objects.get().public_id]),
        ("facebook_practice", []),
    ):
        shown = client_of(owner).get(reverse(name, args=args)).content.decode()
        assert ("<script>alert" in shown, "&lt;script&gt;alert" in shown) == (False, True)


def test_another_sellers_comments_are_not_found(client_of, stranger, comment, at):
    a_shop(stranger, opened_at=at)
    client = client_of(stranger)
    assert client.get(reverse("facebook_comment", args=[comment.public_id])).status_code == 404
    for name in ("order_from_comment", "hide_facebook_comment", "set_aside_comment"):
        assert client.post(reverse(name, args=[comment.public_id])).status_code == 404
    assert comment.text not in client.get(reverse("facebook_comments")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    client_of, owner, page, post, at, number, django_assert_num_queries
):
    for _one in range(number):
        hear(page, a_comment(page, post, at), at)
    client = client_of(owner)
    with django_assert_num_queries(6):
        client.get(reverse("facebook_comments"))


def test_whoever_is_forgotten_leaves_no_keys_and_no_comments(page, comment, owner):
    forget_page(events.PersonErased(user=owner.public_id))
    assert (Page.objects.count(), Comment.objects.count()) == (0, 0)


def test_tokens_stand_in_no_log_and_no_address(page, talk, owner, at, faults, caplog):
    seen = []
    ask = faults.ask
    faults.ask = lambda method, url, **asked: seen.append(url) or ask(method, url, **asked)
    faults.fail("/messages", "before", refusal(9999))
    answer(talk, owner, at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tourdee.channels.facebook.graph.ask", faults.ask)
        send_answers_due(at)
    assert len(seen) == 1
    assert all("canary" not in text for text in (*seen, caplog.text))
    assert "appsecret_proof=" in seen[0]


@pytest.mark.parametrize(
    ("sold_as", "prices"), [("private", ["private"]), ("both", ["ผู้ใหญ่", "เด็ก", "ทารก", "private"])]
)
def test_a_private_group_is_ordered_from_a_comment_too(client_of, owner, page, shop, at, sold_as, prices):
    tour = a_private_tour(shop, sold_as=sold_as)
    a_departure(tour, starts_at=at + timedelta(days=3))
    a_post(shop, tour, at)
    publish_due(at)
    hear(page, a_comment(page, Post.objects.get(), at, text="จอง 3"), at)
    url = reverse("order_from_comment", args=[Comment.objects.get().public_id])
    client = client_of(owner)
    form = client.get(reverse("facebook_comment", args=[Comment.objects.get().public_id])).context["order_form"]
    offered = [key if key == "private" else label.split(" ฿")[0] for key, label in form.fields["category"].choices]
    assert offered == prices
    client.post(url, {name: form[name].value() for name in form.fields} | {"category": "private"})
    line = Order.objects.get().lines.get()
    assert (line.kind, line.seats) == ("private", 3)


def test_the_pay_link_is_told_in_the_language_of_the_post(client_of, owner, page, comment, tour, at):
    Post.objects.update(language="en")
    a_departure(tour, starts_at=at + timedelta(days=1))
    client = client_of(owner)
    form = client.get(reverse("facebook_comment", args=[comment.public_id])).context["order_form"]
    client.post(
        reverse("order_from_comment", args=[comment.public_id]), {name: form[name].value() for name in form.fields}
    )
    send_answers_due(at)
    [sent] = play.played(page.page_id).messages
    assert ("Please pay until" in sent["message"], Order.objects.get().language) == (True, "en")


def test_the_order_stands_beside_the_comment_in_the_inbox(page, comment, tour, owner, at):
    departure = a_departure(tour, starts_at=at + timedelta(days=1))
    order = order_from_comment(
        comment=comment, items=[seats(departure, 2)], by=owner, language="th", answer=False, at=at
    )
    assert Conversation.objects.get(contact__startswith="c:").order == order
