"""The market of all open shops: filtered, searched, sorted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.people.models import Community

from ...models import Product, Tour
from ..availability import with_seats_left
from .cards import ProductCard, TourCard, product_cards, tour_cards, with_card_facts, with_product_facts
from .on_sale import bookable_departures, products_on_sale, tours_on_sale

MAX_TERMS = 5
TOUR_TEXTS = ("name_th", "name_en", "summary_th", "summary_en", "shop__name_th", "shop__name_en")
PRODUCT_TEXTS = ("name_th", "name_en", "shop__name_th", "shop__name_en")


@dataclass(frozen=True, kw_only=True)
class MarketFilters:
    """What a visitor chose. ``kind``: empty, tour, workshop or product; ``sort``: new, soon or cheap."""

    kind: str = ""
    text: str = ""
    province: int | None = None
    day: date | None = None
    community: str = ""
    sort: str = "new"


def market_tours(filters: MarketFilters, at: datetime) -> QuerySet[Tour]:
    """Tours and workshops on sale that fit, in the order asked for; make cards of a page of them."""
    tours = tours_on_sale(bangkok_day(at))
    if filters.kind in Tour.Kind.values:
        tours = tours.filter(kind=filters.kind)
    if filters.province:
        tours = tours.filter(province=filters.province)
    if filters.day:
        tours = tours.filter(Exists(_departures_with_room_on(filters.day, at)))
    tours = _of_community(_with_words(tours, filters.text, TOUR_TEXTS), filters.community)
    return with_card_facts(tours, at).order_by(*_tour_order(filters.sort))


def _departures_with_room_on(day: date, at: datetime) -> QuerySet:
    start = at_bangkok(day, 0)
    that_day = bookable_departures(at).filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return with_seats_left(that_day.filter(tour=OuterRef("pk")), at).filter(seats_left__gt=0)


def _tour_order(sort: str) -> list:
    first = {"soon": F("next_start").asc(nulls_last=True), "cheap": F("from_satang").asc(nulls_last=True)}.get(sort)
    newest = [F("published_at").desc(nulls_last=True), "-pk"]
    return [first, *newest] if first else newest


def market_products(filters: MarketFilters) -> QuerySet[Product]:
    """Products on sale that fit; a day says nothing about goods and is ignored."""
    products = products_on_sale()
    if filters.province:
        products = products.filter(shop__province=filters.province)
    products = _of_community(_with_words(products, filters.text, PRODUCT_TEXTS), filters.community)
    newest: list[Any] = [F("published_at").desc(nulls_last=True), "-pk"]
    order = [F("from_satang").asc(nulls_last=True), *newest] if filters.sort == "cheap" else newest
    return with_product_facts(products).order_by(*order)


def newest_tours(at: datetime, number: int) -> list[TourCard]:
    """Cards of the newest tours and workshops on sale."""
    return tour_cards(market_tours(MarketFilters(), at)[:number], at)


def newest_products(number: int) -> list[ProductCard]:
    """Cards of the newest products on sale."""
    return product_cards(market_products(MarketFilters())[:number])


def _with_words(rows: QuerySet, text: str, fields: tuple[str, ...]) -> QuerySet:
    """Every word must stand in one of the fields; at most MAX_TERMS of them count."""
    for word in text.split()[:MAX_TERMS]:
        rows = rows.filter(Q(*[(f"{field}__icontains", word) for field in fields], _connector=Q.OR))
    return rows


def _of_community(rows: QuerySet, slug: str) -> QuerySet:
    return rows.filter(shop__community__slug=slug) if slug else rows


def named_community(slug: str) -> Community | None:
    """The community whose shops the market shows, or None for an unknown name."""
    return Community.objects.filter(slug=slug).first()
