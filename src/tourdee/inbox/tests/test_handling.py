"""Who answers, when it is done, which order it is about; what fails is tried again; what is old is forgotten."""

from datetime import timedelta

import pytest

from tourdee import events
from tourdee.shop.tests import factories as f

from ..actions import CannotWrite, mark_failed, mark_sent, send_again, write_message
from ..actions.answers import MOST, TooManyAnswers, save_answer
from ..actions.erasing import forget_conversations_of, forget_old_conversations
from ..actions.handling import (
    NotOfThisShop,
    hand_back,
    link_order,
    mark_done,
    mark_read,
    reopen,
    take_over,
    wait_for_person,
    write_note,
)
from ..models import Conversation, Message, SavedAnswer
from ..queries.reach import left_by_visitor, reach


@pytest.fixture
def told(monkeypatch):
    """The events that were published."""
    seen = []
    monkeypatch.setattr(events, "publish", seen.append)
    return seen


def test_a_message_that_came_after_the_page_was_made_stays_unread(shop, talk, talk_of, at):
    talk_of(shop, when=at + timedelta(minutes=1))
    assert (mark_read(conversation=talk), Conversation.objects.get().unread) == (False, 2)


def test_what_was_seen_is_read(talk):
    assert (mark_read(conversation=talk), Conversation.objects.get().unread) == (True, 0)


def test_a_note_is_kept_once_and_answers_nobody(talk, owner, at, told):
    for _ in range(2):
        write_note(conversation=talk, author=owner, text=" ชอบเผ็ด ", key="n1", at=at)
    talk.refresh_from_db()
    assert list(talk.messages.filter(by="note").values_list("text", "state")) == [("ชอบเผ็ด", "received")]
    assert (talk.waiting_since, talk.by_person, told) == (at, False, [])


def test_an_empty_note_is_refused(talk, owner, at):
    with pytest.raises(CannotWrite):
        write_note(conversation=talk, author=owner, text=" ", key="n1", at=at)


def test_the_shop_is_told_once_that_a_customer_wants_a_person(talk, owner, deliver_events, mailoutbox):
    for _twice in range(2):
        wait_for_person(conversation=talk)
        deliver_events()
    (letter,) = mailoutbox
    assert letter.to == [owner.email]
    assert letter.subject == "มีลูกค้าอยากคุยกับคุณ"
    assert f"/my/inbox/{talk.public_id}/" in letter.body
    assert "คุณนก อยากคุยกับคนขาย (LINE)" in letter.body


def test_once_handed_back_before_the_letter_nobody_is_called(talk, deliver_events, mailoutbox):
    wait_for_person(conversation=talk)
    hand_back(conversation=talk)
    deliver_events()
    assert mailoutbox == []


def test_the_channel_is_told_which_order_stands_beside_a_conversation(talk, shop, at, told):
    first, second = (f.an_order(shop, f.goods(f.a_product(shop)), at=at) for _number in range(2))
    told.clear()
    for order in (first, first, second, None):
        link_order(conversation=talk, order=order)
    assert [(one.before, one.order) for one in told] == [
        ("", first.public_id), (first.public_id, second.public_id), (second.public_id, ""),
    ]  # fmt: skip


def test_a_person_takes_over_and_hands_back(talk, owner):
    take_over(conversation=talk, by=owner)
    assert list(Conversation.objects.values_list("by_person", "assigned_to")) == [(True, owner.pk)]
    hand_back(conversation=talk)
    assert list(Conversation.objects.values_list("by_person", "assigned_to")) == [(False, None)]


def test_done_is_said_once_and_undone_with_the_waiting_time_it_had(talk, at):
    later = at + timedelta(hours=1)
    assert (mark_done(conversation=talk, at=later), mark_done(conversation=talk, at=later)) == (True, False)
    done = Conversation.objects.get()
    assert (done.done_at, done.waiting_since, done.unread) == (later, None, 0)
    reopen(conversation=talk)
    undone = Conversation.objects.get()
    assert (undone.done_at, undone.waiting_since) == (None, at)


def test_undone_after_an_answer_nobody_waits(talk, owner, at):
    write_message(conversation=talk, author=owner, text="ว่างค่ะ", key="k", at=at + timedelta(minutes=1))
    mark_done(conversation=talk, at=at + timedelta(minutes=2))
    reopen(conversation=talk)
    assert Conversation.objects.get().waiting_since is None


