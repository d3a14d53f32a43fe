"""What customers wrote in the demo: one talk of each way, some answered, some waiting."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tourdee.inbox.actions import receive_message, record_program_message
from tourdee.inbox.actions.answers import save_answer
from tourdee.inbox.actions.handling import link_order, write_note
from tourdee.inbox.models import Conversation
from tourdee.shop.models import Order, Shop

from .cast import person

# (channel, contact, name, [(minutes ago, who, text)])
TALKS: list[tuple[str, str, str, list[tuple[int, str, str]]]] = [
    ("line", "demo-nan", "คุณแนน", [
        (190, "customer", "สวัสดีค่ะ ทัวร์เดินเมืองเก่าวันเสาร์ยังว่างไหมคะ ไป 2 คน"),
        (189, "program", "วันเสาร์ยังว่างค่ะ กดดูรอบและราคาที่เมนูด้านล่างได้เลย"),
        (25, "customer", "ได้ลิงก์แล้วค่ะ เดี๋ยวโอนบ่ายนี้นะคะ มีที่จอดรถไหมคะ"),
    ]),
    ("storefront", "emma@demo.tourdee.example", "Emma Clarke", [
        (1500, "customer", "Hello! Is the walk fine with a stroller? Our daughter is two."),
    ]),
    ("storefront", "+66800008444", "ป้าสมพร", [(12, "customer", "ไปกัน 12 คน ผู้สูงอายุ 4 คน เดินไหวไหมลูก โทรกลับหน่อยนะ")]),
]  # fmt: skip
ANSWERS = [
    ("ที่จอดรถ", "จอดรถได้ที่ลานวัดหน้าจุดนัดพบ ฟรีค่ะ"),
    ("จ่ายเงิน", "คุณ {name} คำสั่งซื้อ {order} จ่ายได้ที่ {paylink} ค่ะ"),
]
ANSWERED = partial(record_program_message, answers=True)


def load_talks(at: datetime) -> None:
    """A living inbox for the first shop. A channel that this installation does not have leaves its talk unanswered."""
    shop = Shop.objects.get(owner=person("somying"))
    for channel, contact, name, said in TALKS:
        for number, (minutes, who, text) in enumerate(said):
            known: dict[str, Any] = {"shop": shop, "channel": channel, "contact": contact, "name": name, "text": text}
            take_in: Any = receive_message if who == "customer" else ANSWERED
            take_in(**known, outside_id=f"demo-{contact}-{number}", at=at - timedelta(minutes=minutes))
    for title, text in ANSWERS:
        save_answer(shop=shop, title=title, text=text)
    _order_beside(shop, at)


def _order_beside(shop: Shop, at: datetime) -> None:
    """The chat order that waits for its money belongs to one of them."""
    talk = Conversation.objects.get(shop=shop, contact="demo-nan")
    link_order(conversation=talk, order=Order.objects.filter(idempotency_key="demo-chat").first())
    write_note(
        conversation=talk, author=shop.owner, text="มากับคุณแม่ เดินช้าหน่อย", key="demo", at=at - timedelta(minutes=20)
    )
