"""Rows for the shop's tests: a shop that may sell, a tour with seats, a product with stock, and orders of them."""

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count

from tourdee.legal.models import Business, OperatorAgreement, Paper
from tourdee.people.models import User

from ..actions.money_services import connect
from ..actions.orders import Buyer, Item, place_order
from ..models import (
    CancellationTier,
    Departure,
    Extra,
    MoneyService,
    Order,
    PickupPoint,
    Picture,
    PriceCategory,
    PrivatePrice,
    Product,
    Question,
    Shop,
    Tour,
    Variant,
    Voucher,
)
from ..payment_methods.gateways import play
from ..payment_methods.slip_qr import written
from ..queries.baskets import NOTHING_ELSE, PRIVATE, Wishes

_numbers = count(1)


def a_user(name: str = "ผู้ขาย") -> User:
    """Somebody new."""
    return User.objects.create_user(f"person{next(_numbers)}@example.org", name=name)


def a_business(owner: User | None = None, *, licensed: bool = True, **columns: object) -> Business:
    """Somebody who can be paid; with a tour licence in force for years unless ``licensed`` is false."""
    number = next(_numbers)
    values = {
        "kind": Business.Kind.NATURAL, "name": f"กิจการ {number}", "address": "1 ถ.ช้างม่อย", "province": 50,
        "phone": "+66812345678", "promptpay": "0812345678", "promptpay_name": f"นาง ผู้ขาย {number}",
    } | columns  # fmt: skip
    business = Business.objects.create(owner=owner or a_user(), **values)
    if licensed:
        a_licence(business)
    return business


def a_licence(business: Business, *, expires_on: date | None = None) -> Paper:
    """An accepted tour-business licence."""
    checked = datetime.fromisoformat("2026-01-05T03:00:00+00:00")
    return Paper.objects.create(
        business=business, kind=Paper.Kind.TOUR_LICENCE, number="51/00123", status=Paper.Status.ACCEPTED,
        expires_on=expires_on or date(2030, 1, 1), submitted_at=checked, checked_at=checked, checked_by=a_user("ผู้ตรวจ"),
    )  # fmt: skip


def a_shop(owner: User | None = None, *, business: Business | None = None, **columns: object) -> Shop:
    """An open shop."""
    owner = owner or a_user()
    number = next(_numbers)
    values = {
        "slug": f"shop-{number}", "name_th": f"ร้านที่ {number}", "name_en": f"Shop {number}", "province": 50,
        "phone": "+66812345678", "status": Shop.Status.OPEN, "shipping_satang": 5000,
    } | columns  # fmt: skip
    return Shop.objects.create(owner=owner, business=business or a_business(owner), **values)


def a_tour(shop: Shop | None = None, **columns: object) -> Tour:
    """A published tour for up to ten with three prices: adult ฿1,200, child ฿600, lap child free without a seat.
    All back until 72 hours before, half until 24."""
    values = {
        "kind": Tour.Kind.TOUR, "name_th": "เดินเมืองเก่าเชียงใหม่", "name_en": "Old town walk", "summary_th": "เดินเท้าครึ่งวัน",
        "description_th": "วัด ตลาด และกาแฟ", "meeting_point_th": "ประตูท่าแพ", "province": 50, "minutes": 180,
        "maximum_group": 10, "cut_off_hours": 24, "status": Tour.Status.PUBLISHED,
    } | columns  # fmt: skip
    tour = Tour.objects.create(shop=shop or a_shop(), **values)
    for position, (name, english, price, seats) in enumerate(
        [("ผู้ใหญ่", "Adult", 120000, 1), ("เด็ก", "Child", 60000, 1), ("ทารก", "Lap child", 0, 0)]
    ):
        PriceCategory.objects.create(
            tour=tour, name_th=name, name_en=english, price_satang=price, seats=seats, position=position
        )
    for hours, percent in [(72, 100), (24, 50)]:
        CancellationTier.objects.create(tour=tour, hours_before=hours, refund_percent=percent)
    return tour


