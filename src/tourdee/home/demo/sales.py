"""Ten weeks of the demo's sales, through the same acts as real ones: placed, paid, sent, reviewed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from tourdee.shop.actions.fulfilment import ship_order
from tourdee.shop.actions.orders import Buyer, Item, SoldOut, place_order
from tourdee.shop.actions.payments import record_manual_payment
from tourdee.shop.actions.reviews import write_review
from tourdee.shop.models import Departure, Order, Product, Shop, Tour

Sale = tuple[datetime, Callable[[], None]]  # when it was placed, and the act
BUYERS = (
    ("Anna Weber", "+66800008001", "en"), ("กิตติพงษ์ แสงทอง", "+66800008002", "th"), ("Kenji Mori", "+66800008003", "en"),
    ("ศิริพร วงศ์ไทย", "+66800008004", "th"), ("Lucía Gómez", "+66800008005", "en"), ("ปวีณา ลมเย็น", "+66800008006", "th"),
    ("Tom Baker", "+66800008007", "en"), ("ณัฐวุฒิ รุ่งเรือง", "+66800008008", "th"),
)  # fmt: skip
REVIEWS = {
    "th": (
        (5, "ไกด์ใจดีมาก เด็ก ๆ สนุก สะอาด จะกลับมาอีกแน่นอน"),
        (4, "ดีมากค่ะ แต่ที่จอดรถเต็มเร็ว แนะนำให้มาเช้า ๆ"),
        (5, "ของแท้ คุณภาพดี คุยง่าย ตอบไว แนะนำเลยครับ"),
    ),
    "en": (
        (5, "Warm people and honest prices. Booking and paying took two minutes."),
        (5, "The best morning of our trip. A small group and real stories."),
        (4, "Lovely. Come early, the car park fills up quickly."),
    ),
}


def load_sales(at: datetime) -> None:
    """Past orders of every tour and product in the order of time, so that receipts are numbered by day; and one or two
    that wait for the seller today."""
    sales = [*_seats_sold(at)]
    sales += _goods_sold(at, len(sales))
    for _placed, sell in sorted(sales, key=itemgetter(0)):
        sell()
    _upcoming(at, len(sales))


def _seats_sold(at: datetime) -> Iterator[Sale]:
    tours = Tour.objects.filter(shop__orders=None).select_related("shop", "operator", "shop__business").order_by("id")
    departures = ((tour, departure) for tour in tours for departure in _past(tour, at))
    for number, (tour, departure) in enumerate(departures, start=1):
        placed = departure.starts_at - timedelta(days=4, hours=number % 7)
        yield placed, partial(_sell_seats, tour, departure, number, placed)


def _goods_sold(at: datetime, number: int) -> Iterator[Sale]:
    for product in Product.objects.select_related("shop").order_by("id"):
        for week in (8, 6, 5, 3, 2):
            number += 1
            placed = at - timedelta(weeks=week, hours=number)
            yield placed, partial(_sell_goods, product, number, placed)


def _past(tour: Tour, at: datetime) -> list[Departure]:
    started = tour.departures.filter(starts_at__lt=at - timedelta(days=1)).order_by("-starts_at")
    return list(started[:40:4])


def _buyer(number: int, *, address: str = "") -> Buyer:
    name, phone, language = BUYERS[number % len(BUYERS)]
    return Buyer(
        name=name,
        phone=phone,
        email=f"buyer{number % len(BUYERS)}@demo.tourdee.example",
        address=address,
        language=language,
    )


def _sell_seats(tour: Tour, departure: Departure, number: int, placed: datetime) -> None:
    adult, *others = tour.prices.all()
    items = [Item(quantity=tour.minimum_group + number % 2, departure=departure.public_id, category=adult.public_id)]
    if others and number % 3 == 0:
        items.append(Item(quantity=1, departure=departure.public_id, category=others[0].public_id))
    order = place_order(shop=tour.shop, buyer=_buyer(number), items=items, idempotency_key=f"demo-{number}", at=placed)
    _pay(order, tour.shop, number, placed)
    if number % 3 == 1:
        stars, words = REVIEWS[order.language][number % 3]
        line = order.lines.all()[0]
        write_review(
            line=line,
            stars=stars,
            text=words,
            name=order.buyer_name.split()[0],
            at=departure.starts_at + timedelta(days=1),
        )


def _sell_goods(product: Product, number: int, at: datetime) -> None:
    variant = product.variants.all()[number % product.variants.count()]
    items = [Item(quantity=1 + number % 2, variant=variant.public_id)]
    buyer = _buyer(number, address="88 ถ.สุขุมวิท แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร 10110")
    try:
        order = place_order(shop=product.shop, buyer=buyer, items=items, idempotency_key=f"demo-{number}", at=at)
    except SoldOut:
        return
    _pay(order, product.shop, number, at)
    ship_order(
        order=order,
        by=product.shop.owner,
        at=at + timedelta(days=1),
        carrier="Flash Express",
        tracking=f"TH{number:012d}",
    )
    if number % 2:
        stars, words = REVIEWS[order.language][number % 3]
        write_review(
            line=order.lines.all()[0], stars=stars, text=words, name=buyer.name.split()[0], at=at + timedelta(days=6)
        )


def _pay(order: Order, shop: Shop, number: int, at: datetime) -> None:
    record_manual_payment(
        order=order,
        by=order.seller.owner,
        satang=order.total_satang,
        reference=f"demo{number}",
        at=at + timedelta(minutes=6),
    )


def _upcoming(at: datetime, number: int) -> None:
    """Bookings ahead, so that the next manifests are not empty."""
    for place, tour in enumerate(Tour.objects.select_related("shop", "operator", "shop__business").order_by("id")):
        for step, departure in enumerate(
            tour.departures.filter(starts_at__gt=at + timedelta(days=2)).order_by("starts_at")[:6:2]
        ):
            number += 1
            price = tour.prices.all()[0]
            items = [Item(quantity=tour.minimum_group + step, departure=departure.public_id, category=price.public_id)]
            placed = at - timedelta(days=1, hours=number % 9)
            order = place_order(
                shop=tour.shop, buyer=_buyer(number + place), items=items, idempotency_key=f"demo-{number}", at=placed
            )
            _pay(order, tour.shop, number, placed)
