"""Every scene by name."""

from __future__ import annotations

from .palette import DAWN, DAY, DUSK, EVENING, GOLDEN, INDOORS
from .scenes import Scene, country, pantry, portraits, products, town, waterside, workshops

SUNRISE = (DAWN, GOLDEN, DUSK, DAY)

STEADY = (1.0, 1.0, 1.12, 1.06)
FACE = (600, 420)
TABLE = (600, 1000)
CLOSE = (1.12, 1.12, 1.24, 1.18)

CATALOGUE: dict[str, Scene] = {
    "longtail_boat_karst": Scene(waterside.longtail_boat_karst, "เรือหางยาวกลางหมู่เกาะหินปูน"),
    "floating_market": Scene(waterside.floating_market, "ตลาดน้ำยามเช้า เรือพายขายผลไม้"),
    "temple_old_town": Scene(town.temple_old_town, "วัดเก่าและเจดีย์ในเมืองเก่า"),
    "rice_terrace_homestay": Scene(country.rice_terrace_homestay, "โฮมสเตย์ริมนาขั้นบันได"),
    "mangrove_kayak": Scene(waterside.mangrove_kayak, "พายคายักลอดอุโมงค์โกงกาง"),
    "night_street_food": Scene(town.night_street_food, "ตลาดอาหารยามค่ำใต้โคมไฟ", EVENING),
    "mountain_sunrise": Scene(country.mountain_sunrise, "ชมตะวันขึ้นเหนือทะเลหมอก", SUNRISE),
    "bicycle_orchard": Scene(country.bicycle_orchard, "ปั่นจักรยานชมสวนผลไม้"),
    "cooking_class": Scene(workshops.cooking_class, "เรียนทำอาหารไทยในครัวบ้านสวน", INDOORS, zooms=STEADY),
    "weaving_workshop": Scene(workshops.weaving_workshop, "เรียนทอผ้ากับช่างทอในชุมชน", INDOORS, zooms=STEADY),
    "pottery_workshop": Scene(workshops.pottery_workshop, "ปั้นหม้อดินกับช่างปั้น", INDOORS, zooms=STEADY),
    "indigo_cloth": Scene(products.indigo_cloth, "ผ้าย้อมครามทอมือ", INDOORS, zooms=STEADY),
    "silk_scarf": Scene(products.silk_scarf, "ผ้าพันคอไหมมัดหมี่", INDOORS, zooms=STEADY),
    "dried_banana": Scene(products.dried_banana, "กล้วยตากพลังแสงแดด", INDOORS, zooms=CLOSE, focus=TABLE),
    "herbal_balm": Scene(products.herbal_balm, "ยาหม่องสมุนไพร", INDOORS, zooms=CLOSE, focus=TABLE),
    "bamboo_basket": Scene(products.bamboo_basket, "ตะกร้าไม้ไผ่สาน", INDOORS, zooms=CLOSE, focus=TABLE),
    "hill_coffee": Scene(pantry.hill_coffee, "กาแฟจากดอย", SUNRISE, zooms=CLOSE, focus=TABLE),
    "coconut_sugar": Scene(pantry.coconut_sugar, "น้ำตาลมะพร้าวแท้", zooms=CLOSE, focus=TABLE),
    "beach_snorkel": Scene(waterside.beach_snorkel, "ดำน้ำดูปะการังในอ่าวใส"),
    "guide_portrait_woman": Scene(portraits.guide_portrait_woman, "มัคคุเทศก์หญิงยิ้มต้อนรับริมทะเล", zooms=STEADY, focus=FACE),
    "guide_portrait_man": Scene(portraits.guide_portrait_man, "มัคคุเทศก์ชายยิ้มต้อนรับหน้าเจดีย์", zooms=STEADY, focus=FACE),
    "weaver_portrait": Scene(portraits.weaver_portrait, "ช่างทอผ้ากับผืนผ้าของเธอ", INDOORS, zooms=STEADY, focus=FACE),
    "community_village": Scene(country.community_village, "ชุมชนริมน้ำต้อนรับผู้มาเยือน"),
    "shop_cover_river": Scene(country.shop_cover_river, "สายน้ำ บ้านไม้ และดอกบัว"),
    "shop_cover_mountain": Scene(country.shop_cover_mountain, "ทุ่งดอกไม้กลางขุนเขา"),
    "hero_first_sale": Scene(
        portraits.hero_first_sale,
        "มัคคุเทศก์ถือโทรศัพท์ที่เปิดหน้าร้านของตน ริมทะเลและแผงตลาดชุมชน",
        width=1600,
        zooms=(1.0,),
        mirrored=(False,),
    ),
}
