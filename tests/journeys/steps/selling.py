"""The sale: book, pay by PromptPay, confirm the money, see the ticket and the income."""

import re
from io import BytesIO

from .shop import SHOP


def book_and_pay(buyer, tour: str, slip: str, *, date: int = 0) -> str:
    """Tour page, basket, details, payment; two seats on one of the dates shown. Returns the secret address of the order."""
    buyer.go(tour)
    if date:
        buyer.page.locator("main input[name=departure]").nth(date).check()
    buyer.page.locator("main input[name=quantity]").first.fill("2")
    buyer.page.locator("form[action$='/basket/'] button.btn-primary").click()
    buyer.page.wait_for_load_state()
    buyer.look()
    buyer.page.locator("main button[name=onward]").click()
    buyer.page.wait_for_load_state()
    buyer.look()
    buyer.fill(name="Anna Weber", phone="+66 81 777 0001", email="anna@example.org", agree=True)
    buyer.send()
    order = buyer.page.url.removeprefix(buyer.site)
    assert "/o/" in order
    assert promptpay_code(buyer)[-8:-4] == "6304"
    buyer.page.locator("main input[type=file]").first.set_input_files(slip)
    buyer.page.locator("form:has(input[type=file]) button.btn-primary").click()
    buyer.page.wait_for_load_state()
    buyer.look()
    return order


def promptpay_code(buyer) -> str:
    """What a bank app reads off the screen."""
    import zxingcpp
    from PIL import Image

    return zxingcpp.read_barcodes(Image.open(BytesIO(buyer.page.locator(".qr").first.screenshot())))[0].text


def confirm_money(seller, *, satang: str = "900") -> None:
    """The seller looks into the bank app and confirms the amount."""
    seller.go("/my/orders/")
    seller.follow(re.compile("Anna Weber"))
    seller.fill(satang=satang)
    seller.send()
    assert seller.says("Anna Weber")


def refuse_slip(seller, buyer: str) -> None:
    """The money is not there yet: the slip is refused with a reason."""
    seller.go("/my/orders/")
    seller.follow(re.compile(buyer))
    refusal = seller.page.locator("form[action$='/refuse/']")
    refusal.locator("xpath=ancestor::details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    refusal.locator("[name=why]").first.check()
    refusal.locator("button").last.click()
    seller.page.wait_for_load_state()
    seller.look()


def see_ticket(buyer, order: str) -> None:
    buyer.go(order)
    assert buyer.page.locator("a[href$='.ics']").count() == 1


def see_income(officer, cohort: str) -> None:
    """The tour's 900 baht stand on the office's dashboard, beside the shop's name."""
    officer.go(f"/office/impact/?of=cohort:{cohort.strip('/').split('/')[-1]}")
    row = officer.page.locator("tr", has_text=SHOP)
    assert "฿900" in row.inner_text()
