"""A Facebook Page at 360 px against its twin: connected step by step, an item posted, a comment turned into an order."""

import re


def test_a_comment_below_a_post_becomes_an_order(person):
    seller = person()
    seller.sign_in_as("สมชาย ริมน้ำ")
    seller.go("/my/facebook/connect/")
    seller.press("ฝึกซ้อมกับเพจจำลอง")
    _wait_for(seller, "ขั้นที่ 2")
    seller.press("ให้ Facebook จำลองติดต่อมา")
    _wait_for(seller, "ใช้งานได้ครบแล้ว")

    seller.go("/my/facebook/")
    seller.follow("เขียน/ตั้งเวลา")
    seller.send_empty()
    seller.page.get_by_text("อยู่บนเพจของคุณแล้ว").wait_for()

    seller.go("/my/facebook/practice/")
    seller.press("แสดงความคิดเห็น", exact=True)
    seller.go("/my/facebook/comments/")
    _wait_for(seller, "สั่ง 2")
    seller.follow(re.compile("คุณนก"))
    seller.press("ใช่ สร้างคำสั่งซื้อ")
    assert "คุณนก" in seller.page.locator("h1").inner_text()
    assert "/p/" in (seller.page.locator("[data-copy]").first.get_attribute("data-copy") or "")


def _wait_for(seller, words: str) -> None:
    """The worker needs some seconds."""
    for _turn in range(30):
        if seller.says(words):
            return
        seller.page.wait_for_timeout(500)
        seller.page.reload()
    raise AssertionError(f"{words} never appeared")
