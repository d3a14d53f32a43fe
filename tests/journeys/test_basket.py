"""The basket on a telephone: its total follows what is tapped, a key takes nothing out, and a mistake is seen."""

import re

SHOP = "/s/bang-bua-boats/"  # a shop with discount codes: its basket has more than one button that stays on the page
TOTAL = "main .price-big"


def with_sugar(person, language: str = "en"):
    buyer = person(language=language)
    buyer.go(SHOP)
    buyer.follow(re.compile("Coconut sugar"))
    buyer.page.locator("form[action$='/basket/'] button.btn-primary").click()
    buyer.page.wait_for_load_state()
    return buyer


def test_the_total_follows_what_is_tapped_and_the_hand_stays_where_it_is(person):
    buyer = with_sugar(person)
    more = buyer.page.get_by_role("button", name="One more").first
    more.focus()
    more.press("Enter")
    buyer.page.locator(TOTAL, has_text="฿290").wait_for()  # two bags and ฿50 for the post
    assert buyer.page.url.endswith("/en/basket/")
    assert buyer.page.evaluate("document.activeElement.ariaLabel") == "One more"
    assert buyer.page.locator("[data-basket-count]").first.inner_text() == "2"
    buyer.look()


def test_enter_in_the_basket_takes_nothing_out(person):
    buyer = with_sugar(person)
    buyer.press("Keep it in the basket and look around")
    assert buyer.page.url.endswith(SHOP)
    buyer.go("/basket/")
    buyer.page.locator("main [name=quantity]").first.fill("3")
    buyer.page.keyboard.press("Enter")
    buyer.page.locator(TOTAL, has_text="฿410").wait_for()


def test_five_digits_of_a_postcode_are_enough_beside_a_discount_code(person):
    buyer = with_sugar(person)
    buyer.page.locator("main [name=place]").fill("10110")
    buyer.page.locator(".text-ok", has_text="Bangkok").wait_for()


def test_what_is_missing_in_the_details_is_brought_into_sight(person):
    guest = person(language="en")
    guest.go(SHOP)
    guest.follow(re.compile("Morning boat to the orchards"))
    guest.press("Book", exact=True)
    guest.page.locator("main button[name=onward]").click()
    guest.page.wait_for_load_state()
    guest.send_empty()
    name = guest.page.locator("main [name=name]")
    assert name.evaluate("field => field === document.activeElement")
    box = name.bounding_box()
    assert 0 < box["y"] < 740 - box["height"]
