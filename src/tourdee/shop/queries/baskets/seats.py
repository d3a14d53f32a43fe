"""Seats: single ones by price category, or a whole departure for one party."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from tourdee.core.dates import bangkok_day
from tourdee.core.prepared import DAY, Prepared

from ...models import Departure, OrderLine, PriceCategory, PrivatePrice, Shop, Tour
from ..prices import price_of, private_table
from ..storefront.on_sale import tours_on_sale
from .lines import BasketLine
from .refusals import LARGEST_QUANTITY, BadQuantity, NoSuchChoice, NotOnSale, PrivateOrJoinIn
from .terms import Terms, terms_of
from .wishes import PRIVATE, Item, Wishes

KIND = OrderLine.Kind
SOLD_AS = Tour.SoldAs
Opens = Callable[[Departure], datetime]  # the moment after which a departure must start to be bookable now


DEPARTURES = Prepared(
    lambda departures, on: (
        Departure.objects.filter(
            public_id__among=departures,
            status=Departure.Status.OPEN,
            tour__shop__status=Shop.Status.OPEN,
            tour__status=Tour.Status.PUBLISHED,
        )
        .annotate(is_lawful=Exists(tours_on_sale(on).filter(pk=OuterRef("tour"))))
        .select_related("tour__operator")
        .order_by()
    ),
    departures=[""],
    on=DAY,
)


def seat_lines(shop: Shop, items: list[Item], wishes: Wishes, at: datetime, opens: Opens) -> list[BasketLine]:
    """The earliest date first, the categories of each as the seller wrote them down: so they stand on the order, the ticket and the
    receipt. Two queries."""
    if not items:
        return []
    departures = _departures(shop, items, at, opens)
    terms = terms_of(items, departures.values())
    lines = [_line(item, _departure_of(item, departures), terms, wishes) for item in items]
    _check_groups(lines)
    return sorted(lines, key=_place)


def _place(line: BasketLine) -> tuple[datetime, int, int]:
    assert line.departure
    return line.departure.starts_at, line.departure.pk, line.category.position if line.category else 0


def opening(departure: Departure, at: datetime) -> datetime:
    """After which moment it must start for the public to book it now. Where the seller set until when (``closes_at``),
    it is only looked at here: after that moment nothing that starts later than now would do."""
    if departure.closes_at is None:
        return at + timedelta(hours=departure.tour.cut_off_hours)
    return at if at < departure.closes_at else departure.starts_at


def _departures(shop: Shop, items: list[Item], at: datetime, opens: Opens) -> dict[str, Departure]:
    """The open ones of published tours of this shop while it is open, before their cut-off, under a licence."""
    found = DEPARTURES.objects(departures={item.departure for item in items}, on=bangkok_day(at))
    departures = {one.public_id: one for one in found if one.tour.shop_id == shop.pk}
    tours: dict[int, Tour] = {}
    for departure in departures.values():
        departure.tour = tours.setdefault(departure.tour_id, departure.tour)
        departure.tour.shop = shop
        if departure.starts_at <= opens(departure) or not departure.is_lawful:
            raise NotOnSale(departure.tour.name_th)
    return departures


def _departure_of(item: Item, departures: dict[str, Departure]) -> Departure:
    if item.departure not in departures:
        raise NotOnSale
    return departures[item.departure]


def _line(item: Item, departure: Departure, terms: Terms, wishes: Wishes) -> BasketLine:
    language = guide_language(departure.tour, wishes.booking(departure.public_id).language)
    if item.category == PRIVATE:
        return _whole_departure(departure, item.quantity, terms.sizes[departure.tour_id], language)
    category = terms.categories.get((departure.tour_id, item.category))
    if category is None or departure.tour.sold_as == SOLD_AS.PRIVATE:
        raise NotOnSale
    return _single_seats(departure, category, item.quantity, language)


def _single_seats(departure: Departure, category: PriceCategory, quantity: int, language: str) -> BasketLine:
    tour = departure.tour
    return BasketLine(
        kind=KIND.SEATS,
        departure=departure,
        category=category,
        name_th=f"{tour.name_th} · {category.name_th}",
        name_en=f"{tour.name_en or tour.name_th} · {category.name_en or category.name_th}",
        quantity=quantity,
        seats=quantity * category.seats,
        guide_language=language,
        unit_price_satang=price_of(departure, category),
        tiers=tiers_of(tour),
    )


def _whole_departure(departure: Departure, party: int, table: list[PrivatePrice], language: str) -> BasketLine:
    tour = departure.tour
    if tour.sold_as == SOLD_AS.JOIN_IN or not table:
        raise NotOnSale(tour.name_th)
    return BasketLine(
        kind=KIND.PRIVATE,
        departure=departure,
        name_th=f"{tour.name_th} · กลุ่มส่วนตัว {party} คน",
        name_en=f"{tour.name_en or tour.name_th} · private group of {party}",
        quantity=1,
        seats=party,
        guide_language=language,
        unit_price_satang=private_price(tour, private_table(departure, table), party),
        tiers=tiers_of(tour),
    )


def private_price(tour: Tour, table: list[tuple[int, int]], party: int) -> int:
    """What a party pays for a whole departure: the row (people up to, satang) of the smallest size that holds it, or the
    last row and the price of each person above. Raises BadQuantity for a party that is too large."""
    for up_to, satang in table:
        if party <= up_to:
            return satang
    up_to, satang = table[-1]
    if tour.private_more_satang is None:
        raise BadQuantity(tour.name_th, up_to)
    return satang + (party - up_to) * tour.private_more_satang


def tiers_of(tour: Tour) -> list[list[int]]:
    """The cancellation tiers as a line freezes them."""
    return [[tier.hours_before, tier.refund_percent] for tier in tour.tiers.all()]


def guide_language(tour: Tour, wanted: str) -> str:
    """The one that was wished for, the only one that there is, or none in particular. Raises NoSuchChoice."""
    if wanted and wanted not in tour.languages:
        raise NoSuchChoice
    return wanted or (tour.languages[0] if len(tour.languages) == 1 else "")


def _check_groups(lines: Iterable[BasketLine]) -> None:
    """No more people than the tour takes, somebody who sits (lap children do not book alone), and a private party has
    its departure for itself."""
    by_departure: defaultdict[int, list[BasketLine]] = defaultdict(list)
    for line in lines:
        assert line.departure
        by_departure[line.departure.pk].append(line)
        largest = line.departure.tour.maximum_group
        together = by_departure[line.departure.pk]
        if sum(one.seats for one in together) > largest or sum(one.people for one in together) > LARGEST_QUANTITY:
            raise BadQuantity(line.name_th, largest)
    for together in by_departure.values():
        if len(together) > 1 and any(one.kind == KIND.PRIVATE for one in together):
            raise PrivateOrJoinIn
        if not any(one.seats for one in together):
            raise BadQuantity
