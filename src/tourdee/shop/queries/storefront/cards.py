"""A tour or product as a card of a list: one row each, everything worked out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import short_date
from tourdee.core.money import baht
from tourdee.core.prepared import MOMENT, Prepared
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import local

from ...models import Departure, Picture, PriceCategory, Product, Tour, Variant
from ..availability import with_seats_left
from ..prices import lowest_price, lowest_private
from .lines import words
from .on_sale import bookable_departures
from .words import party_unit, price_unit

SEATS = Prepared(lambda ids, at: with_seats_left(Departure.objects.filter(pk__among=ids), at), ids=[1], at=MOMENT)
VARIANTS = Prepared(lambda products: Variant.objects.filter(product__among=products, is_active=True), products=[1])
FEW = 4  # from so few seats or pieces on, the card says how many are left


@dataclass(frozen=True, slots=True)
class TourCard:
    """A tour or workshop in a list. ``seats_left`` is that of ``next_date``; both empty when nothing is planned.
    ``full_date``: an earlier date that is sold out."""

    shop_slug: str
    public_id: str
    kind: str
    name: str
    shop_name: str
    province: str
    picture: str
    alt: str
    price: str
    unit: str
    next_date: str
    seats_left: int | None
    full_date: str = ""

    @property
    def is_workshop(self) -> bool:
        return self.kind == Tour.Kind.WORKSHOP

    @property
    def is_almost_full(self) -> bool:
        return self.seats_left is not None and 0 < self.seats_left <= FEW


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list. ``left`` counts the pieces of all its variants."""

    shop_slug: str
    public_id: str
    name: str
    shop_name: str
    province: str
    picture: str
    alt: str
    price: str
    unit: str
    has_prices: bool
    left: int
    kind: str = "product"

    @property
    def is_almost_gone(self) -> bool:
        return 0 < self.left <= FEW


def with_card_facts(tours: QuerySet[Tour], at: datetime) -> QuerySet[Tour]:
    """Annotates what a card and the sorting of lists need: lowest price, next departure, first picture."""
    of_tour = OuterRef("pk")
    prices = PriceCategory.objects.filter(tour=of_tour, is_active=True, seats__gte=1).order_by("price_satang")
    upcoming = bookable_departures(at).filter(tour=of_tour)
    with_room = with_seats_left(upcoming, at).filter(seats_left__gt=0)
    return tours.select_related("shop").annotate(
        from_satang=lowest_price(at),
        from_seats=Subquery(prices.values("seats")[:1]),
        next_id=Subquery(with_room.values("pk")[:1]),
        next_start=Subquery(with_room.values("starts_at")[:1]),
        full_start=Subquery(upcoming.values("starts_at")[:1]),
        **_first_picture(Picture.objects.filter(tour=of_tour)),
    )


def with_product_facts(products: QuerySet[Product]) -> QuerySet[Product]:
    """Annotates lowest and highest price, pieces left and first picture."""
    variants = Variant.objects.filter(product=OuterRef("pk"), is_active=True).order_by("price_satang")
    return products.select_related("shop").annotate(
        from_satang=Subquery(variants.values("price_satang")[:1]),
        to_satang=Subquery(variants.order_by("-price_satang").values("price_satang")[:1]),
        **_first_picture(Picture.objects.filter(product=OuterRef("pk"))),
    )


def _first_picture(pictures: QuerySet[Picture]) -> dict[str, Subquery]:
    first = pictures.order_by("position", "id")
    return {f"picture_{field}": Subquery(first.values(field)[:1]) for field in ("path", "alt_th", "alt_en")}


def tour_cards(tours: Iterable[Tour], at: datetime) -> list[TourCard]:
    """Cards of tours that carry ``with_card_facts``. One query more, for the seats of the next departures, and two where
    there are tours that are sold to private parties alone."""
    rows: list[Any] = list(tours)
    seats = SEATS.objects(ids=[tour.next_id for tour in rows if tour.next_id], at=at)
    departures = {departure.pk: departure for departure in seats}
    private = lowest_private([tour.pk for tour in rows if tour.sold_as == Tour.SoldAs.PRIVATE], at)
    return [_tour_card(tour, departures.get(tour.next_id), _price(tour, private.get(tour.pk))) for tour in rows]


def _price(tour: Any, private: tuple[int, int] | None) -> tuple[str, str]:
    """What it costs at least, and what that is for; nothing where nothing is known."""
    if tour.sold_as == Tour.SoldAs.PRIVATE:
        return (baht(private[0]), party_unit(private[1])) if private else ("", "")
    return baht(tour.from_satang) if tour.from_satang is not None else "", price_unit(tour.from_seats or 1)


def _tour_card(tour: Any, departure: Any, price: tuple[str, str]) -> TourCard:
    language = get_language() or "th"
    start = departure.starts_at if departure else tour.full_start
    return TourCard(
        shop_slug=tour.shop.slug,
        public_id=tour.public_id,
        kind=tour.kind,
        name=local(tour, "name"),
        shop_name=local(tour.shop, "name"),
        province=province_name(tour.province, language),
        picture=tour.picture_path or "",
        alt=_alt(tour) or local(tour, "name"),
        price=price[0],
        unit=price[1],
        next_date=short_date(start, language) if start else "",
        seats_left=departure.seats_left if departure else (0 if start else None),
        full_date=short_date(tour.full_start, language) if departure and tour.full_start < start else "",
    )


def product_cards(products: Iterable[Product]) -> list[ProductCard]:
    """Cards of products that carry ``with_product_facts``. One query more, for the stock of their variants."""
    rows = list(products)
    left: dict[int, int] = {}
    for variant in VARIANTS.objects(products=[row.pk for row in rows]):
        left[variant.product_id] = left.get(variant.product_id, 0) + variant.left
    return [_product_card(row, left.get(row.pk, 0)) for row in rows]


def _product_card(product: Any, left: int) -> ProductCard:
    language = get_language() or "th"
    return ProductCard(
        shop_slug=product.shop.slug,
        public_id=product.public_id,
        name=local(product, "name"),
        shop_name=local(product.shop, "name"),
        province=province_name(product.shop.province, language),
        picture=product.picture_path or "",
        alt=_alt(product) or local(product, "name"),
        price=baht(product.from_satang) if product.from_satang is not None else "",
        unit=_("per %(unit)s") % {"unit": local(product, "unit")},
        has_prices=product.from_satang != product.to_satang,
        left=left,
    )


def _alt(row: Any) -> str:
    """What its first picture shows, in the page's language, the Thai words where there are no English ones."""
    return words(row.picture_alt_th or "", row.picture_alt_en or "")
