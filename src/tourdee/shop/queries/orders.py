"""Orders as buyer and seller see them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from tourdee.core.money import satang_from_baht
from tourdee.core.prepared import Prepared, keep_related
from tourdee.core.text import comparison_key
from tourdee.people.models import User

from ..models import Departure, Order, OrderLine, OrderNote, Return, Shop, Slip
from .on_the_day import unpaid_after

STATUS = Order.Status
SECRET = re.compile(r"[A-Za-z0-9_-]{20,40}")
AMOUNT = re.compile(r"[0-9][0-9,]{0,12}\.[0-9]{2}")
LONGEST_SEARCH = 40  # characters of a search that are looked at


LINES_OF_ORDERS = OrderLine.objects.select_related("departure__tour", "category", "variant__product")
BY_SECRET = Prepared(
    lambda secret: Order.objects.filter(secret=secret).select_related(
        "shop__owner", "shop__business", "seller", "waiting_party", "parcel"
    ),
    secret="",
)
LINES = Prepared(lambda order: LINES_OF_ORDERS.filter(order=order), order=1)
NOTES = Prepared(lambda order: OrderNote.objects.filter(order=order), order=1)


def order_by_secret(secret: str) -> Order | None:
    """The order whose buyer holds this link, with shop, payee, lines, notes and slips. Four queries."""
    if not SECRET.fullmatch(secret):
        return None
    order: Order | None = BY_SECRET.first(secret=secret)
    if order is None:
        return None
    notes = NOTES.objects(order=order.pk)
    keep_related(order, "lines", LINES.objects(order=order.pk))
    keep_related(order, "notes", notes)
    if any(note.kind.startswith("slip") for note in notes):  # every slip has left its note
        prefetch_related_objects([order], "slips")
    else:
        keep_related(order, "slips", [])
    return order


def order_by_pay_code(code: str) -> Order | None:
    """The order of a short link that a seller pasted into a chat."""
    return Order.objects.filter(pay_code=code).first()


def orders_of_shop(shop: Shop, *, status: str = "", words: str = "") -> QuerySet[Order]:
    """Orders of a shop, newest first, by status and by what a seller types to find one: code, name or phone."""
    return _found(Order.objects.filter(shop=shop), status, words)


def orders_of(user: User, *, status: str = "", words: str = "") -> QuerySet[Order]:
    """Orders that a person may see: of the own shop, and those whose money comes to the own business because they
    were sold under its licence."""
    return _found(Order.objects.filter(Q(shop__owner=user) | Q(seller__owner=user)), status, words)


def payable_orders_of(user: User) -> QuerySet[Order]:
    """Orders whose money comes to this person's business: only the payee can look into the bank."""
    return Order.objects.filter(seller__owner=user)


def _found(orders: QuerySet[Order], status: str, words: str) -> QuerySet[Order]:
    if status:
        orders = orders.filter(status=status)
    if text := words.replace("\0", "").strip()[:LONGEST_SEARCH]:
        orders = orders.filter(_matches(text))
    return orders.select_related("shop", "seller").prefetch_related(_lines()).order_by("-placed_at", "-id")


def _matches(text: str) -> Q:
    digits = "".join(sign for sign in comparison_key(text) if sign in "0123456789")
    by_phone = Q(buyer_phone__contains=digits.lstrip("0")) if len(digits) >= 4 else Q(pk__in=())
    if AMOUNT.fullmatch(text):  # as it stands in the seller's bank
        return Q(due_now_satang=satang_from_baht(Decimal(text.replace(",", ""))))
    return Q(code__istartswith=text) | Q(buyer_name__icontains=text) | by_phone


def _lines() -> Prefetch:
    return Prefetch("lines", queryset=LINES_OF_ORDERS)


@dataclass(frozen=True)
class OrdersToHandle:
    """What waits for the seller: money to look for, buyers without seats, refunds owed, goods to send, returns to decide,
    guests who were to pay on the day and have not."""

    slips: list[Slip] = field(default_factory=list)
    no_seat: list[Order] = field(default_factory=list)
    refunds: list[Order] = field(default_factory=list)
    to_send: list[Order] = field(default_factory=list)
    unpaid: list[Order] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)

    def __len__(self) -> int:
        kinds = (self.slips, self.no_seat, self.refunds, self.to_send, self.unpaid, self.returns)
        return sum(len(found) for found in kinds)


