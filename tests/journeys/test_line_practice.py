"""A seller tries LINE on the telephone of the demo: connects for practice, buys as a customer, and sends news with the meter in sight."""

import re


def test_a_seller_connects_practises_and_sends_news(person):
    seller = person(width=360)
    seller.sign_in_as("บัวผัน นาข้าว")
    seller.go("/my/line/")
    seller.press("เชื่อมแบบฝึกซ้อม")
    assert seller.says("ร้านใน LINE")

    seller.follow(re.compile("ห้องซ้อมแชต"))
    assert seller.says("ยินดีต้อนรับ")
    seller.press("ของฝาก", nth=-1)
    seller.press("สั่งในแชตนี้", nth=-1)
    seller.press(re.compile("฿"), nth=-1)  # the last of its kinds
    seller.press("2", nth=-1)
    seller.press("สั่งเลย", nth=-1)
    assert seller.says("เก็บของไว้ให้แล้ว รอชำระเงิน")

    seller.go("/my/line/news/new/")
    seller.fill(text="ผ้าทอผืนใหม่ลงแล้ว", audience="everyone")
    seller.send()
    assert seller.says("ใช้ข้อความเสียเงิน 1 ข้อความ ส่งแล้วเดือนนี้เหลือ 299")
    seller.press("ส่งถึง 1 คน")
    seller.page.get_by_role(
        "heading", name="ผลการส่ง"
    ).wait_for()  # the worker sends it, and the open page tells by itself
    seller.look()
    assert seller.troubles == []


def test_a_first_timer_pastes_the_keys_and_sees_each_step_checked(person):
    seller = person(width=360)
    seller.sign_in_as("สมชาย ริมน้ำ")
    seller.go("/my/line/")
    seller.fill(channel_id="12345", secret="b" * 32, token="short")
    seller.send()
    assert seller.page.locator("main [aria-invalid=true]").count() == 2
    assert seller.page.locator("main [name=channel_id]").input_value() == "12345"
    seller.fill(channel_id="1234567890", secret="b" * 32, token="play-" + "c" * 120)
    seller.send()
    seller.page.get_by_text("ร้านใน LINE").first.wait_for()  # the worker asks, the open page looks again by itself
    seller.look()
    assert "play-" not in seller.page.content()
