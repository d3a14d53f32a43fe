"""A guide at a pier without a network: guests are checked in, the phone is closed and opened, the network comes back."""

import re

import pytest

from .steps import meeting

SELLER = "สมหญิง บางบัว"


@pytest.fixture
def guide(person):
    """The guide's phone, with the guests of the day on it."""
    someone = person()
    someone.sign_in_as(SELLER)
    meeting.open_check_in(someone)
    return someone


def test_guests_are_checked_in_with_the_network_cut_and_then_back(guide, person):
    office = person(width=1280, height=900)
    office.sign_in_as(SELLER)
    meeting.open_departure(guide)
    single, party, pair = (meeting.code_of(guide, name) for name in ("ศิริพร", "Anna Weber", "Kenji Mori"))
    office.go(f"/my/orders/{pair}/cancel/")
    guide.context.set_offline(True)
    guide.page.reload()
    guide.page.locator("[data-guests] li").first.wait_for()

    meeting.type_code(guide, single.lower())
    assert "ยินดีต้อนรับ" in meeting.verdict(guide, "good")
    meeting.type_code(guide, single)
    assert "ตั๋วใบนี้ใช้แล้ว" in meeting.verdict(guide, "bad")
    meeting.type_code(guide, party)
    meeting.come(guide, 2)
    assert "Anna Weber" in meeting.verdict(guide, "good")
    assert "2 จาก 3" in meeting.guest(guide, "Anna Weber").inner_text()
    meeting.type_code(guide, pair)
    meeting.come(guide, 2)
    meeting.waits_to_send(guide, 3)
    guide.page.reload()
    assert "2 จาก 3" in meeting.guest(guide, "Anna Weber").inner_text()

    office.fill(reason="ลูกค้าป่วย")
    office.page.locator("main form .btn-danger").click()  # cancelled in the office, while the phone hears nothing
    office.page.wait_for_load_state()
    guide.context.set_offline(False)
    meeting.is_sent(guide)
    guide.page.locator("[data-trouble-list] li", has_text="Kenji Mori").wait_for()
    assert "ถูกยกเลิก" in guide.page.locator("[data-trouble-list]").inner_text()
    guide.look()
    office.go(guide.page.locator("[data-manifest]").get_attribute("href"))
    row = office.page.locator("tr", has_text="Anna Weber")
    assert "มาแล้ว 2 จาก 3 คน" in row.inner_text()
    assert office.says("การจองนี้ถูกยกเลิกแล้ว")


def test_a_ticket_for_another_departure_is_refused_loudly_without_a_network(guide):
    meeting.open_departure(guide, 1)
    elsewhere = meeting.code_of(guide, "Tom Baker")
    guide.page.go_back()
    meeting.open_departure(guide)
    guide.context.set_offline(True)
    meeting.type_code(guide, elsewhere)
    said = meeting.verdict(guide, "bad")
    assert ("Tom Baker" in said, "ผิดรอบ" in said, "ล่องเรือ" in said) == (True, True, True)
    meeting.type_code(guide, "HALLO")
    assert "ไม่พบรหัสนี้" in meeting.verdict(guide, "bad")
    meeting.type_code(guide, "ABCD2345")
    assert "ไม่อยู่ในรายชื่อในเครื่อง" in meeting.verdict(guide, "ask")
    guide.context.set_offline(False)
    meeting.is_sent(guide)
    assert "ไม่พบรหัสนี้" in guide.page.locator("[data-trouble-list]").inner_text()


def test_where_the_camera_is_refused_the_code_is_typed(guide):
    meeting.open_departure(guide)
    guide.page.locator("[data-camera]").click()
    guide.page.locator("[data-no-camera]").wait_for()
    assert guide.page.evaluate("document.activeElement.id") == "code"


def test_signing_out_leaves_no_guest_on_the_phone(guide):
    guide.go("/account/profile/")
    guide.press("ออกจากระบบ")
    kept = "(async () => [(await indexedDB.databases()).length, (await caches.keys()).length, localStorage.length])()"
    guide.page.wait_for_function(f"async () => (await {kept}).join() === '0,0,0'")


def test_a_day_that_is_over_is_forgotten_on_whatever_page_opens_next(guide):
    guide.page.evaluate("localStorage.setItem('guests-until', '2026-01-01T00:00:00.000Z')")
    guide.go("/market/")
    guide.page.wait_for_function(
        "async () => !(await indexedDB.databases()).some((one) => one.name === 'tourdee-guests')"
    )


def test_a_session_that_ended_keeps_what_was_scanned(guide):
    meeting.open_departure(guide)
    guide.context.clear_cookies()
    name = guide.page.locator("[data-guests] li", has=guide.page.locator("[data-is=go]:visible")).first
    name.locator("[data-is=go]").click()
    if guide.page.locator("[data-party-go]").is_visible():
        guide.page.locator("[data-party-go]").click()
    guide.page.locator("[data-signed-out]").wait_for()
    meeting.waits_to_send(guide, 1)
    guide.page.locator("[data-signed-out] a").click()
    guide.press(re.compile(SELLER))
    guide.page.goto(f"{guide.site}/my/check-in/")
    meeting.is_sent(guide)
