"""What the demo's shops sell: words, prices and drawn scenes as data."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DemoTour:
    """A tour or workshop. Prices in baht: (Thai, English, price, seats). ``hours`` are Bangkok's."""

    shop: str
    kind: str
    name: tuple[str, str]
    summary: tuple[str, str]
    text: tuple[str, str]
    included: tuple[str, str]
    excluded: tuple[str, str]
    transport: tuple[str, str]
    meeting: tuple[str, str]
    province: int
    minutes: int
    group: tuple[int, int]
    hour: int
    every: int
    prices: tuple[tuple[str, str, int, int], ...]
    tiers: tuple[tuple[int, int], ...]
    scene: str
    audiences: tuple[str, ...] = ("family", "friends")


@dataclass(frozen=True, kw_only=True)
class DemoProduct:
    """A product with variants: (Thai, English, price in baht, stock)."""

    shop: str
    name: tuple[str, str]
    text: tuple[str, str]
    unit: tuple[str, str]
    variants: tuple[tuple[str, str, int, int], ...]
    scene: str


FLEXIBLE = ((48, 100), (24, 50))
STANDARD = ((168, 100), (72, 50))

TOURS = (
    DemoTour(
        shop="somying",
        kind="tour",
        name=("ล่องเรือเช้าชมสวนและตลาดน้ำบางบัว", "Morning boat to the orchards and the floating market"),
        summary=(
            "เรือหางยาวลำเล็ก แวะสวนมะพร้าว ตลาดน้ำ และบ้านริมคลอง กับไกด์ที่เกิดที่นี่",
            "A small long-tail boat, coconut orchards, the floating market and canal houses, with a guide born here",
        ),
        text=(
            "เราออกเรือตอนแดดยังอ่อน ล่องคลองที่เรือใหญ่เข้าไม่ถึง แวะสวนมะพร้าวของป้าลำดวน ชิมน้ำตาลมะพร้าวร้อน ๆ จากกระทะ "
            "แล้วไปตลาดน้ำก่อนนักท่องเที่ยวกลุ่มใหญ่มาถึง\n\nกลุ่มเล็กไม่เกินสิบคน มีเสื้อชูชีพทุกคน ผู้สูงอายุและเด็กขึ้นเรือได้สบาย "
            "ฝนตกหนักเราเลื่อนวันให้หรือคืนเงินเต็มจำนวน",
            "We leave while the sun is soft, on canals too narrow for the big boats. Aunt Lamduan lets us taste coconut sugar hot "
            "from the pan, and we reach the floating market before the crowds.\n\nAt most ten guests, a life vest for everyone, easy "
            "boarding for children and older guests. In heavy rain we move your date or refund all of it.",
        ),
        included=(
            "เรือและคนขับ\nไกด์มีใบอนุญาต\nน้ำดื่มและผลไม้ตามฤดูกาล\nประกันอุบัติเหตุ",
            "Boat and boatman\nLicensed guide\nDrinking water and fruit of the season\nAccident insurance",
        ),
        excluded=("ค่าอาหารกลางวัน\nของฝากส่วนตัว", "Lunch\nWhat you buy for yourself"),
        transport=("เรือหางยาว 12 ที่นั่ง", "Long-tail boat with 12 seats"),
        meeting=("ท่าน้ำวัดบางบัว มีที่จอดรถฟรี", "Pier of Wat Bang Bua, free parking"),
        province=75,
        minutes=210,
        group=(2, 10),
        hour=8,
        every=1,
        prices=(("ผู้ใหญ่", "Adult", 890, 1), ("เด็ก 4–11 ปี", "Child 4–11", 490, 1), ("เด็กเล็กนั่งตัก", "Lap child", 0, 0)),
        tiers=FLEXIBLE,
        scene="floating_market",
    ),
    DemoTour(
        shop="somying",
        kind="tour",
        name=("ล่องเรือค่ำชมหิ่งห้อย", "Evening boat to the fireflies"),
        summary=("สองชั่วโมงเงียบ ๆ ริมป่าลำพู กลุ่มละไม่เกินสิบคน", "Two quiet hours along the lamphu trees, at most ten guests"),
        text=(
            "ออกเรือก่อนพระอาทิตย์ตก กินข้าวเย็นง่าย ๆ บนเรือ แล้วดับเครื่องลอยลำดูหิ่งห้อยกะพริบพร้อมกันทั้งต้น "
            "เราไม่ใช้ไฟฉายส่องต้นไม้ และขอให้ทุกคนปิดแฟลช เพื่อให้หิ่งห้อยอยู่กับคลองนี้ต่อไป",
            "We leave before sunset, have a simple supper on board, then drift with the engine off while whole trees blink together. "
            "No torches on the trees and no flash, please, so that the fireflies stay with this canal.",
        ),
        included=("ข้าวเย็นบนเรือ\nไกด์มีใบอนุญาต\nประกันอุบัติเหตุ", "Supper on board\nLicensed guide\nAccident insurance"),
        excluded=("เครื่องดื่มแอลกอฮอล์", "Alcoholic drinks"),
        transport=("เรือหางยาว 12 ที่นั่ง", "Long-tail boat with 12 seats"),
        meeting=("ท่าน้ำวัดบางบัว", "Pier of Wat Bang Bua"),
        province=75,
        minutes=120,
        group=(5, 10),
        hour=17,
        every=2,
        prices=(("ผู้ใหญ่", "Adult", 690, 1), ("เด็ก 4–11 ปี", "Child 4–11", 390, 1)),
        tiers=FLEXIBLE,
        scene="shop_cover_river",
    ),
    DemoTour(
        shop="somchai",
        kind="tour",
        name=("พายคายัคป่าชายเลนกับลุงสมชาย", "Kayak the mangroves with Uncle Somchai"),
        summary=(
            "พายช้า ๆ ครึ่งวัน ดูนก ปู และป่าโกงกางที่ชุมชนปลูก",
            "A slow half day among birds, crabs and mangroves that the village planted",
        ),
        text=(
            "ลุงสมชายปลูกโกงกางกับโรงเรียนมายี่สิบปี วันนี้ต้นไม้สูงท่วมหัว เราพายลัดเลาะคลองเล็กตอนน้ำขึ้น "
            "เหมาะกับคนไม่เคยพาย มีเรือพี่เลี้ยงตามตลอดทาง จบด้วยอาหารทะเลบ้าน ๆ ที่ชุมชนทำเอง",
            "Uncle Somchai has planted mangroves with the school for twenty years; now they stand above our heads. We paddle the small "
            "canals at high tide. Fine for beginners, a support boat is always near, and it ends with a village seafood lunch.",
        ),
        included=(
            "คายัคและเสื้อชูชีพ\nเรือพี่เลี้ยง\nอาหารกลางวัน\nประกันอุบัติเหตุ",
            "Kayak and life vest\nSupport boat\nLunch\nAccident insurance",
        ),
        excluded=("รถรับส่งจากโรงแรม", "Transfer from the hotel"),
        transport=("คายัคคู่", "Double kayak"),
        meeting=("ศูนย์เรียนรู้ป่าชายเลนบ้านริมน้ำ", "Mangrove learning centre, Ban Rim Nam"),
        province=82,
        minutes=300,
        group=(2, 12),
        hour=9,
        every=2,
        prices=(("ผู้ใหญ่", "Adult", 1290, 1), ("เด็ก 7–12 ปี", "Child 7–12", 790, 1)),
        tiers=STANDARD,
        scene="mangrove_kayak",
    ),
    DemoTour(
        shop="nakha",
        kind="workshop",
        name=("เวิร์กช็อปย้อมครามกับแม่ ๆ บ้านนาข่า", "Indigo dyeing with the mothers of Ban Na Kha"),
        summary=(
            "มัดย้อมผ้าของคุณเองครึ่งวัน ที่ใต้ถุนบ้านแม่บัวผัน",
            "Tie and dye your own cloth in half a day, under Mother Buaphan's house",
        ),
        text=(
            "เริ่มจากเก็บใบครามหลังบ้าน ดูหม้อครามที่เลี้ยงมาสามรุ่น แล้วมัด จุ่ม บิด ตาก จนได้ผ้าพันคอสีฟ้าของคุณเอง "
            "จัดที่บ้านของเรา ไม่มีการพาเดินทาง เด็กเจ็ดขวบก็ทำได้",
            "Pick indigo leaves behind the house, meet a vat that three generations have fed, then tie, dip, wring and dry until you "
            "have your own blue scarf. It takes place at our home; children from seven can join.",
        ),
        included=(
            "ผ้าพันคอฝ้ายหนึ่งผืน\nวัตถุดิบและผ้ากันเปื้อน\nข้าวเหนียวส้มตำกลางวัน",
            "One cotton scarf\nMaterials and apron\nLunch of sticky rice and som tam",
        ),
        excluded=("การเดินทางมายังหมู่บ้าน", "Getting to the village"),
        transport=("", ""),
        meeting=("บ้านแม่บัวผัน หมู่ 3 บ้านนาข่า", "Mother Buaphan's house, Moo 3, Ban Na Kha"),
        province=41,
        minutes=240,
        group=(1, 8),
        hour=9,
        every=3,
        prices=(("ต่อคน", "Per person", 650, 1), ("ชาวต่างชาติ (มีล่าม)", "Foreign guest (with interpreter)", 850, 1)),
        tiers=FLEXIBLE,
        scene="weaving_workshop",
    ),
)

