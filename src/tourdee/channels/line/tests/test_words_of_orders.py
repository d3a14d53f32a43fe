"""Whatever happens to an order is said in the chat in which it was made: who bought there left no other address."""

import pytest

from tourdee import events
from tourdee.events import publish

from ..models import Outgoing
from .test_chat_shop import words
from .test_purchase import book

ABOUT = [
    (events.RefundRecorded, {"satang": 60000}, "คืนเงินให้แล้ว", "คนขายโอนคืนให้ ฿600 แล้ว ลองดูในบัญชีธนาคาร"),
    (events.OrderPartCancelled, {"refund_satang": 60000}, "ลดจำนวนในการจองแล้ว", "เงินที่ต้องคืนจะคืนให้"),
    (events.OrderPartCancelled, {"refund_satang": 0}, "ลดจำนวนในการจองแล้ว", ""),
    (events.RestPaid, {}, "จ่ายครบแล้ว", "ขอบคุณ ได้รับส่วนที่เหลือแล้ว"),
    (events.GroupGoes, {}, "รอบนี้ออกแน่นอน", "แล้วพบกัน"),
    (events.OtherDateChosen, {}, "การจองเปลี่ยนวันแล้ว", ""),
    (events.ReturnDecided, {"accepted": True, "answer": ""}, "คนขายรับคืนสินค้า", "แตะปุ่มเพื่อดูขั้นตอนต่อไป"),
    (events.ReturnDecided, {"accepted": False, "answer": "ซักแล้ว 100%"}, "คนขายไม่รับคืนสินค้า", "ซักแล้ว 100%"),
    (events.ReturnReceived, {"satang": 35000}, "สินค้ากลับถึงร้านแล้ว", "คนขายจะคืนเงินค่าสินค้าให้ ฿350"),
]


@pytest.mark.parametrize(("event", "more", "heading", "sentence"), ABOUT)
def test_it_is_said_once_with_the_sum(phone, departure, owner, deliver_events, event, more, heading, sentence):
    phone.follow()
    order = book(phone, departure)
    happened = event(user=owner.public_id, order=order.public_id, **more)
    for _twice in range(2):
        publish(happened)
        deliver_events()
    phone.work()
    said = phone.screen()[-2:] if sentence else phone.screen()[-1:]
    assert words(said[0])[0] == heading
    assert sentence in said[-1].get("text", "")
    assert Outgoing.objects.filter(key__endswith=order.public_id).count() == 1


def test_guests_are_asked_in_the_chat_for_what_the_shop_must_know(phone, departure, deliver_events):
    phone.follow()
    order = book(phone, departure)
    publish(events.GuestsAsked(order=order.public_id))
    deliver_events()
    phone.work()
    assert words(phone.screen()[-1])[0] == "ใกล้ถึงวันเดินทางแล้ว"
