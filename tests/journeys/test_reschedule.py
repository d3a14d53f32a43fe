"""A guest moves a paid booking to another date at 360 px, sees the price first, and finds the new date on the ticket."""

from .steps import selling
from .test_chat_order import slip  # noqa: F401  (a fixture)

TOUR = "Morning boat to the orchards"


def test_a_guest_reschedules(person, slip):  # noqa: F811  (the fixture)
    guest, seller = person(language="en"), person()
    seller.sign_in_as("สมหญิง บางบัว")
    guest.go("/market/")
    guest.page.get_by_role("link", name=TOUR).first.click()
    guest.page.wait_for_load_state()
    order = selling.book_and_pay(guest, guest.page.url.removeprefix(guest.site), slip, date=3)
    selling.confirm_money(seller, satang="1780")
    guest.go(order)
    before = guest.page.locator(".ticket .big").inner_text()

    guest.follow("Another date")
    guest.page.locator("main input[name=to]").last.check()
    guest.page.locator("main form[method=get] button").click()
    guest.page.wait_for_load_state()
    guest.look()
    assert guest.says("Is this the right day?")
    guest.press("Move my booking")
    assert "/o/" in guest.page.url
    after = guest.page.locator(".ticket .big").inner_text()
    assert after != before
