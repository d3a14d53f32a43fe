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
    assert seller.says("ดูและสั่งซื้อ")

    seller.go("/my/line/news/new/")
    seller.fill(text="ผ้าทอผืนใหม่ลงแล้ว", audience="everyone")
    seller.send()
    assert seller.says("ใช้ข้อความเสียเงิน 1 ข้อความ ส่งแล้วเดือนนี้เหลือ 299")
    seller.page.on("dialog", lambda dialog: dialog.accept())
    seller.press("ส่งถึง 1 คน")
    assert seller.says("ผลการส่ง")
    assert seller.troubles == []
