"""What a visitor asks on the shop's page comes into the inbox; the answer goes out as a letter, once."""

import pytest
from django.core import mail
from django.urls import reverse

from tourdee import events
from tourdee.shop.actions.enquiries import send_enquiry

from ..actions import write_message
from ..models import Conversation, Message


def ask(shop, at, contact="Nok@Example.org", message="มีที่จอดรถไหมคะ"):
    return send_enquiry(shop=shop, name="คุณนก", contact=contact, message=message, source="", at=at)


@pytest.fixture
def asked(shop, at, deliver_events):
    ask(shop, at)
    deliver_events()
    mail.outbox.clear()
    return Conversation.objects.get()


def test_a_question_comes_into_the_inbox(asked, at):
    message = asked.messages.get()
    assert (asked.channel, asked.contact, asked.name, asked.waiting_since) == (
        "storefront",
        "nok@example.org",
        "คุณนก",
        at,
    )
    assert (message.text, message.by) == ("มีที่จอดรถไหมคะ", "customer")


def test_the_same_visitor_goes_on_with_the_same_talk(asked, shop, at, deliver_events):
    ask(shop, at, contact="nok@example.org", message="แล้วห้องน้ำล่ะ")
    deliver_events()
    assert (Conversation.objects.count(), asked.messages.count()) == (1, 2)


def test_one_telephone_written_in_two_ways_is_one_visitor(shop, at, deliver_events):
    ask(shop, at, contact="081-234-5678")
    ask(shop, at, contact="+66 81 234 5678")
    deliver_events()
    assert Conversation.objects.get().contact == "+66812345678"


def test_the_answer_goes_out_as_a_letter(asked, owner, at, deliver_events):
    message = write_message(conversation=asked, author=owner, text="มีค่ะ ฟรี", key="k", at=at)
    deliver_events()
    (letter,) = mail.outbox
    assert (letter.to, "มีค่ะ ฟรี" in letter.body, "/s/mali-tours/" in letter.body or "mali-tours" in letter.body) == (
        ["nok@example.org"], True, True,
    )  # fmt: skip
    message.refresh_from_db()
    assert message.state == "sent"


def test_another_channels_answer_is_not_written_by_letter(shop, talk, owner, at, deliver_events):
    write_message(conversation=talk, author=owner, text="ค่ะ", key="k", at=at)
    deliver_events()
    assert mail.outbox == []


def test_what_was_written_to_a_forgotten_seller_goes(asked, owner, deliver_events):
    events.publish(events.PersonErased(user=owner.public_id))
    deliver_events()
    assert Conversation.objects.count() == 0


def test_who_asked_in_english_gets_an_english_frame(shop, owner, at, client, deliver_events):
    shop.name_en = "Mali Tours"
    shop.save()
    typed = {"name": "Ben", "contact": "ben@example.org", "message": "Is there parking?"}
    client.post(f"/en/s/{shop.slug}/", typed)
    deliver_events()
    mail.outbox.clear()
    talk = Conversation.objects.get()
    write_message(conversation=talk, author=owner, text="Yes, it is free.", key="k", at=at)
    deliver_events()
    (letter,) = mail.outbox
    assert (talk.language, letter.subject) == ("en", "An answer from Mali Tours")
    assert letter.body.startswith("Hello Ben, Mali Tours answers your question:")


def test_a_reason_is_shown_in_the_readers_language(asked, owner, at, client_of):
    failed = write_message(conversation=asked, author=owner, text="มีค่ะ", key="k", at=at)
    Message.objects.filter(pk=failed.pk).update(
        state="failed", why_failed="The mail server does not know this address."
    )
    page = client_of(owner)
    address = reverse("conversation", args=[asked.public_id])
    assert "เซิร์ฟเวอร์อีเมลไม่รู้จักที่อยู่นี้" in page.get(address).content.decode()
    assert "The mail server does not know this address." in page.get(f"/en{address}").content.decode()
