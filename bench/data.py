"""A market to measure: shops, tours with dates and reviews, as rows of an ordinary installation."""

from datetime import date, timedelta

from django.utils import timezone

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.legal.models import Business, Paper
from tourdee.people.models import User
from tourdee.shop.models import CancellationTier, Departure, Picture, PriceCategory, Shop, Tour

TOURS, DEPARTURES, SEATS = 10_000, 12, 500
WORDS = [
    "เรือหางยาว",
    "สวนมะพร้าว",
    "ตลาดน้ำ",
    "ชุมชนริมคลอง",
    "อาหารพื้นบ้าน",
    "วัดเก่า",
    "ป่าชายเลน",
    "หิ่งห้อย",
    "ผ้าทอ",
    "ย้อมคราม",
    "ขนมไทย",
    "ไกด์ท้องถิ่น",
]


def fill() -> list[tuple[str, str, str, str]]:
    """Make the rows. Returns (shop's slug, tour, a departure, a category) of every tour, by public ids."""
    shops = [_shop(number) for number in range(20)]
    tours = Tour.objects.bulk_create(_tour(number, shops[number % 20]) for number in range(TOURS))
    tomorrow = bangkok_day(timezone.now()) + timedelta(days=5)
    prices = PriceCategory.objects.bulk_create(
        PriceCategory(tour=tour, name_th=th, name_en=en, price_satang=price, position=place)
        for tour in tours
        for place, (th, en, price) in enumerate(
            (("ผู้ใหญ่", "Adult", 89000), ("เด็ก", "Child", 49000), ("ชาวต่างชาติ", "Foreigner", 99000))
        )
    )
    CancellationTier.objects.bulk_create(
        CancellationTier(tour=tour, hours_before=48, refund_percent=100) for tour in tours
    )
    departures = Departure.objects.bulk_create(
        _departure(tour, tomorrow, day) for tour in tours for day in range(DEPARTURES)
    )
    Picture.objects.bulk_create(
        Picture(tour=tour, path=f"demo/{place:032x}-1600x1200", width=1600, height=1200, position=place)
        for tour in tours
        for place in range(3)
    )
    return [
        (tour.shop.slug, tour.public_id, departures[place * DEPARTURES].public_id, prices[place * 3].public_id)
        for place, tour in enumerate(tours)
    ]


def _shop(number: int) -> Shop:
    now = timezone.now()
    owner = User.objects.create_user(f"seller{number}@example.org", name=f"ผู้ขาย {number}")
    business = Business.objects.create(
        owner=owner, kind="natural", name=f"ร้านทดสอบ {number}", address="1 หมู่ 1", province=75, phone="+66812345678",
        promptpay="0812345678", promptpay_name="ทดสอบ",
    )  # fmt: skip
    Paper.objects.create(
        business=business, kind=Paper.Kind.TOUR_LICENCE, number=f"13/{number:05d}", status=Paper.Status.ACCEPTED, submitted_at=now,
        checked_at=now, checked_by=owner, expires_on=date(2100, 1, 1),
    )  # fmt: skip
    return Shop.objects.create(
        slug=f"shop-{number}", owner=owner, business=business, name_th=f"ร้าน {number}", province=75, phone="+66812345678",
        status=Shop.Status.OPEN, opened_at=now,
    )  # fmt: skip


def _tour(number: int, shop: Shop) -> Tour:
    words = " ".join(WORDS[(number + step * 7) % len(WORDS)] for step in range(120))
    return Tour(
        shop=shop, name_th=f"ทัวร์ {number} {words[:60]}", name_en=f"Tour {number}", summary_th=words[:150], description_th=words,
        included_th="เรือ\nไกด์\nน้ำดื่ม\nประกัน", excluded_th="อาหารกลางวัน", meeting_point_th="ท่าน้ำ", province=75, minutes=210,
        languages=["th", "en"], minimum_group=1, maximum_group=SEATS, status=Tour.Status.PUBLISHED, published_at=timezone.now(),
    )  # fmt: skip


def _departure(tour: Tour, first: date, day: int) -> Departure:
    return Departure(tour=tour, starts_at=at_bangkok(first + timedelta(days=day), 8), capacity=SEATS)
