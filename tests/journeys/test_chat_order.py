"""Sold in a chat at 360 px: the seller makes the order, the guest opens the short link, pays, sends the slip; the seller's
open page says so by itself."""

import re
import time

import pytest


@pytest.fixture
def slip(tmp_path) -> str:
    """A picture with a mini QR of a transfer of its own."""
    import segno

    from tourdee.shop.payment_methods.slip_qr import written

    path = tmp_path / "slip.png"
    segno.make(written("004", f"{time.time_ns()}"[:17])).save(str(path), scale=8, border=6)
    return str(path)


def test_a_chat_order_is_paid_by_slip(person, slip):
    seller, guest = person(), person()
    seller.sign_in_as("สมหญิง บางบัว")
    link = _made_in_chat(seller)

    guest.go(link)
    order = guest.page.url.removeprefix(guest.site)
    assert "/o/" in order
    assert guest.page.locator(".qr").count() == 1
    price = re.search(r"฿([\d,]+)", guest.page.locator("h1").inner_text())[1]
    guest.page.locator("main input[type=file]").first.set_input_files(slip)
    guest.page.locator("form:has(input[type=file]) button.btn-primary").click()
    guest.page.wait_for_load_state()
    guest.look()

    seller.page.get_by_text("ลูกค้าส่งสลิปแล้ว").wait_for()  # the open page asks by itself
    assert not seller.page.locator("[data-copy]").first.is_visible()  # and offers nothing to paste any more
    seller.follow("ดูสลิป")
    seller.fill(satang=price)
    seller.send()

    guest.go("/market/")
    guest.go(order)
    assert guest.page.locator("a[href$='.ics']").count() == 1


def _made_in_chat(seller) -> str:
    """Two people on the last date that has seats; the path of the link to paste."""
    seller.go("/my/orders/")
    seller.follow("ขายเลย")
    seller.page.locator("main a.row-link:has(.tag-ok)").last.click()
    seller.page.wait_for_load_state()
    seller.look()
    seller.page.locator("main input[name^=people-]").first.fill("2")
    seller.fill(name="คุณแนน ในแชต", hold="24h")
    seller.send()
    text = seller.page.locator("[data-copy]").first.get_attribute("data-copy")
    assert "คุณแนน ในแชต" in seller.page.locator("h1").inner_text()
    return "/p/" + text.rsplit("/p/", 1)[-1]
