"""Moving guests to another date of the same tour: where to, and what it changes about the price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from tourdee.core.dates import at_bangkok

from ..models import Departure, Order, OrderLine
from .availability import before_cut_off, with_seats_left
from .baskets import PRIVATE, Basket, BasketLine, BookingWish, Item, Wishes, basket
from .money import percent_back
from .settled import Settled, settled

STATUS = Order.Status
MOST_DATES = 24


@dataclass(frozen=True)
class MoveQuote:
    """A move of ``lines`` to ``departure``, priced by today's rows; ``basket`` holds the new lines. Amounts in satang; the
    difference is negative where the new date is cheaper."""

    departure: Departure
    lines: list[OrderLine]
    basket: Basket
    goods_satang: int
    discount_satang: int
    rounding_satang: int
    total_satang: int
    difference_satang: int
    money: Settled
    percent_at_most: int

    @property
    def refund_satang(self) -> int:
        """What is owed back afterwards, with what was owed before."""
        return self.money.due_satang

    @property
    def rest_satang(self) -> int:
        """What is still to be paid afterwards."""
        return self.money.rest_satang


def move_quote(
    order: Order, lines: Sequence[OrderLine], to: Departure, at: datetime, *, by_seller: bool = False
) -> MoveQuote:
    """What it would cost. Raises what ``basket`` raises: the date can't be booked, the party is too large for it."""
    moved = list(lines)
    priced = basket(
        shop=order.shop, items=_items(moved, to), wishes=_wishes(moved, to), at=at, delivery=None, by_seller=by_seller
    )
    difference = priced.goods_satang - sum(line.total_satang for line in moved)
    goods = order.goods_satang + difference
    new = {what(line): line for line in priced.lines}
    lost = sum(max(0, line.discount_satang - new[what(line)].total_satang) for line in moved)
    discount = order.discount_satang - order.rounding_satang - lost
    price = goods + order.shipping_satang + order.kept_satang - discount
    rounding = min(order.rounding_satang, price)  # on no line; the new date may cost less
    total = price - rounding
    return MoveQuote(
        departure=to,
        lines=moved,
        basket=priced,
        goods_satang=goods,
        discount_satang=discount + rounding,
        rounding_satang=rounding,
        total_satang=total,
        difference_satang=total - order.total_satang,
        money=settled(order, total),
        percent_at_most=100 if by_seller else percent_now(moved, at),
    )


def what(line: OrderLine | BasketLine) -> tuple[str, int, int, int]:
    """What a line of a departure is, whichever date it is for."""
    things = (line.category, line.extra, line.pickup)
    category, extra, pickup = (thing.pk if thing else 0 for thing in things)
    return str(line.kind), category, extra, pickup


def _items(lines: Sequence[OrderLine], to: Departure) -> list[Item]:
    date = to.public_id
    items = []
    for line in lines:
        if line.category:
            items.append(Item(departure=date, category=line.category.public_id, quantity=line.quantity))
        elif line.extra:
            items.append(Item(departure=date, extra=line.extra.public_id, quantity=line.quantity))
        elif line.kind == OrderLine.Kind.PRIVATE:
            items.append(Item(departure=date, category=PRIVATE, quantity=line.seats))
    return items


def _wishes(lines: Sequence[OrderLine], to: Departure) -> Wishes:
    """Fetched at the same place, guided in the same language."""
    pickup = next((line.pickup.public_id for line in lines if line.pickup), "")
    language = next((line.guide_language for line in lines if line.guide_language), "")
    return Wishes(bookings=(BookingWish(departure=to.public_id, pickup=pickup, language=language),))


def percent_now(lines: Sequence[OrderLine], at: datetime) -> int:
    """What a cancellation would give back now: the guest moves freely while it is anything, and by moving nobody gets
    back to more."""
    return min((percent_back(line.tiers, line.departure.starts_at - at) for line in lines if line.departure), default=0)


def can_move(order: Order, lines: Sequence[OrderLine], at: datetime, *, by_seller: bool = False) -> bool:
    """Whether these lines of one departure can be moved: paid, nobody has come yet, and for the guest, within the
    tiers. What a reseller sold, its guest changes there."""
    seats = [line for line in lines if line.departure]
    if order.status != STATUS.CONFIRMED or not seats or any(line.checked_in_at for line in seats):
        return False
    return by_seller or (not order.resold_by and percent_now(seats, at) > 0)


def dates_to_move_to(
    lines: Sequence[OrderLine], at: datetime, *, by_seller: bool = False, since: date | None = None
) -> list[Departure]:
    """Other dates of the tour with room for the party, soonest first, from a day on; for the guest only before the cut-off.
    At most MOST_DATES, each with ``seats_left``. One query."""
    dates = _dates_with_room(lines, at, by_seller)
    return list((dates.filter(starts_at__gte=at_bangkok(since, 0)) if since else dates)[:MOST_DATES])


def date_to_move_to(
    lines: Sequence[OrderLine], public_id: str, at: datetime, *, by_seller: bool = False
) -> Departure | None:
    """The one of them with that id, however far ahead. One query."""
    return _dates_with_room(lines, at, by_seller).filter(public_id=public_id).first()


def _dates_with_room(lines: Sequence[OrderLine], at: datetime, by_seller: bool) -> QuerySet[Departure]:
    """A private party needs a date that nobody else has booked."""
    first = next(line.departure for line in lines if line.departure)
    open_ones = Departure.objects.filter(tour=first.tour_id, status=Departure.Status.OPEN)
    cut_off = timedelta(hours=first.tour.cut_off_hours)
    others = open_ones.filter(Q(starts_at__gt=at) if by_seller else before_cut_off(at, at + cut_off))
    with_room = with_seats_left(others.exclude(pk=first.pk), at).filter(
        seats_left__gte=sum(line.seats for line in lines)
    )
    if any(line.kind == OrderLine.Kind.PRIVATE for line in lines):
        with_room = with_room.filter(seats_left=F("capacity"))
    return with_room.select_related("tour").order_by("starts_at")
