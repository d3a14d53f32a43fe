"""What the shop says by itself stands in the inbox as it fares: on its way, sent, or failed with the reason. Nothing that a customer
sends is lost without a word."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Unavailable
from tourdee.inbox.actions import send_again
from tourdee.inbox.models import Conversation, Message
from tourdee.shop.models import Order, Shop
from tourdee.shop.tests.factories import a_slip

from .. import play
from ..actions.counting import note_count
from ..actions.sending import WHY
from ..actions.word_of_orders import remind_due
from ..actions.working import work_on_due
from ..models import Event, MonthUse, Outgoing
from .test_purchase import book


def told() -> list[tuple[str, str]]:
    """State and reason of what the program said, the newest last."""
    return list(Message.objects.filter(by="program").values_list("state", "why_failed"))


@pytest.fixture
def soon(departure):
    """Time for the reminder."""
    return departure.starts_at - timedelta(hours=20)


@pytest.fixture
def confirmed(phone, departure, at) -> Order:
    order = book(phone, departure)
    Order.objects.update(
        status="confirmed", paid_satang=order.total_satang, due_now_satang=order.total_satang, confirmed_at=at
    )
    return order


def test_an_answer_that_arrived_is_shown_as_sent_and_one_that_waits_as_on_its_way(phone):
    phone.post([phone.event({"type": "follow", "follow": {"isUnblocked": False}})])
    work_on_due(phone.at)
    assert told() == [("queued", "")]
    phone.work()
    assert told() == [("sent", "")]


def test_a_reminder_that_the_quota_stops_is_shown_as_failed_with_the_reason(phone, confirmed, shop, soon):
    note_count(shop=shop, limit=300, used=300, at=soon)
    assert remind_due(soon) == 1
    phone.at = soon
    phone.work()
    assert told()[-1] == ("failed", WHY["quota"])


def test_what_had_failed_goes_out_once_more_with_its_cards(phone, confirmed, shop, owner, soon, deliver_events):
    note_count(shop=shop, limit=300, used=300, at=soon)
    remind_due(soon)
    phone.at = soon
    phone.set_clock(soon)
    phone.work()
    MonthUse.objects.update(told=0)
    assert send_again(message=Message.objects.get(state="failed"), by=owner)
    deliver_events()
    phone.work()
    assert (told()[-1], phone.screen()[-1]["type"]) == (("sent", ""), "flex")
    assert not send_again(message=Message.objects.latest("pk"), by=owner)


def test_the_page_shows_that_it_failed_and_offers_another_try(phone, confirmed, shop, owner, soon, client_of):
    Shop.objects.update(opened_at=soon)
    note_count(shop=shop, limit=300, used=300, at=soon)
    remind_due(soon)
    phone.at = soon
    phone.work()
    talk = Conversation.objects.get()
    page = client_of(owner).get(f"/my/inbox/{talk.public_id}/").content.decode()
    assert "ข้อความเสียเงินของเดือนนี้หมดแล้ว" in page
    assert f"/{Message.objects.get(state='failed').public_id}/" in page
    assert "ข้อความเสียเงินของเดือนนี้หมดแล้ว" in client_of(owner).get("/my/inbox/").content.decode()


def test_only_a_persons_answer_is_the_first_reply(phone, monkeypatch):
    seen = []
    monkeypatch.setattr("tourdee.events.publish", lambda happened: seen.append(type(happened).__name__))
    phone.follow()
    assert (Outgoing.objects.get().state, "FirstReplySent" in seen) == ("sent", False)


# ------------------------------------------------------------------ what comes in
def test_a_picture_that_line_has_no_more_is_asked_for_again_and_waits_in_the_inbox(phone, departure):
    book(phone, departure)
    said = phone.does({"type": "message", "message": {"type": "image", "id": "gone"}})
    assert said[0]["text"] == "เปิดรูปนี้ไม่ได้ รบกวนส่งอีกครั้ง"
    assert Message.objects.get(by="customer").text == "[รูปภาพ]"
    assert Conversation.objects.get().waiting_since is not None


def test_a_picture_that_line_does_not_give_for_minutes_is_at_least_shown(phone, departure, monkeypatch):
    book(phone, departure)
    monkeypatch.setattr(play, "_content", _silent)
    phone.send_picture(a_slip().read())
    for _minute in range(5):
        assert not Message.objects.filter(by="customer").exists()
        phone.at += timedelta(seconds=61)
        phone.work()
        if not Event.objects.filter(handled_at__isnull=True, tries__lt=5).exists():
            break
    assert Message.objects.get(by="customer").text == "[รูปภาพ]"


def test_words_that_a_fault_of_ours_cannot_answer_are_at_least_shown(phone, monkeypatch):
    monkeypatch.setattr("tourdee.channels.line.actions.chat_shop.answer_text", lambda *_all, **_more: 1 / 0)
    monkeypatch.setattr("tourdee.channels.line.actions.working.HANDLERS", {"message": lambda *_all: 1 / 0})
    phone.write("ว่างไหมคะ")
    for _minute in range(5):
        phone.at += timedelta(seconds=61)
        phone.work()
    assert Message.objects.get(by="customer").text == "ว่างไหมคะ"


def _silent(_message_id: str):
    raise Unavailable("timed out")


def test_abuse_43_a_pictures_address_that_somebody_sends_is_never_asked(phone, departure, monkeypatch):
    """An event may name a picture that lies elsewhere; only LINE itself is asked for it."""
    asked, exchange = [], play.exchange
    monkeypatch.setattr(
        play, "exchange", lambda method, url, **more: asked.append(url) or exchange(method, url, **more)
    )
    monkeypatch.setattr("socket.socket.connect", lambda *_all: pytest.fail("somebody was called"))
    for address in ("http://169.254.169.254/latest/meta-data", "http://127.0.0.1:8000/", "file:///etc/passwd"):
        provider = {"type": "external", "originalContentUrl": address, "previewImageUrl": address}
        phone.does({"type": "message", "message": {"type": "image", "id": "x1", "contentProvider": provider}})
    assert asked
    assert all(url.startswith(("https://api.line.me/", "https://api-data.line.me/")) for url in asked)
