"""What comes in counts once; what is written is sent once; what is taken back is forgotten."""

from datetime import timedelta

import pytest

from tourdee.shop.tests.factories import a_shop

from ..actions import (
    CannotWrite,
    mark_failed,
    mark_sent,
    receive_message,
    record_program_message,
    withdraw_message,
    write_message,
)
from ..models import Conversation, Message


def come_in(shop, at, *, outside_id="m-1", text="ว่างไหมคะ", contact="U1", name="คุณนก") -> Message:
    return receive_message(
        shop=shop, channel="line", contact=contact, name=name, outside_id=outside_id, text=text, at=at
    )


def test_a_message_that_comes_twice_counts_once(shop, at):
    first, again = come_in(shop, at), come_in(shop, at + timedelta(minutes=1))
    talk = Conversation.objects.get()
    assert (first.pk, talk.unread, talk.waiting_since, talk.last_at) == (again.pk, 1, at, at)


def test_the_customer_waits_since_the_first_message_that_nobody_answered(shop, at):
    come_in(shop, at)
    come_in(shop, at + timedelta(minutes=5), outside_id="m-2")
    talk = Conversation.objects.get()
    assert (talk.unread, talk.waiting_since, talk.last_at) == (2, at, at + timedelta(minutes=5))


def test_an_answer_is_queued_once_and_ends_the_waiting(shop, owner, at):
    come_in(shop, at)
    talk = Conversation.objects.get()
    first = write_message(conversation=talk, author=owner, text=" ว่างค่ะ ", key="k1", at=at)
    again = write_message(conversation=talk, author=owner, text="ว่างค่ะ", key="k1", at=at)
    talk.refresh_from_db()
    assert (first.pk, first.text, first.state) == (again.pk, "ว่างค่ะ", "queued")
    assert (talk.unread, talk.waiting_since, talk.by_person, talk.assigned_to) == (0, None, True, owner)


@pytest.mark.parametrize(("text", "reason"), [("  ", "empty"), ("ก" * 5001, "long")])
def test_what_cannot_be_sent_is_refused(shop, owner, at, text, reason):
    come_in(shop, at)
    with pytest.raises(CannotWrite) as refused:
        write_message(conversation=Conversation.objects.get(), author=owner, text=text, key="k1", at=at)
    assert (refused.value.reason, Message.objects.count()) == (reason, 1)


def test_the_first_word_of_what_became_of_an_answer_stands(shop, owner, at):
    come_in(shop, at)
    message = write_message(conversation=Conversation.objects.get(), author=owner, text="ค่ะ", key="k1", at=at)
    assert (mark_sent(message=message, outside_id="x-1"), mark_failed(message=message, why="quota")) == (True, False)
    message.refresh_from_db()
    assert (message.state, message.outside_id, message.why_failed) == ("sent", "x-1", "")


def test_what_is_taken_back_is_forgotten_and_keeps_its_place(shop, at):
    come_in(shop, at, text="เลขบัตร 1-2345")
    assert withdraw_message(shop=shop, channel="line", outside_id="m-1", at=at)
    message = Message.objects.get()
    assert (message.text, message.withdrawn_at) == ("", at)


def test_another_shops_message_is_not_taken_back(shop, stranger, at):
    come_in(shop, at)
    assert not withdraw_message(shop=a_shop(stranger, slug="other"), channel="line", outside_id="m-1", at=at)
    assert Message.objects.get().text == "ว่างไหมคะ"


def test_what_the_channel_says_by_itself_is_shown_once_and_may_end_the_waiting(shop, at):
    come_in(shop, at)
    for _ in range(2):
        record_program_message(
            shop=shop,
            channel="line",
            contact="U1",
            name="",
            outside_id="out-1",
            text="ราคา 900 บาทค่ะ",
            at=at,
            answers=True,
        )
    talk = Conversation.objects.get()
    assert (talk.messages.count(), talk.waiting_since, talk.unread, talk.by_person) == (2, None, 1, False)
