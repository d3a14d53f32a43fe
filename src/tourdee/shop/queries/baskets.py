"""What a basket holds and costs today, by our own rows: the page of the cart and the placing of an order ask here.

Nothing that a browser says about price, seats or seller is believed; it names public ids and quantities only.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day
from tourdee.legal.models import Business

from ..models import Departure, PriceCategory, Product, Shop, Tour, Variant
from .licences import may_sell_tour
from .prices import price_of
from .refusals import Refused
from .shipping import POST, Delivery, Shipping, Tariff, shipping, tariff_of

ANY_WAY = Delivery()
LARGEST_QUANTITY = 99
LARGEST_BASKET = 20
Opens = Callable[[Departure], datetime]  # the moment after which a departure must start to be bookable now
PUBLIC_ID = re.compile(r"[a-z0-9]{0,16}")  # what is not even one is not asked for (PostgreSQL refuses a NUL)


class NotOnSale(Refused):
    """Unknown, of another shop, hidden, past its cut-off, or without a licence in force. ``name`` may be empty."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.name = name

    @property
    def message(self) -> str:
        if self.name:
            return _("“%(name)s” can no longer be booked. Please take it out and choose something else.") % {
                "name": self.name
            }
        return _("Something in your basket is no longer on sale. Please take it out and choose again.")


class BadQuantity(Refused):
    """Not a whole number from 1 to ``largest``."""

    def __init__(self, name: str = "", largest: int = LARGEST_QUANTITY) -> None:
        super().__init__(name)
        self.name = name
        self.largest = largest

    @property
    def message(self) -> str:
        return _("Please choose a whole number from 1 to %(largest)s.") % {"largest": self.largest}


class MixedSellers(Refused):
    """What is in the basket would be paid to different people."""

    @property
    def message(self) -> str:
        return _(
            "These are sold by different sellers, so they need separate payments. "
            "Please order the things of one seller first, then the others."
        )


@dataclass(frozen=True, kw_only=True)
class Item:
    """What a buyer wants: seats of a departure in a price category, or pieces of a variant; by public ids."""

    quantity: int
    departure: str = ""
    category: str = ""
    variant: str = ""


@dataclass(frozen=True, kw_only=True)
class BasketLine:
    """One line with our name and price. ``tiers``: [[hours before, per cent back], …], the largest hours first."""

    departure: Departure | None = None
    category: PriceCategory | None = None
    variant: Variant | None = None
    name_th: str
    name_en: str
    quantity: int
    seats: int = 0
    unit_price_satang: int
    tiers: list[list[int]] = field(default_factory=list)

    @property
    def total_satang(self) -> int:
        return self.quantity * self.unit_price_satang


@dataclass(frozen=True, kw_only=True)
class Basket:
    """What an order would be. ``opening``: by departure row, the moment after which it must start to be bookable.
    ``shipping`` and ``tariff`` are empty without goods."""

    lines: list[BasketLine]
    payee: Business
    goods_satang: int
    opening: dict[int, datetime]
    shipping: Shipping | None = None
    tariff: Tariff | None = None

    @property
    def shipping_satang(self) -> int:
        return self.shipping.satang if self.shipping else 0

    @property
    def total_satang(self) -> int:
        return self.goods_satang + self.shipping_satang

    @property
    def total_without_fee(self) -> int:
        """The price before the fee for paying on delivery."""
        return self.total_satang - (self.shipping.fee_satang if self.shipping else 0)

    @property
    def needs_address(self) -> bool:
        return self.shipping is not None and self.shipping.way == POST


def basket(
    *, shop: Shop, items: Sequence[Item], at: datetime, delivery: Delivery | None = ANY_WAY, by_seller: bool = False
) -> Basket:
    """The items priced by our rows, goods with their shipping unless ``delivery`` is left out. ``by_seller``: sold in
    person or in a chat, so also after the public cut-off, until the start. At most eight queries. Raises NotOnSale,
    BadQuantity, MixedSellers, and CannotDeliver for the shipping."""
    wanted = _merged(items)
    opens = (lambda _departure: at) if by_seller else (lambda departure: _opening(departure, at))
    seats = _seat_lines(shop, [item for item in wanted if item.departure], at, opens)
    goods = _goods_lines(shop, [item for item in wanted if not item.departure])
    lines = [*seats, *goods]
    tariff = tariff_of(shop) if goods and delivery else None
    return Basket(
        lines=lines,
        payee=_payee(shop, seats, bool(goods)),
        goods_satang=sum(line.total_satang for line in lines),
        tariff=tariff,
        shipping=_shipping(tariff, goods, delivery) if tariff and delivery else None,
        opening={line.departure.pk: opens(line.departure) for line in seats if line.departure},
    )


def _shipping(tariff: Tariff, goods: list[BasketLine], delivery: Delivery) -> Shipping:
    grams = sum(line.quantity * line.variant.weight_grams for line in goods if line.variant)
    satang = sum(line.total_satang for line in goods)
    return shipping(tariff, grams=grams, goods_satang=satang, delivery=delivery)


def whole(quantity: object) -> int:
    """A quantity that is a whole number from 1 to 99. ``True`` and ``2.0`` are none. Raises BadQuantity."""
    if type(quantity) is not int or not 1 <= quantity <= LARGEST_QUANTITY:
        raise BadQuantity
    return quantity