LONG = "เดินชมวัดเก่าในคูเมือง กินข้าวซอย แวะตลาดเช้า ฟังเรื่องเล่าจากคนเชียงใหม่"  # as much as a description must say


def a_ready_tour(shop: Shop, **columns: object) -> Tour:
    """A draft that lacks nothing."""
    tour = a_tour(shop, **{"status": "draft", "description_th": LONG, **columns})
    Picture.objects.create(tour=tour, path="tours/x/a", width=1, height=1)
    return tour


def a_departure(tour: Tour | None = None, *, starts_at: datetime, capacity: int = 10, **columns: object) -> Departure:
    """An open start."""
    return Departure.objects.create(tour=tour or a_tour(), starts_at=starts_at, capacity=capacity, **columns)


def a_product(shop: Shop | None = None, *, stock: int = 5, price: int = 35000, **columns: object) -> Variant:
    """A published product; what comes back is its one variant."""
    values = {
        "name_th": "ผ้าทอ",
        "name_en": "Woven cloth",
        "description_th": "ฝ้ายทอมือ",
        "status": Product.Status.PUBLISHED,
    }
    product = Product.objects.create(shop=shop or a_shop(), **(values | columns))
    return Variant.objects.create(product=product, name_th="สีคราม", name_en="Indigo", price_satang=price, stock=stock)


def an_operator(guide: Business) -> Business:
    """A licensed partner under whose licence the guide's tours may be sold."""
    operator = a_business(promptpay="0899999999", takes_partners=True)
    OperatorAgreement.objects.create(
        guide=guide, operator=operator, status=OperatorAgreement.Status.ACTIVE, job_order="JO-1",
        asked_at=datetime.fromisoformat("2026-01-05T03:00:00+00:00"),
    )  # fmt: skip
    return operator


def a_buyer(**columns: str) -> Buyer:
    """A new buyer each time, with a telephone number of their own and an address."""
    number = next(_numbers)
    values = {
        "name": "Anna Berg", "phone": f"+6689{number:07d}", "email": f"buyer{number}@example.org",
        "address": "99 หมู่ 1 ต.สุเทพ อ.เมือง จ.เชียงใหม่ 50200", "language": "en",
    } | columns  # fmt: skip
    return Buyer(**values)


def seats(departure: Departure, quantity: int = 2, category: int = 0) -> Item:
    """Seats in the category at that place (0 adult, 1 child, 2 lap child)."""
    chosen = list(departure.tour.prices.all())[category]
    return Item(departure=departure.public_id, category=chosen.public_id, quantity=quantity)


def goods(variant: Variant, quantity: int = 1) -> Item:
    """Pieces of a variant."""
    return Item(variant=variant.public_id, quantity=quantity)


def an_extra(tour: Tour, **columns: object) -> Extra:
    """Lunch for ฿150 a person, as much as is wanted."""
    values = {"name_th": "อาหารกลางวัน", "name_en": "Lunch", "price_satang": 15000, "per": Extra.Per.PERSON} | columns
    Tour.objects.filter(pk=tour.pk).update(has_options=True)
    return Extra.objects.create(tour=tour, **values)


def a_pickup(tour: Tour, **columns: object) -> PickupPoint:
    """A hotel, 45 minutes before the start, for ฿100 a person."""
    values = {"name_th": "โรงแรมดวงตะวัน", "name_en": "Duangtawan Hotel", "minutes_before": 45, "price_satang": 10000}
    Tour.objects.filter(pk=tour.pk).update(has_options=True)
    return PickupPoint.objects.create(tour=tour, **(values | columns))


def a_question(tour: Tour, **columns: object) -> Question:
    """In own words, of each guest, answered by the order's link, required."""
    values = {"kind": Question.Kind.TEXT, "text_th": "แพ้อาหารอะไร", "text_en": "Allergies"} | columns
    Shop.objects.filter(pk=tour.shop_id).update(asks_guests=True)
    return Question.objects.create(tour=tour, **values)


