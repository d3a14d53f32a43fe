"""A person's own data hold what they wrote and what was written to them; whoever is forgotten leaves nothing in the inbox."""

import json

import pytest
from allauth.socialaccount.models import SocialAccount

from tourdee.people.actions import ask_erasure, erase_person
from tourdee.people.queries import KnownAs, known_as
from tourdee.shop.models import Enquiry
from tourdee.shop.tests.factories import a_shop

from ..actions import write_message
from ..actions.answers import save_answer
from ..actions.handling import write_note
from ..models import Conversation, Message, SavedAnswer

STOREFRONT = {"channel": "storefront", "name": "คุณนก"}


def told(client) -> dict:
    answer = client.get("/account/profile/my-data/")
    return json.loads(answer.content)["messages"]


@pytest.fixture
def buyer_talk(shop, stranger, talk_of):
    """The stranger asked with the address of their account."""
    return talk_of(shop, contact=stranger.email, text="ขอที่นั่งริมหน้าต่าง", **STOREFRONT)


def test_what_one_asked_shops_and_what_they_answered_is_told(buyer_talk, stranger, owner, at, client_of):
    write_message(conversation=buyer_talk, author=owner, text="ได้เลยค่ะ", key="k", at=at)
    write_note(conversation=buyer_talk, author=owner, text="ลูกค้าเรื่องมาก", key="n", at=at)
    said = told(client_of(stranger))["as_customer"]
    assert [(one["conversation_channel"], one["by"], one["text"]) for one in said] == [
        ("storefront", "customer", "ขอที่นั่งริมหน้าต่าง"), ("storefront", "person", "ได้เลยค่ะ"),
    ]  # fmt: skip


def test_a_seller_gets_their_own_words_and_not_the_customers(buyer_talk, owner, shop, at, client_of):
    write_message(conversation=buyer_talk, author=owner, text="ได้เลยค่ะ", key="k", at=at)
    write_note(conversation=buyer_talk, author=owner, text="ชอบริมหน้าต่าง", key="n", at=at)
    save_answer(shop=shop, title="ที่จอดรถ", text="จอดฟรี")
    found = told(client_of(owner))
    assert [one["text"] for one in found["answers"]] == ["ได้เลยค่ะ"]
    assert [one["text"] for one in found["notes"]] == ["ชอบริมหน้าต่าง"]
    assert found["saved_answers"] == [{"title": "ที่จอดรถ", "text": "จอดฟรี"}]
    assert found["as_customer"] == []
    assert "คุณนก" not in json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(
    ("known", "is_mine"),
    [
        (KnownAs("nok@example.org", "", {}), True),
        (KnownAs("", "+66812345678", {}), True),
        (KnownAs("", "", {"line": "U1"}), True),
        (KnownAs("other@example.org", "+66800000000", {"line": "U2", "facebook": "U1"}), False),
        (KnownAs("", "", {}), False),
    ],
)  # fmt: skip
def test_conversations_are_known_by_proved_addresses_and_by_the_channels_id(shop, talk_of, known, is_mine):
    from ..queries.own import conversations_as_customer

    for channel, contact in (("storefront", "nok@example.org"), ("storefront", "+66812345678"), ("line", "U1")):
        talk_of(shop, channel=channel, contact=contact)
    assert conversations_as_customer(known).count() == (1 if is_mine else 0)


def test_a_telephone_that_was_not_proved_opens_nothing(shop, stranger, talk_of):
    stranger.phone, stranger.phone_verified = "+66899999999", False
    assert known_as(stranger).phone == ""


def test_what_was_taken_back_is_not_told(buyer_talk, stranger, at, client_of):
    Message.objects.update(withdrawn_at=at)
    assert told(client_of(stranger))["as_customer"] == []


# ------------------------------------------------------------------ forgotten
def forget(person, officer, at, deliver_events):
    erase_person(request=ask_erasure(user=person, at=at), by=officer, at=at)
    deliver_events()


def test_who_is_forgotten_is_forgotten_by_the_shops_that_they_wrote_to(
    buyer_talk, shop, stranger, officer, talk, at, deliver_events
):
    Enquiry.objects.create(shop=shop, name="นก", contact=stranger.email.upper(), message="ว่างไหม", at=at)
    SocialAccount.objects.create(user=stranger, provider="line", uid="U77")
    at_line = Conversation.objects.create(shop=shop, channel="line", contact="U77", last_at=at)
    forget(stranger, officer, at, deliver_events)
    assert list(Conversation.objects.all()) == [talk]  # another customer's
    assert not Message.objects.filter(conversation__in=[buyer_talk.pk, at_line.pk]).exists()
    assert not Enquiry.objects.filter(contact__iexact="nok@example.org").exists()
    assert Enquiry.objects.count() == 0


def test_a_forgotten_seller_leaves_no_conversations_and_no_saved_answers(
    buyer_talk, shop, owner, teammate, officer, at, talk_of, deliver_events
):
    other = talk_of(a_shop(teammate))
    save_answer(shop=shop, title="ที่จอดรถ", text="จอดฟรี")
    forget(owner, officer, at, deliver_events)
    assert (list(Conversation.objects.all()), SavedAnswer.objects.count()) == ([other], 0)


def test_the_queue_keeps_no_address_of_who_was_forgotten(buyer_talk, stranger, officer, at, deliver_events):
    from django_tasks_db.models import DBTaskResult

    address = stranger.email
    erase_person(request=ask_erasure(user=stranger, at=at), by=officer, at=at)
    waiting = json.dumps([task.args_kwargs for task in DBTaskResult.objects.all()], default=str)
    assert ("PersonErased" in waiting, address in waiting) == (True, False)
