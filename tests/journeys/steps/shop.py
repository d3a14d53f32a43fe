"""The shop: open it, hand in the papers, do the missions, put a tour and a product on sale."""

import re
from datetime import datetime, timedelta

from tourdee.core.dates import BANGKOK

from .course import NAME

SHOP = "บ้านขนมมะปราง"
TOUR = "พายเรือเข้าสวนมะพร้าว หยอดขนมครก"
PRODUCT = "น้ำพริกเผาสูตรคุณยาย"
REGISTRATION = "1101700207030"
LICENCE = "75/00123"


def open_shop(learner, photos: list[str]) -> None:
    """Five short steps."""
    learner.go("/my/shop/")
    learner.follow("เปิดร้านของฉัน")
    learner.fill(name_th=SHOP, province="75")
    learner.send()
    learner.fill(kind="natural", name=NAME, address="9 หมู่ 1 ต.บางช้าง อ.อัมพวา จ.สมุทรสงคราม 75110", phone="0819990001")
    learner.send()
    learner.fill(promptpay="0819990001", promptpay_name="มะปราง ใจสู้")
    learner.send()
    learner.follow(re.compile("ชื่อถูก"))
    learner.fill(story_th="ขนมครกเตาถ่านสูตรคุณยาย ทำกับมือทุกเช้าที่บ้านริมคลอง", cover=[photos[0]])
    learner.send()
    learner.press("เปิดร้านเลย")
    assert learner.says(SHOP)


def hand_in_paper(learner, kind: str, number: str, photo: str, **more: str) -> None:
    learner.go(f"/papers/add/{kind}/")
    learner.fill(number=number, picture=[photo], **more)
    learner.send()


def check_paper(officer) -> None:
    officer.go("/papers/checks/")
    officer.follow(re.compile(NAME))
    officer.press(re.compile("^\\s*(ถูกต้อง|ผ่าน|รับ|อนุมัติ)"))


def send_missions(learner) -> None:
    """Links for the rooms that an instructor looks at."""
    for mission, link in (
        ("line-oa-connected", "https://line.me/R/ti/p/@maprang"),
        ("facebook-first-post", "https://facebook.com/maprang"),
    ):
        learner.go(f"/learn/missions/{mission}/")
        learner.fill(link=link)
        learner.send()


def accept_missions(instructor) -> None:
    """Everything that waits is accepted."""
    instructor.go("/learn/reviews/")
    links = instructor.page.locator("main a[href^='/learn/reviews/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    for link in dict.fromkeys(link for link in links if re.fullmatch(r"/learn/reviews/\w{16}/", link)):
        instructor.go(link)
        instructor.press(re.compile("^\\s*ให้ผ่าน"))


def write_tour(learner, photos: list[str]) -> str:
    """Words, a price, pictures, a date. Returns its address in the shop."""
    learner.go("/my/tours/new/")
    learner.fill(kind="tour", name_th=TOUR, summary_th="พายเรือเข้าสวนมะพร้าวตอนเช้า แวะหยอดขนมครกเตาถ่านด้วยตัวเอง",
                 description_th="ออกจากท่าบ้านมะปรางตอนเก้าโมง พายไปตามคลองเล็กที่ร่มทั้งสาย แล้วหยอดขนมครกกินร้อน ๆ เด็กเจ็ดขวบก็ไปได้",
                 included_th="เรือและเสื้อชูชีพ\nวัตถุดิบ\nน้ำดื่ม", meeting_point_th="ท่าบ้านมะปราง ริมคลองอัมพวา", province="75", hours="3",
                 minimum_group="1", maximum_group="8", cut_off_hours="2",
                 name_en="Rowing into a coconut garden", summary_en="Row down a shady canal and bake your own khanom khrok")  # fmt: skip
    learner.page.locator("[name=languages][value=th]").check()
    learner.send()
    tour = re.search(r"/my/tours/\w+/", learner.page.url).group(0)
    learner.go(f"{tour}prices/")
    learner.fill(**{"price-0-name_th": "ผู้ใหญ่", "price-0-price_satang": "450", "price-0-seats": "1"})
    learner.send()
    learner.go(f"{tour}pictures/")
    learner.fill(pictures=photos[:3])
    learner.send()
    learner.go(f"{tour}dates/")
    learner.fill_in(
        "#add", day=f"{datetime.now(tz=BANGKOK) + timedelta(days=10):%Y-%m-%d}", start="09:00", capacity="6"
    )
    learner.send()
    return tour


def meet_the_gate(learner, tour: str) -> None:
    """A tour is not sold without a licence: who tries is led to the lawful ways."""
    learner.go(tour)
    assert learner.says("ก่อนขายทัวร์นี้ต้องมีใบอนุญาตนำเที่ยว")
    learner.press("เปิดขาย")
    assert learner.page.url.endswith("/my/shop/ways/")


def publish_tour(learner, tour: str) -> str:
    """On sale, its licence on the page. Returns its public address."""
    learner.go(tour)
    learner.press("เปิดขาย")
    public = learner.page.locator("main a[href*='/tours/'][href*='/s/']").first.get_attribute("href")
    learner.go(public)
    assert learner.says(LICENCE)
    return public.removeprefix(learner.site)


def publish_product(learner, photos: list[str]) -> None:
    learner.go("/my/products/new/")
    learner.fill(name_th=PRODUCT, description_th="พริกแห้งคั่วเตาถ่าน ตำมือ ไม่ใส่สารกันบูด น้ำหนักสุทธิ 180 กรัม เก็บในตู้เย็นได้สามเดือน",
                 unit_th="กระปุก", name_en="Grandmother's chilli paste", unit_en="jar")  # fmt: skip
    learner.send()
    product = re.search(r"/my/products/\w+/", learner.page.url).group(0)
    learner.go(f"{product}prices/")
    prefix = (
        learner.page.locator("main input[name$='-0-price_satang']").get_attribute("name").removesuffix("price_satang")
    )
    learner.fill(**{f"{prefix}price_satang": "120", f"{prefix}stock": "12"})
    learner.send()
    learner.go(f"{product}pictures/")
    learner.fill(pictures=photos[1:4])
    learner.send()
    learner.go(product)
    learner.press("เปิดขาย")
