"""An answer that goes out as a letter: handed over once, outside any transaction; what becomes of it stands in the inbox."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tourdee.core.delivery import ATTEMPTS, deliver
from tourdee.shop.actions.enquiries import send_enquiry

from ..actions import send_again, write_message
from ..actions.letters import ANSWERS_WITHIN, WHY, give_up_unheard, send_answer
from ..models import Conversation, Message


@pytest.fixture
def answer(shop, owner, at, deliver_events) -> Message:
    """Written, and not sent yet."""
    send_enquiry(shop=shop, name="คุณนก", contact="nok@example.org", message="มีที่จอดรถไหมคะ", source="", at=at)
    deliver_events()
    mail.outbox.clear()
    return write_message(conversation=Conversation.objects.get(), author=owner, text="มีค่ะ", key="k", at=at)


@pytest.fixture
def server(monkeypatch):
    """``server(error)``: what the mail server says from now on; nothing: it takes what comes. Returns the letters that it was asked to
    take."""
    take, asked = mail.EmailMessage.send, []

    def says(error: Exception | None = None) -> list[mail.EmailMessage]:
        def send(letter, *more, **how):
            asked.append(letter)
            if error:
                raise error
            return take(letter, *more, **how)

        monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
        return asked

    return says


def now(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.why_failed


def due_now() -> None:
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_the_mail_server_is_asked_outside_any_transaction(answer, deliver_events, monkeypatch):
    seen = []
    monkeypatch.setattr(mail.EmailMessage, "send", lambda *_letter: seen.append(connection.in_atomic_block))
    deliver_events()
    assert (seen, now(answer)) == ([False], ("sent", ""))


def test_told_twice_it_is_one_letter(answer, owner, deliver_events):
    told = {"user": owner.public_id, "shop": "s", "channel": "storefront", "message": answer.public_id}
    deliver.func("tourdee.inbox.listeners.answer_by_mail", "MessageWritten", {**told, "event_id": "another"})
    deliver_events()
    assert [letter.to for letter in mail.outbox] == [["nok@example.org"]]
    assert send_answer.func(answer.public_id) == "over"


def test_an_address_that_is_refused_is_not_tried_again(answer, deliver_events, server):
    asked = server(SMTPRecipientsRefused({}))
    deliver_events()
    due_now()
    deliver_events()
    assert (len(asked), now(answer)) == (1, ("failed", WHY["address"]))


def test_what_the_server_does_not_take_is_tried_again_and_goes_once(answer, deliver_events, server):
    asked = server(OSError("no route"))
    deliver_events()
    assert now(answer) == ("queued", "")
    server()
    for _ in range(3):
        due_now()
        deliver_events()
    assert (len(asked), len(mail.outbox), now(answer)) == (2, 1, ("sent", ""))


def test_a_server_that_never_answers_is_told_to_the_shop_and_trying_again_begins_anew(
    answer, owner, deliver_events, server
):
    asked = server(OSError("no route"))
    for _ in range(ATTEMPTS + 1):
        deliver_events()
        due_now()
    assert (len(asked), now(answer)) == (ATTEMPTS, ("failed", WHY["unavailable"]))
    server()
    assert send_again(message=answer, by=owner)
    deliver_events()
    assert (len(mail.outbox), now(answer)) == (1, ("sent", ""))


def test_a_worker_that_dies_while_it_hands_over_leaves_no_second_letter(answer, at, server):
    asked = server(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        send_answer.func(answer.public_id)
    assert (send_answer.func(answer.public_id), len(asked), now(answer)) == ("over", 1, ("queued", ""))
    soon = answer.asked_at + ANSWERS_WITHIN
    assert (give_up_unheard(soon), give_up_unheard(soon + timedelta(seconds=1))) == (0, 1)
    assert now(answer) == ("failed", WHY["unsure"])


def test_what_waits_for_its_turn_is_not_given_up(answer, at):
    assert give_up_unheard(at + timedelta(days=1)) == 0


def test_a_conversation_that_was_deleted_meanwhile_gets_no_letter(answer, deliver_events):
    Conversation.objects.all().delete()
    deliver_events()
    assert mail.outbox == []


def test_the_list_and_the_conversation_say_why_it_was_not_sent(answer, owner, client_of):
    Message.objects.filter(pk=answer.pk).update(state="failed", why_failed=WHY["unsure"])
    page, why = client_of(owner), "เซิร์ฟเวอร์อีเมลไม่ตอบกลับ จึงไม่รู้ว่าอีเมลไปถึงลูกค้าหรือยัง"
    talk = reverse("conversation", args=[answer.conversation.public_id])
    for address in (reverse("my_inbox"), talk):
        assert why in page.get(address).content.decode()
        assert WHY["unsure"] in page.get(f"/en{address}").content.decode()