def test_a_new_message_opens_what_was_done_and_the_waiting_begins_anew(shop, talk, talk_of, at):
    mark_done(conversation=talk, at=at)
    again = talk_of(shop, when=at + timedelta(days=3))
    assert (again.done_at, again.waiting_since) == (None, at + timedelta(days=3))


def test_an_order_of_another_shop_is_not_linked(talk, stranger, at):
    elsewhere = f.a_shop(stranger)
    order = f.an_order(elsewhere, f.goods(f.a_product(elsewhere)), at=at)
    with pytest.raises(NotOfThisShop):
        link_order(conversation=talk, order=order)
    assert Conversation.objects.get().order is None


# ------------------------------------------------------------------ sending
def test_what_failed_is_tried_again_once(talk, owner, at, told):
    message = write_message(conversation=talk, author=owner, text="ค่ะ", key="k", at=at)
    assert send_again(message=message, by=owner) is False
    mark_failed(message=message, why="quota")
    assert (send_again(message=message, by=owner), send_again(message=message, by=owner)) == (True, False)
    message.refresh_from_db()
    assert (message.state, message.why_failed) == ("queued", "")
    assert [(type(one), one.message) for one in told] == [(events.MessageWritten, message.public_id)] * 2


def test_what_was_sent_is_not_sent_again(talk, owner, at):
    message = write_message(conversation=talk, author=owner, text="ค่ะ", key="k", at=at)
    mark_sent(message=message)
    assert send_again(message=message, by=owner) is False


def test_braces_that_nobody_filled_in_are_not_sent(talk, owner, at):
    with pytest.raises(CannotWrite) as refused:
        write_message(conversation=talk, author=owner, text="จ่ายที่ {paylink} ค่ะ", key="k", at=at)
    assert refused.value.reason == "open"


@pytest.mark.parametrize(
    ("channel", "contact"), [("storefront", "0812345678"), ("storefront", "line: nok"), ("gone", "x")]
)
def test_nothing_is_written_where_nothing_can_be_sent(shop, talk_of, owner, at, channel, contact):
    talk = talk_of(shop, channel=channel, contact=contact)
    with pytest.raises(CannotWrite) as refused:
        write_message(conversation=talk, author=owner, text="ค่ะ", key="k", at=at)
    assert (refused.value.reason, Message.objects.count()) == ("unreachable", 1)


@pytest.mark.parametrize(
    ("left", "kind", "contact"),
    [("nok@example.org", "mail", "nok@example.org"), ("081-234 5678", "phone", "+66812345678"),
     ("+49 170 1234567", "phone", "+491701234567"), ("LINE: nok99", "by hand", "LINE: nok99"), ("12", "by hand", "12")],
)  # fmt: skip
def test_a_visitor_is_answered_where_they_asked_for(left, kind, contact):
    found = left_by_visitor(left)
    assert (found.kind, found.contact) == (kind, contact)


def test_a_channel_that_was_taken_out_sends_nothing(talk, settings):
    settings.CHANNELS = []
    assert reach(talk).kind == "gone"


# ------------------------------------------------------------------ saved answers
def test_no_more_answers_are_kept_than_anybody_finds(shop):
    for number in range(MOST):
        save_answer(shop=shop, title=str(number), text="x")
    with pytest.raises(TooManyAnswers):
        save_answer(shop=shop, title="x", text="x")


# ------------------------------------------------------------------ forgetting
def picture_of(settings, name="chat/1.jpg"):
    path = settings.PRIVATE_ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_silence_of_two_years_is_forgotten_with_its_pictures(
    shop, talk_of, at, settings, django_capture_on_commit_callbacks
):
    path = picture_of(settings)
    talk_of(shop, contact="old", when=at - timedelta(days=731), picture="chat/1.jpg")
    kept = talk_of(shop, contact="new", when=at - timedelta(days=729))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_conversations(at=at) == 1
    assert (list(Conversation.objects.all()), path.exists()) == ([kept], False)


def test_who_is_forgotten_loses_their_customers_words_and_nobody_elses(shop, talk, talk_of, owner, stranger):
    theirs = talk_of(f.a_shop(stranger))
    save_answer(shop=shop, title="ราคา", text="900")
    assert forget_conversations_of(user=owner) == 1
    assert (list(Conversation.objects.all()), SavedAnswer.objects.count()) == ([theirs], 0)