def orders_to_handle(shop: Shop, at: datetime) -> OrdersToHandle:
    """What waits for a shop's owner, oldest first. Slips of expired and cancelled orders are among them: each may be
    money. What is paid to a partner, only the partner can look for and give back."""
    orders = Order.objects.filter(shop=shop)
    return _to_handle(orders, orders.filter(seller__owner=shop.owner_id), at)


def orders_to_handle_for(user: User, at: datetime) -> OrdersToHandle:
    """The same for everything that a person's shop sold or business is paid for."""
    return _to_handle(Order.objects.filter(shop__owner=user), payable_orders_of(user), at)


def _to_handle(sold: QuerySet[Order], payable: QuerySet[Order], at: datetime) -> OrdersToHandle:
    waiting = Slip.objects.filter(order__in=payable.order_by(), status=Slip.Status.WAITING)
    goods = OrderLine.objects.filter(order=OuterRef("pk"), variant__isnull=False)
    oldest_first = payable.order_by("placed_at")
    to_send = sold.order_by("placed_at").filter(Exists(goods), status=STATUS.CONFIRMED, shipped_at__isnull=True)
    asked = Return.objects.filter(order__in=sold.order_by(), status=Return.Status.ASKED)
    return OrdersToHandle(
        slips=list(waiting.select_related("order").order_by("at")),
        no_seat=list(oldest_first.filter(status=STATUS.PAID_NO_SEAT)),
        refunds=list(oldest_first.filter(refund_due_satang__gt=0)),
        to_send=list(to_send),
        unpaid=list(unpaid_after(payable, at)),
        returns=list(asked.select_related("order").order_by("asked_at", "pk")),
    )


@dataclass(frozen=True)
class Guests:
    """One booking on a departure: whom to expect, and with which extras and pick-up (``options``). ``paid`` is false
    while its slip is being checked."""

    order: Order
    lines: list[OrderLine]
    options: list[OrderLine] = field(default_factory=list)

    @property
    def pickup(self) -> OrderLine | None:
        """Where they are fetched; empty: they come to the meeting point."""
        return next((line for line in self.options if line.pickup), None)

    @property
    def extras(self) -> list[OrderLine]:
        return [line for line in self.options if line.extra]

    @property
    def guide_language(self) -> str:
        """Its code; empty: any of the tour's."""
        return self.lines[0].guide_language if self.lines else ""

    @property
    def seats(self) -> int:
        return sum(line.seats for line in self.lines)

    @property
    def people(self) -> int:
        return sum(line.people for line in self.lines)

    @property
    def paid(self) -> bool:
        return self.order.status == STATUS.CONFIRMED

    @property
    def to_collect_satang(self) -> int:
        """What they still have to pay, to the seller and not to a reseller."""
        return self.order.to_collect_satang

    @property
    def arrived(self) -> int:
        return sum(line.arrived for line in self.lines)

    @property
    def missing(self) -> int:
        return self.people - self.arrived

    @property
    def here(self) -> bool:
        return not self.missing


def manifest(departure: Departure) -> list[Guests]:
    """The bookings of a departure, those whose money is being checked included; unpaid ones not. Who is fetched first
    stands first, who comes alone last, each by name. One query."""
    return by_pickup(guests_by_booking(expected_lines([departure])))


def by_pickup(guests: Iterable[Guests]) -> list[Guests]:
    """Who is fetched first stands first, who comes alone last; else in their order."""
    return sorted(guests, key=_fetched_after)


def _fetched_after(guests: Guests) -> int:
    line = guests.pickup
    return -line.pickup.minutes_before if line and line.pickup else 1


def expected_lines(departures: Iterable[Departure]) -> QuerySet[OrderLine]:
    """The lines of everybody who is expected at these departures, by the buyer's name."""
    expected = OrderLine.objects.filter(
        departure__in=departures,
        order__status__in=[STATUS.CONFIRMED, STATUS.SLIP_REVIEW],
    )
    return expected.select_related("order__seller", "category", "extra", "pickup").order_by(
        "order__buyer_name", "order_id", "id"
    )


def guests_by_booking(lines: Iterable[OrderLine]) -> list[Guests]:
    """Lines of one departure as bookings, in their order."""
    bookings: dict[int, Guests] = {}
    for line in lines:
        booking = bookings.setdefault(line.order_id, Guests(line.order, []))
        (booking.lines if line.kind in OrderLine.GUESTS else booking.options).append(line)
    return list(bookings.values())
