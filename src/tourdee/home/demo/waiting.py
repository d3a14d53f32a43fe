"""What waits in the demo: a slip for the seller to look at, a paper for the officer to check."""

from datetime import datetime, timedelta
from io import BytesIO

import segno

from tourdee.core.dates import bangkok_day
from tourdee.legal.actions.papers import PaperDetails, submit_paper
from tourdee.legal.models import Paper
from tourdee.shop.actions.chat_orders import HOLDS, Agreed, make_chat_order
from tourdee.shop.actions.orders import Buyer, Item, place_order
from tourdee.shop.actions.payments import receive_slip, record_manual_payment
from tourdee.shop.actions.waiting_list import join_waiting_list
from tourdee.shop.models import Departure, Shop

from .cast import person

# The mini QR of a slip of bank 014 as banks print it: form and check digits are right, the transfer is invented.
MINI_QR = "004100060000010103014022000111222233344ABCD125102TH910417DF"


def load_waiting(at: datetime) -> None:
    """A booking whose slip came ten minutes ago, a guide licence that was renewed yesterday, guests to check in (one of
    them pays on the day), a chat order to be paid, a couple that waits for seats."""
    _slip(at - timedelta(minutes=10))
    _paper(at - timedelta(days=1))
    _guests(at)
    _chat_order(at - timedelta(minutes=25))
    _waiting_list(at - timedelta(days=1))


def _slip(at: datetime) -> None:
    shop = Shop.objects.get(owner=person("somying"))
    tour = shop.tours.order_by("id")[0]
    departure = tour.departures.filter(starts_at__gt=at + timedelta(days=5)).order_by("starts_at")[0]
    items = [Item(quantity=2, departure=departure.public_id, category=tour.prices.all()[0].public_id)]
    buyer = Buyer(name="Marie Dubois", phone="+66800008009", email="buyer9@demo.tourdee.example", language="en")
    order = place_order(shop=shop, buyer=buyer, items=items, idempotency_key="demo-waiting", at=at)
    receive_slip(order=order, upload=_picture(MINI_QR), at=at)


def _guests(at: datetime) -> None:
    """Bookings of the next departures of two tours, so that there is somebody to check in today or tomorrow."""
    shop = Shop.objects.get(owner=person("somying"))
    ahead = Departure.objects.filter(tour__shop=shop, starts_at__gt=at).select_related("tour__shop__owner")
    first = ahead.order_by("starts_at", "pk")[0]
    second = ahead.exclude(tour=first.tour_id).order_by("starts_at", "pk")[0]
    placed = at - timedelta(days=4)
    pair = max(2, second.tour.minimum_group)  # fewer, and the date would be decided against
    for number, (departure, name, people) in enumerate(
        [(first, "Anna Weber", 3), (first, "ศิริพร วงศ์ไทย", 1), (first, "Kenji Mori", 2), (second, "Tom Baker", pair)]
    ):
        items = [
            Item(quantity=people, departure=departure.public_id, category=departure.tour.prices.all()[0].public_id)
        ]
        buyer = Buyer(name=name, phone=f"+6680000810{number}", email=f"guest{number}@demo.tourdee.example")
        key = f"demo-guest-{number}"
        order = place_order(shop=shop, buyer=buyer, items=items, idempotency_key=key, at=placed)
        record_manual_payment(order=order, by=order.seller.owner, satang=order.total_satang, reference=key, at=placed)
    _pays_on_the_day(second, placed)


def _pays_on_the_day(departure: Departure, at: datetime) -> None:
    """Somebody who called and brings the money along."""
    items = [Item(quantity=2, departure=departure.public_id, category=departure.tour.prices.all()[0].public_id)]
    shop, buyer = departure.tour.shop, Buyer(name="ป้าแดง (โทรมาจอง)", phone="+66800008110")
    make_chat_order(
        shop=shop, by=shop.owner, buyer=buyer, items=items, hold=HOLDS["3h"], idempotency_key="demo-on-the-day", at=at,
        agreed=Agreed(on_the_day=True),
    )  # fmt: skip


def _chat_order(at: datetime) -> None:
    """Made while chatting, its link was pasted, nothing is paid yet."""
    shop = Shop.objects.get(owner=person("somying"))
    tour = shop.tours.order_by("id")[0]
    departure = tour.departures.filter(starts_at__gt=at + timedelta(days=7)).order_by("starts_at")[0]
    items = [Item(quantity=2, departure=departure.public_id, category=tour.prices.all()[0].public_id)]
    buyer = Buyer(name="คุณแนน (LINE)", phone="")
    make_chat_order(
        shop=shop, by=shop.owner, buyer=buyer, items=items, hold=HOLDS["24h"], idempotency_key="demo-chat", at=at
    )


def _waiting_list(at: datetime) -> None:
    """A date that is full, and a couple that waits for it."""
    shop = Shop.objects.get(owner=person("somying"))
    tour = shop.tours.order_by("id")[0]
    departure = tour.departures.filter(starts_at__gt=at + timedelta(days=12)).order_by("starts_at")[0]
    price = tour.prices.all()[0]
    while left := Departure.objects.get(pk=departure.pk).left:
        people = min(left, tour.maximum_group)
        key = f"demo-full-{left}"
        buyer = Buyer(name="บริษัท สุขสันต์", phone=f"+668000082{left:02d}", email=f"{key}@demo.tourdee.example")
        items = [Item(quantity=people, departure=departure.public_id, category=price.public_id)]
        order = place_order(shop=shop, buyer=buyer, items=items, idempotency_key=key, at=at)
        record_manual_payment(order=order, by=order.seller.owner, satang=order.total_satang, reference=key, at=at)
    guest = Buyer(name="Lucía Gómez", phone="+66800008301", email="lucia@demo.tourdee.example", language="en")
    join_waiting_list(
        departure=departure, wanted=[(price.public_id, 2)], guest=guest, key="demo-waits", source="", at=at
    )


def _paper(at: datetime) -> None:
    business = person("somchai").businesses.get()
    details = PaperDetails(Paper.Kind.GUIDE_LICENCE, "33-34567", bangkok_day(at) + timedelta(days=5 * 365))
    submit_paper(business=business, details=details, upload=_picture("33-34567"), by=business.owner, at=at)


def _picture(text: str) -> BytesIO:
    """A picture with a QR code in it, as a phone would send it."""
    picture = BytesIO()
    segno.make(text, micro=False).save(picture, kind="png", scale=12, border=12)
    picture.seek(0)
    return picture