def a_private_tour(shop: Shop, **columns: object) -> Tour:
    """A tour sold both ways: for one party alone ฿5,000 up to 2, ฿8,000 up to 4, ฿1,500 for each above."""
    tour = a_tour(shop, **({"sold_as": Tour.SoldAs.BOTH, "private_more_satang": 150000} | columns))
    for up_to, price in ((2, 500000), (4, 800000)):
        PrivatePrice.objects.create(tour=tour, up_to=up_to, price_satang=price)
    return tour


def a_whole_departure(departure: Departure, party: int = 3) -> Item:
    """The departure for one party."""
    return Item(departure=departure.public_id, category=PRIVATE, quantity=party)


def an_item_of(departure: Departure, extra: Extra, quantity: int = 1) -> Item:
    """An extra with the seats of a departure."""
    return Item(departure=departure.public_id, extra=extra.public_id, quantity=quantity)


def a_voucher(shop: Shop, at: datetime, code: str = "SONGKRAN", **columns: object) -> Voucher:
    """Ten per cent off everything, for two orders, for a month."""
    values = {
        "percent": 10, "valid_from": at - timedelta(days=1), "valid_to": at + timedelta(days=30), "limit": 2,
        "created_at": at,
    } | columns  # fmt: skip
    if values.get("amount_satang"):
        values["percent"] = 0
    Shop.objects.filter(pk=shop.pk).update(has_vouchers=True)
    return Voucher.objects.create(shop=shop, code=code, **values)


def an_order(
    shop: Shop,
    *items: Item,
    at: datetime,
    buyer: Buyer | None = None,
    key: str = "",
    wishes: Wishes = NOTHING_ELSE,
) -> Order:
    """A placed order."""
    return place_order(
        shop=shop, buyer=buyer or a_buyer(), items=items, wishes=wishes, at=at,
        idempotency_key=key or f"key-{next(_numbers)}",
    )  # fmt: skip


def a_money_service(business: Business, service: str, at: datetime, **keys: str) -> MoneyService:
    """A connected service, with the keys of its console twin unless others are given."""
    known = {"opn": play.OPN_KEYS, "stripe": play.STRIPE_KEYS, "slipok": {"branch": "12345", "api_key": "play"},
             "easyslip": {"token": "play"}, "slip2go": {"api_secret": "play"}}[service]  # fmt: skip
    row = connect(business=business, service=service, keys=keys or known, by=business.owner, at=at)
    MoneyService.objects.filter(pk=row.pk).update(try_at=None, test="works")
    return MoneyService.objects.get(pk=row.pk)


def in_days(at: datetime, days: float) -> datetime:
    """So many days after."""
    return at + timedelta(days=days)


def a_slip(bank: str = "004", reference: str = "", *, turn: int = 0, kind: str = "PNG", text: str = "") -> io.BytesIO:
    """A picture of a slip with its mini QR, of a new transfer unless one is named."""
    import segno
    from PIL import Image

    reference = reference or f"01632{next(_numbers):015d}"
    code = io.BytesIO()
    segno.make(text or written(bank, reference), error="m", micro=False).save(code, kind="png", scale=4, border=4)
    slip = Image.new("RGB", (720, 1280), (240, 248, 244))
    with Image.open(code) as drawn:
        slip.paste(drawn.convert("RGB"), (260, 900))
    picture = io.BytesIO()
    slip.rotate(turn, expand=True, fillcolor=(240, 248, 244)).save(picture, kind)
    picture.seek(0)
    return picture


def without_tasks(queries: Iterable[dict[str, str]]) -> list[str]:
    """The statements of an act, without the tasks that it leaves to other rooms' listeners (one INSERT for each)."""
    return [query["sql"] for query in queries if "django_tasks" not in query["sql"]]
