"""A guide sets up a weekly tour at 360 px: every Saturday and Sunday, not at New Year, dearer in one season; a guest sees
exactly those dates."""

import re
from datetime import date, datetime, timedelta

from tourdee.core.dates import BANGKOK, short_date

SHOP = "สมหญิง บางบัว"
GUIDE = "พี่สมหญิง"


def saturday_in(weeks: int) -> date:
    """The Saturday of the week after so many weeks."""
    today = datetime.now(tz=BANGKOK).date()
    return today + timedelta(days=(5 - today.weekday()) % 7, weeks=weeks)


def test_a_guide_sets_up_a_weekly_tour_with_exceptions(person):
    guide, guest = person(), person()
    guide.sign_in_as(SHOP)
    tour = first_tour(guide)
    make_schedule(guide, tour)
    first, second = saturday_in(3), saturday_in(4)
    take_off(guide, tour, first)
    see_and_undo(guide, tour, second)
    add_season(guide, tour, second)
    add_guide(guide)
    check_as_guest(guest, guide, tour, first, second)


def first_tour(guide) -> str:
    guide.go("/my/shop/")
    links = guide.page.locator("main a[href^='/my/tours/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return next(link for link in links if re.fullmatch(r"/my/tours/\w{16}/", link))


def make_schedule(guide, tour: str) -> None:
    """Sat and Sun at half past six, eight seats."""
    guide.go(f"{tour}dates/")
    guide.follow("ตั้งตารางประจำ")
    for day in ("5", "6"):
        guide.page.locator(f"[name=weekdays][value='{day}']").check()
    guide.fill(times="06.30", capacity="8", first_day=f"{datetime.now(tz=BANGKOK):%Y-%m-%d}", days_ahead="90")
    guide.send()
    assert guide.says("เปิดรอบใหม่")
    assert guide.says("06:30 · ทุกสัปดาห์")


def month_of(day: date) -> str:
    return f"?month={day:%Y-%m}"


def tap(guide, day: date) -> None:
    guide.page.locator(f"label:has([name=day][value='{day.isoformat()}'])").click()


def take_off(guide, tour: str, day: date) -> None:
    """An exception: tap the day, take it off, agree."""
    guide.go(f"{tour}dates/{month_of(day)}")
    tap(guide, day)
    guide.page.locator("#month button[value=remove]").click()
    guide.page.wait_for_load_state()
    guide.look()
    assert guide.says("ยังไม่มีอะไรเปลี่ยน")
    guide.press("แก้เลย")
    assert guide.says("แก้แล้ว")


def see_and_undo(guide, tour: str, day: date) -> None:
    """Close a day by mistake and take it back."""
    guide.go(f"{tour}dates/{month_of(day)}")
    tap(guide, day)
    guide.page.locator("#month button[value=close]").click()
    guide.press("แก้เลย")
    cell = guide.page.locator(f"label:has([name=day][value='{day.isoformat()}'])")
    assert "day-closed" in cell.get_attribute("class")
    guide.press("เลิกทำ")
    guide.go(f"{tour}dates/{month_of(day)}")
    cell = guide.page.locator(f"label:has([name=day][value='{day.isoformat()}'])")
    assert "day-open" in cell.get_attribute("class")


def add_season(guide, tour: str, day: date) -> None:
    guide.go(f"{tour}dates/")
    guide.follow("เพิ่มฤดูกาล")
    guide.fill(name_th="เทศกาล", first_day=day.isoformat(), last_day=day.isoformat())
    price = guide.page.locator("main [name^=price_]").first
    price.fill("1,999")
    guide.form = price.locator("xpath=ancestor::form")
    guide.send()
    assert guide.says("เทศกาล")


def add_guide(guide) -> None:
    guide.go("/my/resources/")
    guide.fill(kind="guide", name=GUIDE, buffer_minutes="0")
    guide.send()
    guide.go("/my/calendars/")
    guide.press("สร้าง", exact=True)
    assert guide.says("/calendar/")


def check_as_guest(guest, guide, tour: str, off: date, dear: date) -> None:
    """The date taken off is not there; the other is, at its own price."""
    guide.go(tour)
    page = guide.page.locator("main a[href*='/s/'][href*='/tours/']").first.get_attribute("href")
    guest.go(page.removeprefix(guest.site))
    for folded in guest.page.locator("#book details").all():
        folded.evaluate("one => one.open = true")
    lines = guest.page.locator("#book .choices li").all_inner_texts()
    mornings = [line for line in lines if "06.30" in line]
    assert [line for line in mornings if short_date(off, "th") in line] == []
    assert ["฿1,999" in line for line in mornings if short_date(dear, "th") in line] == [True]
