"""A traveller in English: finds a tour and a scarf, books, pays, is refused, pays again, cancels."""

import re
import time
from itertools import pairwise

import pytest

from .steps import selling


@pytest.fixture
def slip(tmp_path) -> str:
    """A picture with a mini QR such as banks print on transfer slips (bank 004, a reference of its own)."""
    import segno

    from tourdee.shop.payment_methods.slip_qr import written

    path = tmp_path / "slip.png"
    segno.make(written("004", f"{time.time_ns()}"[:17])).save(str(path), scale=8, border=6)
    return str(path)


def test_a_traveller_books_pays_and_cancels(person, slip):
    traveller, seller = person(width=1280, height=900, language="en"), person()
    seller.sign_in_as("สมหญิง บางบัว")

    traveller.go("/")
    traveller.follow("Visit the market")
    traveller.follow(re.compile("Morning boat to the orchards"))
    tour = traveller.page.url.removeprefix(traveller.site)
    assert traveller.says("Tour-business licence no. 13/01234")
    order = selling.book_and_pay(traveller, tour, slip)
    assert traveller.says("A slip is")

    selling.refuse_slip(seller, "Anna Weber")
    traveller.go(order)
    traveller.page.locator("main input[type=file]").first.set_input_files(slip)
    traveller.page.locator("form:has(input[type=file]) button.btn-primary").click()
    traveller.page.wait_for_load_state()
    traveller.look()
    selling.confirm_money(seller, satang="1780")
    selling.see_ticket(traveller, order)

    traveller.follow(re.compile("[Cc]ancel"))
    assert traveller.says("฿1,780") or traveller.says("฿890")
    traveller.page.locator("main form button").last.click()
    traveller.page.wait_for_load_state()
    traveller.look()
    assert traveller.says("ancelled")


def test_a_traveller_orders_goods_with_an_address(person):
    traveller = person(width=1280, height=900, language="en")
    traveller.go("/market/?kind=product")
    traveller.follow(re.compile("Indigo cotton scarf"))
    traveller.page.locator("form[action$='/basket/'] button.btn-primary").click()
    traveller.page.wait_for_load_state()
    traveller.look()
    traveller.page.locator("main button[name=onward]").click()
    traveller.page.wait_for_load_state()
    assert traveller.says("Please type the postcode")
    traveller.page.locator("main [name=place]").fill(
        "10110"
    )  # five digits are enough: the page finds the place by itself
    traveller.page.locator(".text-ok", has_text="Bangkok").wait_for()
    traveller.page.locator("main button[name=onward]").click()
    traveller.page.wait_for_load_state()
    traveller.send_empty()
    assert traveller.page.locator(".errorlist").count() >= 3
    traveller.fill(name="Kenji Mori", phone="+66 81 777 0002", email="kenji@example.org", house="88 Sukhumvit Road",
                   subdistrict="103301", agree=True)  # fmt: skip
    traveller.send()
    assert "/o/" in traveller.page.url
    assert traveller.says("฿495")  # ฿450 and ฿45 for the post to Bangkok, by weight


# (left, top) of each field of the market's opened filter
PLACES = """() => [...document.querySelectorAll("main details .field")].map(field => {
    const box = field.getBoundingClientRect(); return [Math.round(box.left), Math.round(box.top)]})"""


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (800, 2), (1280, 3)])
def test_the_markets_filter_stands_in_even_rows(person, width, columns):
    visitor = person(width=width, height=900, language="en")
    visitor.go("/market/?price=2000")
    places = visitor.page.evaluate(PLACES)
    lefts, tops = zip(*places, strict=True)
    assert (len(places), len(set(lefts))) == (6, columns)
    steps = [lower - upper for upper, lower in pairwise(sorted(set(tops)))]
    assert max(steps) - min(steps) <= 1  # px: half ones are rounded
