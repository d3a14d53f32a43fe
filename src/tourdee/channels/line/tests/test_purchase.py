"""A whole purchase in the chat, through the webhook and the twin: from the first hello to the stars."""

from datetime import timedelta

import pytest
from django.test import Client

from tourdee.inbox.actions import send_again, write_message
from tourdee.inbox.models import Conversation, Message
from tourdee.shop.actions.arrivals import check_in
from tourdee.shop.actions.chat_orders import Agreed, change_chat_order
from tourdee.shop.actions.slips import accept_slip
from tourdee.shop.models import Order, Review
from tourdee.shop.queries.chat_orders import items_of
from tourdee.shop.tests.factories import Buyer, a_departure, a_slip, in_days

from ..actions.word_of_orders import ask_for_reviews_due, remind_due
from ..flex.taps import written
from ..models import ChatOrder, Event, Follower, MonthUse, Outgoing
from .faults import Killed
from .test_chat_shop import buttons, quick, words


def book(phone, departure, counts="2") -> Order:
    """The quick way to a booking."""
    said = phone.tap(written("sum", d=departure.public_id, n=counts))
    phone.tap(buttons(said[0])["จองเลย"])
    return Order.objects.latest("pk")


def test_follow_menu_catalogue_date_pay_slip_confirmed_reminder_check_in_review(
    phone, departure, owner, deliver_events
):
    hello = phone.follow()
    assert hello[0]["text"].startswith("สวัสดี คุณลูกค้า 1111 ยินดีต้อนรับสู่มะลิทัวร์")

    tours = phone.tap(quick(hello)["ทัวร์ทั้งหมด"])
    dates = phone.tap(buttons(tours[0])["เลือกวัน"])
    adults = phone.tap(buttons(dates[0])["ส. 28 พ.ย. 12.00 น."])
    children = phone.tap(quick(adults)["2"])
    summary = phone.tap(quick(children)["แค่นี้"])
    assert "รวม ฿2,400" in words(summary[0])
    placed = phone.tap(buttons(summary[0])["จองเลย"])

    order = Order.objects.get()
    page = Client().get(buttons(placed[0])["จ่ายด้วยพร้อมเพย์"], follow=True)
    assert page.status_code == 200
    assert order.code in page.content.decode()

    said = phone.send_picture(a_slip().read())
    assert said[0]["text"] == f"ขอบคุณ ได้รับสลิปแล้ว คนขายจะดูบัญชีธนาคารแล้วยืนยันให้ในแชตนี้\nการจอง {order.code}"
    slip = order.slips.get()
    accept_slip(slip=slip, satang=240000, by=owner, at=phone.at)
    deliver_events()
    phone.work()
    assert words(phone.screen()[-2])[0] == "ยืนยันการจองแล้ว"
    assert buttons(phone.screen()[-2])["เปิดตั๋ว"] == f"http://testserver/p/{order.pay_code}/"

    phone.at = departure.starts_at - timedelta(hours=20)
    assert remind_due(phone.at) == 1
    phone.work()
    assert words(phone.screen()[-1])[:2] == ["พรุ่งนี้เจอกัน!", "เดินเมืองเก่าเชียงใหม่"]

    check_in(line=order.lines.get(), by=owner, at=departure.starts_at)
    phone.at = departure.starts_at + timedelta(hours=4)
    assert ask_for_reviews_due(phone.at) == 1
    phone.work()
    phone.tap(quick(phone.screen())["★★★★★"])
    assert list(Review.objects.values_list("stars", "name")) == [(5, "ลูกค้า")]
    assert MonthUse.objects.get(month="2026-11-01").since == 3  # confirmed, reminder, question: the rest was free


def test_a_worker_that_dies_before_the_reminder_is_queued_reminds_afterwards(phone, departure, at, monkeypatch):
    phone.follow()
    order = book(phone, departure)
    Order.objects.filter(pk=order.pk).update(status="confirmed", paid_satang=order.total_satang, confirmed_at=at)
    soon = departure.starts_at - timedelta(hours=20)

    def dies(**_said):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr("tourdee.channels.line.actions.saying.send", dies)
        with pytest.raises(Killed):
            remind_due(soon)
    assert (ChatOrder.objects.get(order=order).reminded_at, remind_due(soon)) == (None, 1)


def test_a_reminder_and_a_question_are_said_once(phone, departure, at):
    phone.follow()
    order = book(phone, departure)
    Order.objects.filter(pk=order.pk).update(
        status="confirmed", paid_satang=order.total_satang, confirmed_at=at, due_now_satang=order.total_satang
    )
    soon = departure.starts_at - timedelta(hours=3)
    assert [remind_due(soon), remind_due(soon)] == [1, 0]
    order.lines.update(arrived=2, checked_in_at=departure.starts_at)
    after = departure.starts_at + timedelta(hours=4)
    assert [ask_for_reviews_due(after), ask_for_reviews_due(after)] == [1, 0]


def test_who_did_not_come_is_not_asked_how_it_was(phone, departure, at):
    order = book(phone, departure)
    Order.objects.filter(pk=order.pk).update(status="confirmed", paid_satang=order.total_satang, confirmed_at=at)
    assert ask_for_reviews_due(departure.starts_at + timedelta(hours=4)) == 0


def test_a_slip_without_an_open_booking_waits_in_the_inbox(phone):
    phone.follow()
    assert phone.send_picture(a_slip().read()) == []
    kept = Message.objects.get(by="customer")
    assert kept.picture.startswith("line/")


