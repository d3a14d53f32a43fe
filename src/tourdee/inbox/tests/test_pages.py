"""The inbox as a seller sees it: found, answered, noted, linked; and nothing of it for anybody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tourdee.shop.tests import factories as f

from ..actions import mark_failed, receive_message, withdraw_message, write_message
from ..actions.answers import save_answer
from ..actions.handling import link_order, mark_done, take_over
from ..models import Conversation, Message, SavedAnswer
from ..queries.conversations import Asked, listed
from ..queries.words import filled_in, how_long
from ..urls import urlpatterns

SECRET = "ความลับของลูกค้า"


@pytest.fixture
def page(talk):
    return reverse("conversation", args=[talk.public_id])


def names(user, **asked):
    return [one.name for one in listed(user, Asked(**asked))]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "1 นาที"), (12, "12 นาที"), (60, "1 ชม."), (1439, "23 ชม."), (2880, "2 วัน")]
)
def test_waiting_is_told_in_the_largest_unit(at, minutes, words):
    assert how_long(at, at + timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(("days", "words"), [(1, "1 day"), (2, "2 days")])
def test_one_day_is_not_days_in_english(at, days, words):
    with translation.override("en"):
        assert how_long(at, at + timedelta(days=days)) == words


def test_the_list_shows_what_was_asked_for(shop, talk_of, owner, at):
    first = talk_of(shop, contact="a", name="ก่อน", when=at - timedelta(hours=2))
    talk_of(shop, contact="b", name="หลัง", when=at)
    done = talk_of(shop, contact="c", name="จบ", channel="facebook", when=at)
    mark_done(conversation=done, at=at)
    take_over(conversation=first, by=owner)
    found = {show: names(owner, show=show) for show in ("", "unread", "waiting", "mine", "done")}
    assert found == {
        "": ["หลัง", "ก่อน"], "unread": ["หลัง", "ก่อน"], "waiting": ["ก่อน", "หลัง"], "mine": ["ก่อน"], "done": ["จบ"],
    }  # fmt: skip
    assert names(owner, show="done", channel="line") == []


def test_a_talk_is_found_by_name_words_and_order(shop, talk_of, owner, at):
    order = f.an_order(shop, f.goods(f.a_product(shop)), at=at)
    link_order(conversation=talk_of(shop, name="คุณนก", text="น้ำตกไหนดีคะ"), order=order)
    talk_of(shop, contact="b", name="Anna", text="Any rain?")
    assert names(owner, words="นก") == ["คุณนก"]
    assert names(owner, words="น้ำตก") == ["คุณนก"]
    assert names(owner, words=order.code.lower()) == ["คุณนก"]
    assert names(owner, words="RAIN") == ["Anna"]
    assert names(owner, words="ไม่มี\0") == []


@pytest.mark.parametrize("number", [1, 3])
def test_more_conversations_ask_no_more_questions(shop, talk_of, owner, client_of, number, django_assert_num_queries):
    for one in range(number):
        talk_of(shop, contact=str(one))
    client = client_of(owner)
    with django_assert_num_queries(7):  # session, person, their roles, shop, waiting, how many, page
        client.get(reverse("my_inbox"))


@pytest.mark.parametrize("number", [1, 3])
def test_more_messages_ask_no_more_questions(
    shop, talk, talk_of, owner, client_of, at, page, number, django_assert_num_queries
):
    for one in range(number):
        talk_of(shop, when=at + timedelta(minutes=one + 1))
    client = client_of(owner)
    with django_assert_num_queries(10):
        client.get(page)


def test_an_answer_is_written_once_for_two_clicks(client_of, owner, talk, page):
    client = client_of(owner)
    for _ in range(2):
        assert client.post(page, {"text": "ว่างค่ะ", "key": "same"}).status_code == 302
    assert list(talk.messages.filter(by="person").values_list("text", "author")) == [("ว่างค่ะ", owner.pk)]


def test_what_was_typed_stays_when_it_cannot_be_sent(client_of, owner, talk, page):
    shown = client_of(owner).post(page, {"text": "จ่ายที่ {paylink}", "key": "k"})
    assert shown.context["form"]["text"].value() == "จ่ายที่ {paylink}"
    assert list(shown.context["form"].errors) == ["text"]
    assert talk.messages.filter(by="person").count() == 0


def test_opening_it_reads_it_and_the_number_in_the_navigation_falls(client_of, owner, talk, page):
    client = client_of(owner)
    assert ">1</span>" in client.get(reverse("inbox_unread")).content.decode()
    client.get(page)
    assert client.get(reverse("inbox_unread")).content.decode().strip() == ""


def test_a_saved_answer_goes_below_what_was_typed_and_knows_the_customer(client_of, owner, shop, talk, page):
    saved = save_answer(shop=shop, title="ราคา", text="คุณ {name} ราคา 900 ค่ะ")
    shown = client_of(owner).post(page, {"text": "สวัสดีค่ะ", "insert": saved.public_id})
    assert shown.context["form"]["text"].value() == "สวัสดีค่ะ\nคุณ คุณนก ราคา 900 ค่ะ"
    assert talk.messages.filter(by="person").count() == 0


def test_the_pay_link_is_filled_in_where_the_order_has_one(shop, talk, at):
    order = f.an_order(shop, f.goods(f.a_product(shop)), at=at)
    talk.order = order
    assert filled_in("{order} {paylink}", talk) == f"{order.code} {{paylink}}"
    order.pay_code = "abc"
    assert filled_in("{paylink}", talk).endswith("/p/abc/") or "abc" in filled_in("{paylink}", talk)


def test_an_order_is_linked_by_its_number_and_shown_beside_the_talk(client_of, owner, shop, talk, page, at):
    order = f.an_order(shop, f.goods(f.a_product(shop)), at=at)
    client = client_of(owner)
    client.post(reverse("link_order", args=[talk.public_id]), {"code": f" {order.code.lower()} "})
    assert reverse("my_order", args=[order.code]) in client.get(page).content.decode()
    client.post(reverse("unlink_order", args=[talk.public_id]))
    assert Conversation.objects.get().order is None


def test_another_shops_order_is_as_if_there_were_none(client_of, owner, stranger, talk, at):
    elsewhere = f.a_shop(stranger)
    order = f.an_order(elsewhere, f.goods(f.a_product(elsewhere)), at=at)
    shown = client_of(owner).post(reverse("link_order", args=[talk.public_id]), {"code": order.code})
    assert shown.context["order_problem"].startswith("ร้านคุณไม่มีคำสั่งซื้อเลขนี้")
    assert Conversation.objects.get().order is None


def test_orders_under_the_same_name_are_offered(client_of, owner, shop, talk, page, at):
    order = f.an_order(shop, f.goods(f.a_product(shop)), at=at, buyer=f.a_buyer(name="คุณนก"))
    f.an_order(shop, f.goods(f.a_product(shop)), at=at)
    assert client_of(owner).get(page).context["fitting"] == [order]


def test_the_customers_name_goes_along_to_a_new_order(client_of, owner, shop, at):
    f.a_product(shop)
    client = client_of(owner)
    assert "?name=%E0%B8%99%E0%B8%81" in client.get(reverse("sell_in_person") + "?name=นก").content.decode()
    assert client.get(reverse("sell_in_chat") + "?name=นก").context["form"]["name"].value() == "นก"


def test_a_failure_is_shown_with_its_reason_and_tried_again(client_of, owner, talk, page, at):
    message = write_message(conversation=talk, author=owner, text="ค่ะ", key="k", at=at)
    mark_failed(message=message, why="โควตาเดือนนี้หมด")
    client = client_of(owner)
    assert "ส่งไม่ได้: โควตาเดือนนี้หมด" in client.get(page).content.decode()
    client.post(reverse("send_again", args=[message.public_id]))
    assert Message.objects.get(pk=message.pk).state == "queued"


def test_what_was_taken_back_is_not_shown(client_of, owner, shop, talk_of, at):
    talk = talk_of(shop, text=SECRET)
    withdraw_message(shop=shop, channel="line", outside_id=talk.messages.get().outside_id, at=at)
    shown = client_of(owner).get(reverse("conversation", args=[talk.public_id])).content.decode()
    assert (SECRET in shown, "ลูกค้ายกเลิกข้อความนี้" in shown) == (False, True)


@pytest.mark.parametrize(
    ("contact", "words"),
    [("0812345678", 'href="tel:+66812345678"'), ("LINE: nok", "ลูกค้าอยากให้ตอบที่นี่"), ("n@example.org", "จะส่งเป็นอีเมลถึง n@example.org")],
)  # fmt: skip
def test_the_page_says_how_a_visitor_is_answered(client_of, owner, shop, talk_of, contact, words):
    talk = talk_of(shop, channel="storefront", contact=contact)
    assert words in client_of(owner).get(reverse("conversation", args=[talk.public_id])).content.decode()


@pytest.mark.parametrize("act", ["take_over", "hand_back", "conversation_done", "reopen_conversation"])
def test_every_button_leads_back_to_the_talk(client_of, owner, talk, page, act):
    assert client_of(owner).post(reverse(act, args=[talk.public_id])).url == page


def test_a_note_without_words_is_refused_at_its_field(client_of, owner, talk):
    shown = client_of(owner).post(reverse("add_note", args=[talk.public_id]), {"note": " "})
    assert list(shown.context["note"].errors) == ["note"]


def test_a_saved_answer_is_made_changed_and_deleted(client_of, owner, shop):
    client, everything = client_of(owner), reverse("saved_answers")
    client.post(everything, {"title": "ราคา", "text": "900"})
    one = reverse("saved_answer", args=[SavedAnswer.objects.get().public_id])
    client.post(one, {"title": "ราคา", "text": "990"})
    assert list(SavedAnswer.objects.values_list("title", "text")) == [("ราคา", "990")]
    client.post(reverse("delete_answer", args=[SavedAnswer.objects.get().public_id]))
    assert SavedAnswer.objects.count() == 0


def test_a_customer_who_asks_is_forgotten(client_of, owner, talk):
    client_of(owner).post(reverse("forget_conversation", args=[talk.public_id]))
    assert (Conversation.objects.count(), Message.objects.count()) == (0, 0)


def test_long_talks_begin_with_the_newest_and_lead_back(client_of, owner, shop, talk, page, at):
    for number in range(61):
        receive_message(shop=shop, channel="line", contact="U1", name="", outside_id=f"x{number}", text=str(number),
                        at=at + timedelta(minutes=number + 1))  # fmt: skip
    client = client_of(owner)
    assert [one.text for one in client.get(page).context["thread"]][::59] == ["1", "60"]
    assert len(client.get(page + "?most=120").context["thread"]) == 62


def test_an_empty_inbox_says_how_messages_get_here(client_of, owner, shop):
    assert reverse("my_channels") in client_of(owner).get(reverse("my_inbox")).content.decode()


# ------------------------------------------------------------------ secrecy
@pytest.fixture
def theirs(shop, talk_of, settings):
    (settings.PRIVATE_ROOT / "chat").mkdir(parents=True)
    (settings.PRIVATE_ROOT / "chat" / "1.jpg").write_bytes(b"x")
    talk = talk_of(shop, name=SECRET, text=SECRET, picture="chat/1.jpg")
    save_answer(shop=shop, title=SECRET, text=SECRET)
    return talk


def addresses(talk):
    message, answer = talk.messages.get(), SavedAnswer.objects.get()
    for one in urlpatterns:
        if one.pattern.converters:
            thing = {"answers": answer, "pictures": message, "messages": message}.get(
                str(one.pattern).split("/")[2], talk
            )
            yield one.name, reverse(one.name, args=[thing.public_id])


@pytest.mark.parametrize("role", ["stranger", "teammate", "officer", "instructor"])
def test_nothing_of_another_shop_exists_on_any_address(request, theirs, client_of, role, at):
    person = request.getfixturevalue(role)
    if role == "teammate":
        f.a_shop(person, opened_at=at)
    client = client_of(person)
    for name, url in addresses(theirs):
        answers = [client.get(url), client.post(url, {"text": "x", "note": "x", "title": "x"})]
        assert {answer.status_code for answer in answers} in ({404}, {404, 405}), name
    assert SECRET not in client.get(reverse("my_inbox"), follow=True).content.decode()
    assert (Conversation.objects.count(), SavedAnswer.objects.count()) == (1, 1)


def test_a_visitor_is_sent_to_sign_in(theirs, client):
    for name, url in addresses(theirs):
        answer = client.get(url)
        answer = client.post(url) if answer.status_code == 405 else answer
        assert answer["Location"].startswith(reverse("account_login")), name


def test_a_customers_picture_is_for_the_shop_alone_and_kept_by_no_cache(theirs, client_of, owner):
    answer = client_of(owner).get(reverse("message_picture", args=[theirs.messages.get().public_id]))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    answer.close()


def test_words_of_a_customer_stay_words(client_of, owner, shop, talk_of):
    canary = "<img src=x onerror=alert(1)>"
    talk = talk_of(shop, name=canary, text=canary)
    client = client_of(owner)
    for page in (reverse("my_inbox"), reverse("conversation", args=[talk.public_id])):
        assert canary not in client.get(page).content.decode()


def test_who_has_no_shop_yet_is_led_to_open_one_and_told_why(client_of, stranger):
    page = client_of(stranger).get(reverse("my_inbox"), follow=True)
    assert page.redirect_chain[0][0] == reverse("open_shop")
    assert [str(one) for one in page.context["messages"]] == [
        "ข้อความของลูกค้าจะเข้ามาเมื่อร้านของคุณเปิดแล้ว มาเปิดร้านต่อกันตรงนี้เลย"
    ]