PRODUCTS = (
    DemoProduct(
        shop="nakha",
        name=("ผ้าพันคอฝ้ายย้อมคราม", "Indigo cotton scarf"),
        text=(
            "ฝ้ายปั่นมือ ย้อมครามธรรมชาติสิบรอบ สีไม่ตกหลังซักสองครั้งแรก ทอโดยแม่บัวผันและลูกสาว ขนาด 45 × 180 ซม. น้ำหนัก 120 กรัม",
            "Hand-spun cotton, dipped ten times in natural indigo; the colour is fast after two washes. Woven by Mother Buaphan and "
            "her daughter. 45 × 180 cm, 120 g.",
        ),
        unit=("ผืน", "scarf"),
        variants=(("ลายคลื่น", "Waves", 450, 24), ("ลายดาว", "Stars", 490, 15), ("ลายขอ", "Hooks", 549, 6)),
        scene="indigo_cloth",
    ),
    DemoProduct(
        shop="nakha",
        name=("ผ้าไหมมัดหมี่ลายโบราณ", "Mudmee silk of an old pattern"),
        text=(
            "ไหมแท้ทอมือ ลายหมี่ขอที่ถอดจากผ้าซิ่นอายุแปดสิบปี หนึ่งผืนใช้เวลาเจ็ดวัน ขนาด 100 × 200 ซม.",
            "Pure hand-woven silk in a pattern taken from an eighty-year-old skirt; one cloth takes seven days. 100 × 200 cm.",
        ),
        unit=("ผืน", "cloth"),
        variants=(("สีบานเย็น", "Magenta", 2400, 5), ("สีทอง", "Gold", 2600, 3)),
        scene="silk_scarf",
    ),
    DemoProduct(
        shop="somying",
        name=("น้ำตาลมะพร้าวแท้เตาฟืน", "Coconut sugar from a wood fire"),
        text=(
            "เคี่ยวจากน้ำตาลสดของสวนป้าลำดวนทุกเช้า ไม่ผสมน้ำตาลทราย ไม่ใส่สารกันบูด น้ำหนักสุทธิ 500 กรัม เก็บในตู้เย็นได้สามเดือน",
            "Boiled every morning from the sap of Aunt Lamduan's palms. No cane sugar, no preservatives. Net 500 g; keeps three months "
            "in the fridge.",
        ),
        unit=("ถุง", "bag"),
        variants=(("500 กรัม", "500 g", 120, 40), ("1 กิโลกรัม", "1 kg", 220, 25)),
        scene="coconut_sugar",
    ),
    DemoProduct(
        shop="somying",
        name=("กล้วยตากพลังแสงอาทิตย์", "Sun-dried banana"),
        text=(
            "กล้วยน้ำว้าสุกจากสวนริมคลอง ตากในโดมแสงอาทิตย์สามวัน หวานธรรมชาติ ไม่เติมน้ำตาล น้ำหนักสุทธิ 250 กรัม",
            "Ripe bananas from the canal orchards, dried for three days in a solar dome. Naturally sweet, no sugar added. Net 250 g.",
        ),
        unit=("ถุง", "bag"),
        variants=(("", "", 85, 60),),
        scene="dried_banana",
    ),
    DemoProduct(
        shop="somchai",
        name=("ตะกร้าไม้ไผ่สานมือ", "Hand-woven bamboo basket"),
        text=(
            "สานโดยกลุ่มผู้สูงอายุบ้านริมน้ำ ใช้ไผ่สีสุกอายุสามปี แข็งแรง ใส่ของตลาดได้ห้ากิโลกรัม ใบกลางกว้าง 28 ซม.",
            "Woven by the elders of Ban Rim Nam from three-year-old bamboo; strong enough for five kilos from the market. Medium: 28 cm.",
        ),
        unit=("ใบ", "basket"),
        variants=(("เล็ก", "Small", 180, 12), ("กลาง", "Medium", 260, 9)),
        scene="bamboo_basket",
    ),
)
