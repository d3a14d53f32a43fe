"""The demo's businesses, papers, shops, tours and products, as rows: everything is checked and open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.core.pictures import StoredPicture
from tourdee.legal.actions import TaxDetails, set_tax_details
from tourdee.legal.models import Business, OperatorAgreement, Paper
from tourdee.people.models import Community
from tourdee.shop.models import CancellationTier, Departure, Picture, PriceCategory, Product, Shop, Tour, Variant

from .cast import person
from .catalogue import PRODUCTS, TOURS, DemoProduct, DemoTour
from .pictures import Wanted

WEEKS_BACK, WEEKS_AHEAD = 10, 8
Pictures = dict[Wanted, StoredPicture]


@dataclass(frozen=True)
class DemoBusiness:
    """A business with its papers: (kind, number, days until it ends or 0)."""

    owner: str
    kind: str
    name: str
    address: str
    province: int
    phone: str
    papers: tuple[tuple[str, str, int], ...]
    is_guide: bool = False


BUSINESSES = (
    DemoBusiness("somying", "natural", "นางสมหญิง บางบัว (บางบัวล่องเรือ)", "12 หมู่ 4 ต.บางช้าง อ.อัมพวา จ.สมุทรสงคราม 75110", 75, "+66800009002",
                 (("tour_licence", "13/01234", 500), ("guide_licence", "11-23456", 900), ("commercial_registration", "8999900090020", 0)), True),
    DemoBusiness("nakha", "community_enterprise", "วิสาหกิจชุมชนกลุ่มทอผ้าบ้านนาข่า", "3 หมู่ 3 ต.นาข่า อ.เมือง จ.อุดรธานี 41000", 41, "+66800009003",
                 (("community_enterprise_registration", "4-41-01-07/1-0012", 0),)),
    DemoBusiness("somchai", "natural", "นายสมชาย ริมน้ำ", "8 หมู่ 2 ต.เกาะปันหยี อ.เมือง จ.พังงา 82000", 82, "+66800009004",
                 (("guide_licence", "33-34567", 700), ("commercial_registration", "8999900090046", 0)), True),
    DemoBusiness("siam", "company", "บริษัท สยามน้ำใส ทัวร์ จำกัด", "99 ถ.เพชรเกษม ต.ท้ายช้าง อ.เมือง จ.พังงา 82000", 82, "+66800009005",
                 (("tour_licence", "33/09876", 400),)),
)  # fmt: skip

SHOPS = {
    "somying": ("bang-bua-boats", "ล่องเรือบางบัว", "Bang Bua Boats",
                "พี่สมหญิงเกิดบนเรือนริมคลองนี้ เป็นมัคคุเทศก์มายี่สิบปี วันนี้พาแขกกลุ่มเล็กไปเห็นสวน ตลาดน้ำ และหิ่งห้อย แบบที่คนบางบัวใช้ชีวิตจริง",
                "Phi Somying was born in a house on this canal and has guided for twenty years. She takes small groups to the orchards, "
                "the floating market and the fireflies, the way people here really live.", "shop_cover_river"),
    "nakha": ("ban-na-kha", "ทอผ้าบ้านนาข่า", "Ban Na Kha Weaving",
              "ผ้าทุกผืนมีชื่อคนทอ ย้อมครามจากต้นที่ปลูกเอง ทอมือทีละเส้นโดยแม่ ๆ ยี่สิบสองคนของหมู่บ้าน",
              "Every cloth bears its weaver's name: indigo from our own gardens, woven by hand by twenty-two mothers of the village.",
              "community_village"),
    "somchai": ("uncle-somchai", "ลุงสมชายพายคายัค", "Uncle Somchai's Kayaks",
                "พายช้า ๆ กับคนที่ปลูกป่านี้ ทัวร์ทุกเที่ยวขายและรับเงินโดยบริษัท สยามน้ำใส ทัวร์ จำกัด ซึ่งมีใบอนุญาตนำเที่ยว",
                "Paddle slowly with the man who planted this forest. Every trip is sold, and paid for, by the licensed operator "
                "Siam Namsai Tour.", "mangrove_kayak"),
}  # fmt: skip


def wanted_pictures() -> list[Wanted]:
    """All pictures that the shops show, each once."""
    tours = [(tour.scene, variant) for tour in TOURS for variant in range(3)]
    products = [(product.scene, variant) for product in PRODUCTS for variant in range(3)]
    covers = [(cover, 0) for *_words, cover in SHOPS.values()]
    return list(dict.fromkeys(tours + products + covers))


def load_shops(pictures: Pictures, community: Community, at: datetime) -> None:
    """Businesses with checked papers, the partner agreement, three open shops and what they sell."""
    businesses = {business.owner: _business(business, at) for business in BUSINESSES}
    agreement = OperatorAgreement.objects.create(
        guide=businesses["somchai"], operator=businesses["siam"], status=OperatorAgreement.Status.ACTIVE,
        job_order="TST-69-0412", asked_at=at - timedelta(days=90), decided_at=at - timedelta(days=88),
    )  # fmt: skip
    Business.objects.filter(pk=agreement.operator_id).update(takes_partners=True)
    _register_for_vat(businesses["siam"], at)
    shops = {key: _shop(key, businesses[key], pictures, community, at) for key in SHOPS}
    for tour in TOURS:
        _tour(tour, shops[tour.shop], businesses["siam"] if tour.shop == "somchai" else None, pictures, at)
    for product in PRODUCTS:
        _product(product, shops[product.shop], pictures, at)


def _register_for_vat(business: Business, at: datetime) -> None:
    """The company charges VAT, so what it sells shows tax invoices with their e-Tax data."""
    details = TaxDetails(
        tax_id="0825559000909", vat_from=bangkok_day(at - timedelta(days=400)), house_number="99",
        subdistrict="820101", postcode="82000",
    )  # fmt: skip
    set_tax_details(business=business, details=details, by=business.owner, at=at)


def _business(demo: DemoBusiness, at: datetime) -> Business:
    owner = person(demo.owner)
    business = Business.objects.create(
        owner=owner, kind=demo.kind, name=demo.name, address=demo.address, province=demo.province, phone=demo.phone,
        email=owner.email or "", promptpay=demo.phone.replace("+66", "0"), promptpay_name=demo.name, is_guide=demo.is_guide,
    )  # fmt: skip
    officer = person("wipa")
    Paper.objects.bulk_create(
        Paper(business=business, kind=kind, number=number, status=Paper.Status.ACCEPTED, submitted_at=at - timedelta(days=95),
              expires_on=bangkok_day(at) + timedelta(days=days) if days else None, checked_by=officer, checked_at=at - timedelta(days=94))
        for kind, number, days in demo.papers
    )  # fmt: skip
    return business


def _shop(key: str, business: Business, pictures: Pictures, community: Community, at: datetime) -> Shop:
    slug, name_th, name_en, story_th, story_en, cover = SHOPS[key]
    return Shop.objects.create(
        slug=slug, owner=person(key), business=business, community=community if key == "nakha" else None, name_th=name_th,
        name_en=name_en, story_th=story_th, story_en=story_en, province=business.province, phone=business.phone, line_id=f"@{slug}",
        cover=pictures[(cover, 0)].path, status=Shop.Status.OPEN, opened_at=at - timedelta(days=80),
    )  # fmt: skip


def _tour(demo: DemoTour, shop: Shop, operator: Business | None, pictures: Pictures, at: datetime) -> None:
    (name_th, name_en), (summary_th, summary_en), (text_th, text_en) = demo.name, demo.summary, demo.text
    tour = Tour.objects.create(
        shop=shop, operator=operator, kind=demo.kind, name_th=name_th, name_en=name_en, summary_th=summary_th, summary_en=summary_en,
        description_th=text_th, description_en=text_en, included_th=demo.included[0], included_en=demo.included[1],
        excluded_th=demo.excluded[0], excluded_en=demo.excluded[1], transport_th=demo.transport[0], transport_en=demo.transport[1],
        meeting_point_th=demo.meeting[0], meeting_point_en=demo.meeting[1], province=demo.province, minutes=demo.minutes,
        languages=["th", "en"], audiences=list(demo.audiences), minimum_group=demo.group[0], maximum_group=demo.group[1], cut_off_hours=12,
        status=Tour.Status.PUBLISHED, published_at=at - timedelta(days=70),
    )  # fmt: skip
    PriceCategory.objects.bulk_create(
        PriceCategory(tour=tour, name_th=th, name_en=en, price_satang=price * 100, seats=seats, position=place)
        for place, (th, en, price, seats) in enumerate(demo.prices)
    )
    CancellationTier.objects.bulk_create(
        CancellationTier(tour=tour, hours_before=h, refund_percent=p) for h, p in demo.tiers
    )
    today = bangkok_day(at)
    Departure.objects.bulk_create(
        Departure(tour=tour, starts_at=at_bangkok(today + timedelta(days=day), demo.hour), capacity=demo.group[1])
        for day in days_of(demo.every)
    )
    _hang(pictures, demo.scene, name_th, name_en, tour=tour)


def days_of(every: int) -> range:
    """The days of a tour, counted from today. Each tour goes tomorrow: in the evening too there are guests to check in."""
    return range(1 - WEEKS_BACK * 7 // every * every, WEEKS_AHEAD * 7, every)


def _product(demo: DemoProduct, shop: Shop, pictures: Pictures, at: datetime) -> None:
    product = Product.objects.create(
        shop=shop, name_th=demo.name[0], name_en=demo.name[1], description_th=demo.text[0], description_en=demo.text[1],
        unit_th=demo.unit[0], unit_en=demo.unit[1], status=Product.Status.PUBLISHED, published_at=at - timedelta(days=60),
    )  # fmt: skip
    Variant.objects.bulk_create(
        Variant(product=product, name_th=th, name_en=en, price_satang=price * 100, stock=stock, position=place)
        for place, (th, en, price, stock) in enumerate(demo.variants)
    )
    _hang(pictures, demo.scene, demo.name[0], demo.name[1], product=product)


def _hang(pictures: Pictures, scene: str, name_th: str, name_en: str, **where: Tour | Product) -> None:
    Picture.objects.bulk_create(
        Picture(
            path=picture.path,
            width=picture.width,
            height=picture.height,
            alt_th=name_th,
            alt_en=name_en,
            position=variant,
            **where,
        )
        for variant in range(3)
        for picture in [pictures[(scene, variant)]]
    )
