"""Seats and stock: counters that change only by one conditional UPDATE each, never by reading first.

``Departure.taken`` and ``Variant.reserved`` say how many are gone; the order lines say who has them. Both change in the
transaction of the order's own change, always in the order departures, variants, tours, products, each by row id, so
that two baskets never wait for each other in a circle.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal

from ..models import Departure, OrderLine, Product, Tour, Variant

seats_freed = Signal()  # with ``departure``, a row id, and ``at``: see tell_of_free_seats


class LineLike(Protocol):
    """Whatever says how much of what: an order line, or a line of a basket that is not an order yet."""

    @property
    def departure(self) -> Departure | None: ...
    @property
    def variant(self) -> Variant | None: ...
    @property
    def quantity(self) -> int: ...
    @property
    def seats(self) -> int: ...
    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class CannotTake(Exception):
    """Fewer are left than were asked for. ``line`` is what could not be had, ``left`` how many there are."""

    def __init__(self, line: LineLike, left: int) -> None:
        super().__init__(f"{line.name_th}: {left}")
        self.line = line
        self.left = left


class BooksDoNotBalance(RuntimeError):
    """More was to be given back than is out: a counter and its lines disagree. Nothing is changed."""


@dataclass(frozen=True)
class Wanted:
    """How many of each departure and variant, and by whom to name them when they are gone."""

    seats: dict[int, int]
    goods: dict[int, int]
    tours: list[int]
    products: list[int]


def take_seats(*, departure: int, seats: int, starts_after: datetime) -> bool:
    """Take seats of an open departure that starts after that moment. ``False``: not enough are left, or it is shut."""
    free = Departure.objects.filter(
        pk=departure, status=Departure.Status.OPEN, starts_at__gt=starts_after, taken__lte=F("capacity") - seats
    )
    return bool(free.update(taken=F("taken") + seats))


def give_back_seats(*, departure: int, seats: int) -> None:
    """Give seats back. Raises BooksDoNotBalance."""
    if not Departure.objects.filter(pk=departure, taken__gte=seats).update(taken=F("taken") - seats):
        raise BooksDoNotBalance(f"departure {departure}: {seats} seats")


def take_goods(*, variant: int, quantity: int) -> bool:
    """Reserve pieces. ``False``: not enough are left, or the variant is no longer sold."""
    free = Variant.objects.filter(pk=variant, is_active=True, reserved__lte=F("stock") - quantity)
    return bool(free.update(reserved=F("reserved") + quantity))


def give_back_goods(*, variant: int, quantity: int) -> None:
    """Release reserved pieces. Raises BooksDoNotBalance."""
    if not Variant.objects.filter(pk=variant, reserved__gte=quantity).update(reserved=F("reserved") - quantity):
        raise BooksDoNotBalance(f"variant {variant}: {quantity} reserved")


def ship_goods(*, variant: int, quantity: int) -> None:
    """Reserved pieces leave the house: stock and reservation both go down. Raises BooksDoNotBalance."""
    held = Variant.objects.filter(pk=variant, reserved__gte=quantity, stock__gte=quantity)
    if not held.update(stock=F("stock") - quantity, reserved=F("reserved") - quantity):
        raise BooksDoNotBalance(f"variant {variant}: {quantity} to send")


def take(lines: Iterable[LineLike], *, at: datetime, opening: dict[int, datetime] | None = None) -> None:
    """Take everything, or raise CannotTake: the caller's transaction or savepoint must then be rolled back.

    ``opening`` gives, by departure, the moment after which it must start (now and its cut-off); without it a departure
    must only not have started."""
    lines = list(lines)
    wanted = _wanted(lines)
    for departure, seats in sorted(wanted.seats.items()):
        if not take_seats(departure=departure, seats=seats, starts_after=(opening or {}).get(departure, at)):
            raise CannotTake(_line_of(lines, departure=departure), _seats_left(departure))
    for variant, quantity in sorted(wanted.goods.items()):
        if not take_goods(variant=variant, quantity=quantity):
            raise CannotTake(_line_of(lines, variant=variant), _pieces_left(variant))
    bump_versions(wanted)


def take_if_left(lines: Iterable[LineLike], *, at: datetime) -> bool:
    """Take everything or nothing, and say which."""
    try:
        with transaction.atomic():
            take(lines, at=at)
    except CannotTake:
        return False
    return True


def give_back(lines: Iterable[LineLike], *, at: datetime, goods: bool = True) -> None:
    """Give everything back; without ``goods`` only the seats, because the goods have been sent."""
    wanted = _wanted(list(lines))
    _put_back(wanted, goods=goods)
    tell_of_free_seats(wanted.seats, at=at)


def _put_back(wanted: Wanted, *, goods: bool = True) -> None:
    for departure, seats in sorted(wanted.seats.items()):
        give_back_seats(departure=departure, seats=seats)
    for variant, quantity in sorted(wanted.goods.items() if goods else []):
        give_back_goods(variant=variant, quantity=quantity)
    bump_versions(wanted)


def exchange(
    before: Iterable[LineLike], after: Iterable[LineLike], *, at: datetime, opening: dict[int, datetime] | None = None
) -> None:
    """Give ``before`` back and take ``after``, with nothing in between in which either could be lost. Raises CannotTake
    (see ``take``). Of the freed seats others hear last, when the new ones are safe."""
    before, after = list(before), list(after)
    _lock([*before, *after])
    given = _wanted(before)
    _put_back(given)
    take(after, at=at, opening=opening)
    tell_of_free_seats(given.seats, at=at)


def _lock(lines: list[LineLike]) -> None:
    """Both sides in the one order of rows, before the first of them changes (SQLite: the whole database is locked)."""
    wanted = _wanted(lines)
    list(Departure.objects.select_for_update().filter(pk__in=wanted.seats).order_by("pk").values_list("pk"))
    list(Variant.objects.select_for_update().filter(pk__in=wanted.goods).order_by("pk").values_list("pk"))


def tell_of_free_seats(departures: Iterable[int], *, at: datetime) -> None:
    """Whoever waits for seats of these departures hears of it inside the transaction that freed them, so that nobody
    can step in between. Every way in which seats come free ends here; a receiver must not fail."""
    for departure in sorted(departures):
        seats_freed.send(Departure, departure=departure, at=at)


def send(lines: Iterable[LineLike]) -> None:
    """The goods among the lines leave the house."""
    wanted = _wanted([line for line in lines if line.variant is not None])
    for variant, quantity in sorted(wanted.goods.items()):
        ship_goods(variant=variant, quantity=quantity)
    bump_versions(wanted)


def bump_versions(wanted: Wanted) -> None:
    """Pages are kept by version; this makes the seats and pieces left that they show true at once."""
    for tour in wanted.tours:
        Tour.objects.filter(pk=tour).update(version=F("version") + 1)
    for product in wanted.products:
        Product.objects.filter(pk=product).update(version=F("version") + 1)


def _wanted(lines: list[LineLike]) -> Wanted:
    seats: Counter[int] = Counter()
    goods: Counter[int] = Counter()
    tours, products = set(), set()
    for line in lines:
        if line.departure is not None:
            seats[line.departure.pk] += line.seats
            tours.add(line.departure.tour_id)
        elif line.variant is not None:
            goods[line.variant.pk] += line.quantity
            products.add(line.variant.product_id)
    return Wanted(dict(seats), dict(goods), sorted(tours), sorted(products))


def _line_of(lines: list[LineLike], *, departure: int = 0, variant: int = 0) -> LineLike:
    return next(
        line
        for line in lines
        if (line.departure and line.departure.pk == departure) or (line.variant and line.variant.pk == variant)
    )


def _seats_left(departure: int) -> int:
    open_one = Departure.objects.filter(pk=departure, status=Departure.Status.OPEN)
    return max(0, sum(capacity - taken for capacity, taken in open_one.values_list("capacity", "taken")))


def _pieces_left(variant: int) -> int:
    active = Variant.objects.filter(pk=variant, is_active=True)
    return sum(stock - reserved for stock, reserved in active.values_list("stock", "reserved"))


def lines_of(order: int) -> list[OrderLine]:
    """The lines of an order with what they hold, in one query."""
    return list(OrderLine.objects.filter(order=order).select_related("departure", "variant"))
