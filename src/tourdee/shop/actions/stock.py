"""Seats and stock: counters that change only by one conditional UPDATE each, never by reading first.

``Departure.taken``, ``ExtraCount.taken`` and ``Variant.reserved`` say how many are gone; the order lines say who has
them. All change in the transaction of the order's own change, always in the order departures, extras, variants, tours,
products, each by row id, so that two baskets never wait for each other in a circle.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import F, QuerySet
from django.dispatch import Signal

from tourdee.core.prepared import MOMENT, PreparedUpdate

from ..models import Departure, Extra, ExtraCount, OrderLine, Product, Tour, Variant

seats_freed = Signal()  # with ``departure``, a row id, and ``at``: see tell_of_free_seats


class LineLike(Protocol):
    """Whatever says how much of what: an order line, or a line of a basket that is not an order yet."""

    @property
    def kind(self) -> str: ...
    @property
    def departure(self) -> Departure | None: ...
    @property
    def extra(self) -> Extra | None: ...
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
    """How many of each departure and variant, and by whom to name them when they are gone. ``private``: departures
    wanted by one party alone; ``extras``: by departure and extra."""

    seats: dict[int, int]
    goods: dict[int, int]
    tours: list[int]
    products: list[int]
    private: set[int] = field(default_factory=set)
    extras: dict[tuple[int, int], int] = field(default_factory=dict)


def take_seats(*, departure: int, seats: int, starts_after: datetime, private: bool = False) -> bool:
    """Take seats of an open departure that starts after that moment; with ``private`` only if nobody else has any, and
    then nobody else can have any. ``False``: not enough are left, or it is shut."""
    take = TAKE_ALL if private else TAKE_SEATS
    return bool(take.run(departure=departure, seats=seats, after=starts_after))


def _with_free_seats(departure: int, seats: int, after: datetime) -> QuerySet[Departure]:
    open_ones = Departure.objects.filter(pk=departure, status=Departure.Status.OPEN, starts_at__gt=after)
    return open_ones.filter(taken__lte=F("capacity") - seats, is_private=False)


TAKE_SEATS = PreparedUpdate(
    lambda departure, seats, after: (_with_free_seats(departure, seats, after), {"taken": F("taken") + seats}),
    departure=1, seats=1, after=MOMENT,
)  # fmt: skip
TAKE_ALL = PreparedUpdate(
    lambda departure, seats, after: (
        _with_free_seats(departure, seats, after).filter(taken=0), {"taken": F("taken") + seats, "is_private": True}
    ),
    departure=1, seats=1, after=MOMENT,
)  # fmt: skip


def give_back_seats(*, departure: int, seats: int, private: bool = False) -> None:
    """Give seats back; after a private party anybody may book again. Raises BooksDoNotBalance."""
    out = Departure.objects.filter(pk=departure, taken__gte=seats)
    changes = {"taken": F("taken") - seats} | ({"is_private": False} if private else {})
    if not out.update(**changes):
        raise BooksDoNotBalance(f"departure {departure}: {seats} seats")


def take_extras(*, departure: int, extra: int, quantity: int) -> bool:
    """Take pieces of an extra on one departure. ``False``: not enough are left."""
    free = ExtraCount.objects.filter(departure=departure, extra=extra, taken__lte=F("capacity") - quantity)
    return bool(free.update(taken=F("taken") + quantity))


def give_back_extras(*, departure: int, extra: int, quantity: int) -> None:
    """Give pieces of an extra back. Raises BooksDoNotBalance."""
    out = ExtraCount.objects.filter(departure=departure, extra=extra, taken__gte=quantity)
    if not out.update(taken=F("taken") - quantity):
        raise BooksDoNotBalance(f"extra {extra} of departure {departure}: {quantity}")


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
        start, private = (opening or {}).get(departure, at), departure in wanted.private
        if not take_seats(departure=departure, seats=seats, starts_after=start, private=private):
            raise CannotTake(_line_of(lines, departure=departure), 0 if private else _seats_left(departure))
    _take_extras(lines, wanted)
    for variant, quantity in sorted(wanted.goods.items()):
        if not take_goods(variant=variant, quantity=quantity):
            raise CannotTake(_line_of(lines, variant=variant), _pieces_left(variant))
    bump_versions(wanted)


def _take_extras(lines: list[LineLike], wanted: Wanted) -> None:
    if wanted.extras:
        _count_extras(lines)
    for (departure, extra), quantity in sorted(wanted.extras.items()):
        if not take_extras(departure=departure, extra=extra, quantity=quantity):
            raise CannotTake(_line_of(lines, departure=departure, extra=extra), _extras_left(departure, extra))


def _count_extras(lines: list[LineLike]) -> None:
    """The first one to be taken on a departure begins its count."""
    counts = [
        ExtraCount(departure=line.departure, extra=line.extra, capacity=line.extra.capacity)
        for line in lines
        if line.departure and line.extra
    ]
    ExtraCount.objects.bulk_create(counts, ignore_conflicts=True)


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
        give_back_seats(departure=departure, seats=seats, private=departure in wanted.private)
    for (departure, extra), quantity in sorted(wanted.extras.items()):
        give_back_extras(departure=departure, extra=extra, quantity=quantity)
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
    extras = ExtraCount.objects.select_for_update().filter(departure__in=wanted.seats)
    list(extras.order_by("departure", "extra").values_list("pk"))
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
        BUMP_TOUR.run(row=tour)
    for product in wanted.products:
        BUMP_PRODUCT.run(row=product)


BUMP_TOUR = PreparedUpdate(lambda row: (Tour.objects.filter(pk=row), {"version": F("version") + 1}), row=1)
BUMP_PRODUCT = PreparedUpdate(lambda row: (Product.objects.filter(pk=row), {"version": F("version") + 1}), row=1)


def _wanted(lines: list[LineLike]) -> Wanted:
    seats: Counter[int] = Counter()
    goods: Counter[int] = Counter()
    extras: Counter[tuple[int, int]] = Counter()
    for line in lines:
        if line.kind in OrderLine.GUESTS and line.departure is not None:
            seats[line.departure.pk] += line.seats
        elif line.extra is not None and line.departure is not None:
            extras[line.departure.pk, line.extra.pk] += line.quantity
        elif line.variant is not None:
            goods[line.variant.pk] += line.quantity
    return Wanted(
        seats=dict(seats),
        goods=dict(goods),
        tours=sorted({line.departure.tour_id for line in lines if line.departure}),
        products=sorted({line.variant.product_id for line in lines if line.variant}),
        private={line.departure.pk for line in lines if line.departure and line.kind == OrderLine.Kind.PRIVATE},
        extras=dict(extras),
    )


def _line_of(lines: list[LineLike], *, departure: int = 0, variant: int = 0, extra: int = 0) -> LineLike:
    return next(
        line
        for line in lines
        if (line.departure and line.departure.pk == departure and (line.extra.pk if line.extra else 0) == extra)
        or (line.variant and line.variant.pk == variant)
    )


def _seats_left(departure: int) -> int:
    open_one = Departure.objects.filter(pk=departure, status=Departure.Status.OPEN, is_private=False)
    return max(0, sum(capacity - taken for capacity, taken in open_one.values_list("capacity", "taken")))


def _extras_left(departure: int, extra: int) -> int:
    counts = ExtraCount.objects.filter(departure=departure, extra=extra)
    return max(0, sum(capacity - taken for capacity, taken in counts.values_list("capacity", "taken")))


def _pieces_left(variant: int) -> int:
    active = Variant.objects.filter(pk=variant, is_active=True)
    return sum(stock - reserved for stock, reserved in active.values_list("stock", "reserved"))


def lines_of(order: int) -> list[OrderLine]:
    """The lines of an order with what they hold, in one query."""
    return list(
        OrderLine.objects.filter(order=order).select_related("departure", "variant", "extra", "category", "pickup")
    )
