"""The meeting point: a phone with the day's guests, a network that comes and goes, codes that are typed."""

import re


def open_check_in(guide) -> None:
    """With a network: the page keeps itself and the guests on the phone."""
    guide.go("/my/check-in/")
    guide.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    guide.page.locator("[data-departures] a").first.wait_for()
    guide.page.wait_for_function("async () => (await caches.keys()).length > 0")


def open_departure(guide, number: int = 0) -> None:
    """The guests of the first or second departure that is booked at all."""
    counts = guide.page.locator("[data-is=count]", has_text="จาก")
    guide.page.locator("[data-departures] a", has=counts).nth(number).click()
    guide.page.locator("[data-guests] li").first.wait_for()
    guide.look()


def code_of(guide, name: str) -> str:
    return guest(guide, name).locator("[data-is=code]").inner_text()


def guest(guide, name: str):
    return guide.page.locator("[data-guests] li", has_text=name)


def type_code(guide, code: str) -> None:
    guide.page.locator("#code").fill(code)
    guide.page.locator("[data-typed] button").click()


def come(guide, number: int) -> None:
    """So many of the party that is asked about."""
    guide.page.locator("[data-party] input").first.fill(str(number))
    guide.page.locator("[data-party-go]").click()


def verdict(guide, looks: str) -> str:
    """What the loud panel says, once it has that look."""
    panel = guide.page.locator(f"[data-verdict].{looks}")
    panel.wait_for()
    return panel.inner_text()


def waits_to_send(guide, number: int) -> None:
    guide.page.locator("[data-signal]", has_text=re.compile(rf"\({number} ")).wait_for()


def is_sent(guide) -> None:
    guide.page.locator("[data-signal]:not(.off)").wait_for()
