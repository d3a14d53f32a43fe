"""The sandbox: a shop with which resellers try out their programs. It can be filled anew at any time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tourdee.core import audit
from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.legal.models import Business
from tourdee.people.models import User
from tourdee.shop.actions.cancellation import cancel_order
from tourdee.shop.models import CancellationTier, Departure, Order, PriceCategory, Shop, Tour

from ..models import Booking, Reseller, Sandbox

SLUG = "octo-sandbox"
ADDRESS = "octo-sandbox@tourdee.invalid"
DAYS, SEATS = 60, 200
TOURS = [
    ("เดินเมืองเก่าเชียงใหม่ (ทดสอบ)", "Old town walk (test)", 180, (9, 14)),
    ("ย้อมครามครึ่งวัน (ทดสอบ)", "Half a day of indigo (test)", 240, (10,)),
]
PRICES = [("ผู้ใหญ่", "Adult", 120000, 1), ("เด็ก", "Child", 60000, 1), ("ทารก", "Infant", 0, 0)]


@transaction.atomic
def seed_sandbox(*, at: datetime) -> Sandbox:
    """Make the sandbox where there is none, give its tours dates for two months ahead, one of them full, and forget
    everything that was booked. Keys stay. May be repeated at any time."""
    sandbox = Sandbox.objects.select_related("shop").first() or _make(at)
    _forget(Booking.objects.filter(reseller__shop=sandbox.shop), at)
    for tour in _tours(sandbox.shop):
        _renew_dates(tour, at)
    Sandbox.objects.filter(pk=sandbox.pk).update(seeded_at=at)
    audit.record("octo.sandbox_seeded", subject=sandbox.shop, text=SLUG, at=at)
    return sandbox


@transaction.atomic
def forget_tests(*, reseller: Reseller, by: User, at: datetime) -> int:
    """Forget what one test reseller booked; the tests of others stay as they are. Returns how many bookings there were."""
    number = _forget(reseller.bookings.filter(reseller__shop__octo_sandbox__isnull=False), at)
    audit.record("octo.tests_forgotten", subject=reseller, text=f"{reseller.name}: {number}", at=at, actor=by)
    return number


def _make(at: datetime) -> Sandbox:
    owner, _new = User.objects.get_or_create(email=ADDRESS, defaults={"name": "OCTO sandbox", "is_active": False})
    business = Business.objects.create(
        owner=owner, kind=Business.Kind.NATURAL, name="OCTO sandbox", address="–", province=50, phone="+66800000000"
    )  # fmt: skip
    shop = Shop.objects.create(
        owner=owner, business=business, slug=SLUG, name_th="ร้านทดสอบ OCTO", name_en="OCTO test shop", province=50,
        phone="+66800000000", status=Shop.Status.DRAFT,
    )  # fmt: skip
    return Sandbox.objects.create(shop=shop, seeded_at=at)


def _tours(shop: Shop) -> list[Tour]:
    return list(shop.tours.all()) or [_tour(shop, *one) for one in TOURS]


def _tour(shop: Shop, thai: str, english: str, minutes: int, hours: tuple[int, ...]) -> Tour:
    tour = Tour.objects.create(
        shop=shop, kind=Tour.Kind.WORKSHOP, name_th=thai, name_en=english, summary_th="ข้อมูลทดสอบ", summary_en="Test data",
        description_th="ข้อมูลทดสอบ ไม่มีทัวร์จริง", description_en="Test data; no such tour exists.", province=50,
        meeting_point_th="ไม่มี", meeting_point_en="Nowhere", minutes=minutes, languages=["th", "en"], maximum_group=50,
        cut_off_hours=2, status=Tour.Status.PUBLISHED,
    )  # fmt: skip
    PriceCategory.objects.bulk_create(
        PriceCategory(tour=tour, name_th=name, name_en=name_en, price_satang=price, seats=seats, position=place)
        for place, (name, name_en, price, seats) in enumerate(PRICES)
    )
    CancellationTier.objects.create(tour=tour, hours_before=24, refund_percent=100)
    return tour


def _renew_dates(tour: Tour, at: datetime) -> None:
    """Those that are past stay; from tomorrow on there is one at every hour, and one that is full."""
    hours = next((hours for _thai, english, _minutes, hours in TOURS if english == tour.name_en), (9,))
    days = [bangkok_day(at) + timedelta(days=number) for number in range(1, DAYS + 1)]
    Departure.objects.bulk_create(
        [Departure(tour=tour, starts_at=at_bangkok(day, hour), capacity=SEATS) for day in days for hour in hours],
        ignore_conflicts=True,
    )
    full = Departure(tour=tour, starts_at=at_bangkok(days[6], 20), capacity=0)
    Departure.objects.bulk_create([full], ignore_conflicts=True)
    Tour.objects.filter(pk=tour.pk).update(version=tour.version + 1)


def _forget(bookings: QuerySet[Booking], at: datetime) -> int:
    """The shop cancels what is still held, so that seats and books come right; then nobody finds the bookings again."""
    rows = list(bookings.select_related("order"))
    for booking in rows:
        if booking.order.status in Order.HOLDING:
            cancel_order(order=booking.order, by="seller", at=at, reason="test")
    bookings.delete()
    return len(rows)