def test_with_two_open_bookings_it_is_asked_for_which_one_the_slip_is(phone, departure, tour, at):
    first, second = book(phone, departure), book(phone, a_departure(tour, starts_at=in_days(at, 8)), "1")
    said = phone.send_picture(a_slip().read())
    assert said[0]["text"] == "ขอบคุณสำหรับรูป เป็นสลิปของรายการไหน"
    phone.tap(quick(said)[f"{first.code} ฿2,400"])
    assert (first.slips.count(), second.slips.count()) == (1, 0)


def test_the_same_slip_twice_is_one(phone, departure):
    order = book(phone, departure)
    picture = a_slip().read()
    phone.send_picture(picture)
    phone.send_picture(picture)
    assert order.slips.count() == 1


def test_a_file_that_is_no_picture_is_refused_kindly(phone, departure):
    order = book(phone, departure)
    assert phone.send_picture(b"%PDF-1.7 not a picture")[0]["type"] == "text"
    assert order.slips.count() == 0


def test_who_asks_for_a_person_gets_no_automatic_answers_but_taps_still_work(phone, departure):
    phone.follow()
    phone.tap("a=person")
    talk = Conversation.objects.get()
    assert (talk.by_person, talk.unread) == (True, 1)
    assert phone.write("มีทัวร์อะไรบ้าง") == []
    assert phone.tap("a=tours")[0]["type"] == "flex"


def test_the_shops_own_answer_goes_out_free_within_the_minute(phone, departure, owner, deliver_events):
    phone.tap("a=person")
    phone.write("ไปกันสี่คนได้ไหม")
    write_message(conversation=Conversation.objects.get(), author=owner, text="ได้เลย", key="k1", at=phone.at)
    deliver_events()
    phone.work()
    assert phone.screen()[-1] == {"type": "text", "text": "ได้เลย"}
    assert Outgoing.objects.latest("pk").paid is False
    assert Message.objects.get(text="ได้เลย").state == "sent"


def test_a_booking_that_the_shop_lets_be_paid_on_the_day_is_said_to_stand(phone, departure, owner, deliver_events):
    order = book(phone, departure)
    change_chat_order(
        order=order, by=owner, buyer=Buyer(name="คุณลูกค้า", phone=""),
        items=items_of(order.lines.all()), hold=timedelta(hours=3), at=phone.at,
        idempotency_key="change", agreed=Agreed(on_the_day=True),
    )  # fmt: skip
    deliver_events()
    phone.work()
    card, said = phone.screen()[-2:]
    assert (words(card)[0], "จ่ายในวันเดินทาง" in said["text"]) == ("จองให้แล้ว", True)


def test_a_failed_answer_that_is_sent_again_arrives(phone, owner, deliver_events):
    phone.write("สวัสดี")
    talk = Conversation.objects.get()
    message = write_message(conversation=talk, author=owner, text="ได้เลย", key="k1", at=phone.at)
    MonthUse.objects.update(told=300)
    deliver_events()
    phone.work()
    message.refresh_from_db()
    assert message.state == "failed"
    MonthUse.objects.update(told=0)
    send_again(message=message, by=owner)
    deliver_events()
    phone.work()
    message.refresh_from_db()
    assert (message.state, phone.screen()[-1]["text"]) == ("sent", "ได้เลย")


def test_an_answer_that_line_would_refuse_is_shown_as_failed(phone, owner, deliver_events):
    phone.write("สวัสดี")
    write_message(conversation=Conversation.objects.get(), author=owner, text="🐘" * 2501, key="k1", at=phone.at)
    deliver_events()
    message = Message.objects.get(by="person")
    assert (message.state, message.why_failed) == (
        "failed", "ข้อความยาวเกินที่ LINE รับได้ ไม่เกิน 5000 ตัวอักษร ย่อลงหน่อย",
    )  # fmt: skip


def test_who_blocked_the_shop_is_not_written_to(phone, departure, owner, at, deliver_events):
    order = book(phone, departure)
    phone.unfollow()
    Order.objects.filter(pk=order.pk).update(status="confirmed", paid_satang=order.total_satang, confirmed_at=at)
    assert remind_due(departure.starts_at - timedelta(hours=3)) == 0
    assert Follower.objects.get().left_at is not None


def test_a_known_question_is_answered_and_nobody_waits_an_unknown_one_waits(phone, departure):
    phone.write("มีทัวร์อะไรบ้าง")
    assert Conversation.objects.get().waiting_since is None
    phone.write("ขอบิลในนามบริษัทได้ไหม")
    assert Conversation.objects.get().waiting_since is not None


def test_what_was_withdrawn_before_it_came_is_never_kept(phone):
    phone.does({"type": "unsend", "unsend": {"messageId": "m-late"}})
    phone.does({"type": "message", "message": {"type": "text", "id": "m-late", "text": "รหัสบัตรของฉัน"}})

    assert not Message.objects.filter(text="รหัสบัตรของฉัน").exists()
    assert "รหัสบัตรของฉัน" not in str(list(Event.objects.values_list("body", flat=True)))


def test_what_was_withdrawn_is_forgotten_everywhere(phone):
    phone.does({"type": "message", "message": {"type": "text", "id": "m-secret", "text": "เบอร์ผม 0812345678"}})
    phone.does({"type": "unsend", "unsend": {"messageId": "m-secret"}})
    assert "0812345678" not in "".join(Message.objects.values_list("text", flat=True))
    assert "0812345678" not in "".join(str(body) for body in Event.objects.values_list("body", flat=True))


def test_an_order_belongs_to_one_chat(phone, departure):
    order = book(phone, departure)
    assert ChatOrder.objects.get().order == order