def _merged(items: Sequence[Item]) -> list[Item]:
    totals: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for item in items:
        if not all(PUBLIC_ID.fullmatch(name) for name in (item.departure, item.category, item.variant)):
            raise NotOnSale
        totals[item.departure, item.category, item.variant] += whole(item.quantity)
    if not 1 <= len(totals) <= LARGEST_BASKET:
        raise BadQuantity(largest=LARGEST_BASKET)
    return [
        Item(departure=departure, category=category, variant=variant, quantity=whole(quantity))
        for (departure, category, variant), quantity in sorted(totals.items())
    ]


# ------------------------------------------------------------------ seats
def _seat_lines(shop: Shop, items: list[Item], at: datetime, opens: Opens) -> list[BasketLine]:
    if not items:
        return []
    departures = _departures(shop, items, at, opens)
    categories = PriceCategory.objects.filter(public_id__in={item.category for item in items}, is_active=True)
    by_id = {(category.tour_id, category.public_id): category for category in categories}
    lines = [_seat_line(item, departures, by_id) for item in items]
    _check_groups(lines)
    return lines


def _departures(shop: Shop, items: list[Item], at: datetime, opens: Opens) -> dict[str, Departure]:
    """The open ones of published tours of this shop while it is open, before their cut-off, under a licence."""
    found = Departure.objects.filter(
        public_id__in={item.departure for item in items},
        status=Departure.Status.OPEN,
        tour__shop=shop,
        tour__shop__status=Shop.Status.OPEN,
        tour__status=Tour.Status.PUBLISHED,
    )
    departures = {
        departure.public_id: departure
        for departure in found.select_related("tour__operator").prefetch_related("tour__tiers", "special_prices")
    }
    for departure in departures.values():
        departure.tour.shop = shop
        late = departure.starts_at <= opens(departure)
        if late or not may_sell_tour(departure.tour, bangkok_day(at)):
            raise NotOnSale(departure.tour.name_th)
    return departures


def _opening(departure: Departure, at: datetime) -> datetime:
    """After which moment it must start for the public to book it now. Where the seller set until when (``closes_at``),
    it is only looked at here: after that moment nothing that starts later than now would do."""
    if departure.closes_at is None:
        return at + timedelta(hours=departure.tour.cut_off_hours)
    return at if at < departure.closes_at else departure.starts_at


def _seat_line(
    item: Item, departures: dict[str, Departure], categories: dict[tuple[int, str], PriceCategory]
) -> BasketLine:
    departure = departures.get(item.departure)
    category = categories.get((departure.tour_id, item.category)) if departure else None
    if departure is None or category is None:
        raise NotOnSale
    tour = departure.tour
    return BasketLine(
        departure=departure,
        category=category,
        name_th=f"{tour.name_th} · {category.name_th}",
        name_en=f"{tour.name_en or tour.name_th} · {category.name_en or category.name_th}",
        quantity=item.quantity,
        seats=item.quantity * category.seats,
        unit_price_satang=price_of(departure, category),
        tiers=[[tier.hours_before, tier.refund_percent] for tier in tour.tiers.all()],
    )


def _check_groups(lines: list[BasketLine]) -> None:
    """No more people than the tour takes, and somebody who sits: lap children do not book alone."""
    people: defaultdict[int, int] = defaultdict(int)
    seats: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        if line.departure is None:
            continue
        key, largest = line.departure.pk, line.departure.tour.maximum_group
        people[key] += line.quantity
        seats[key] += line.seats
        if seats[key] > largest or people[key] > LARGEST_QUANTITY:
            raise BadQuantity(line.name_th, largest)
    if any(taken < 1 for taken in seats.values()):
        raise BadQuantity


# ------------------------------------------------------------------ goods
def _goods_lines(shop: Shop, items: list[Item]) -> list[BasketLine]:
    if not items:
        return []
    found = Variant.objects.filter(
        public_id__in={item.variant for item in items},
        is_active=True,
        product__shop=shop,
        product__shop__status=Shop.Status.OPEN,
        product__status=Product.Status.PUBLISHED,
    )
    variants = {variant.public_id: variant for variant in found.select_related("product")}
    return [_goods_line(item, variants.get(item.variant)) for item in items]


def _goods_line(item: Item, variant: Variant | None) -> BasketLine:
    if variant is None:
        raise NotOnSale
    product = variant.product
    return BasketLine(
        variant=variant,
        name_th=_joined(product.name_th, variant.name_th),
        name_en=_joined(product.name_en or product.name_th, variant.name_en or variant.name_th),
        quantity=item.quantity,
        unit_price_satang=variant.price_satang,
    )


def _joined(*names: str) -> str:
    return " · ".join(name for name in names if name)


def _payee(shop: Shop, seats: Iterable[BasketLine], has_goods: bool) -> Business:
    """Who is paid: the licensed partner for a tour under its licence, else the shop's own business."""
    payees = {line.departure.tour.seller for line in seats if line.departure}
    if has_goods:
        payees.add(shop.business)
    if len(payees) != 1:
        raise MixedSellers
    payee = payees.pop()
    if not payee.promptpay:
        raise NotOnSale
    return payee
