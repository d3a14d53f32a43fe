"""The market of all open shops: filtered, searched, sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.core.prepared import DAY, MOMENT, Prepared
from tourdee.people.models import Community

from ...models import Product, Tour
from ..availability import with_seats_left
from .cards import ProductCard, TourCard, product_cards, tour_cards, with_card_facts, with_product_facts
from .on_sale import bookable_departures, products_on_sale, tours_on_sale
from .search import Facets, found, narrowed

MOST_LISTED = 960  # forty pages: counting on would cost more than anybody looks at
CHEAPEST = F("search__from_satang").asc(nulls_last=True)


@dataclass(frozen=True, kw_only=True)
class MarketFilters:
    """What a visitor chose. ``kind``: empty, tour, workshop or product; ``sort``: new (the best match, where words
    were typed), soon or cheap; ``language`` of guiding and ``audience`` by their codes."""

    kind: str = ""
    text: str = ""
    province: int | None = None
    day: date | None = None
    community: str = ""
    language: str = ""
    audience: str = ""
    most_satang: int | None = None
    sort: str = "new"

    @property
    def facets(self) -> Facets:
        return Facets(
            kind=self.kind, province=self.province, language=self.language, audience=self.audience,
            most_satang=self.most_satang,
        )  # fmt: skip


# What is found is asked for so often that its SQL is written once.
TOURS_ON_SALE = Prepared(
    lambda ids, on: tours_on_sale(on).filter(pk__among=ids).order_by().values_list("pk"), ids=[1], on=DAY
)
PRODUCTS_ON_SALE = Prepared(lambda ids: products_on_sale().filter(pk__among=ids).order_by().values_list("pk"), ids=[1])
TOURS = Prepared(lambda ids, at: with_card_facts(Tour.objects.filter(pk__among=ids), at), ids=[1], at=MOMENT)
PRODUCTS = Prepared(lambda ids: with_product_facts(Product.objects.filter(pk__among=ids)), ids=[1])


class Listed:
    """A long list of which only a page is looked at: which rows, in which order, is asked for first; what a card needs
    is worked out for that page alone. A paginator needs no more of a list."""

    def __init__(self, ids: Any, with_facts: Callable[[list[int]], list[Any]]) -> None:
        self._ids = ids  # row ids, as a list or as a question
        self._with_facts = with_facts

    def __len__(self) -> int:
        return self._ids[:MOST_LISTED].count() if isinstance(self._ids, QuerySet) else len(self._ids)

    def __getitem__(self, place: slice) -> list[Any]:
        wanted = list(self._ids[place])
        rows = {row.pk: row for row in self._with_facts(wanted)}
        return [rows[row] for row in wanted if row in rows]


def market_tours(filters: MarketFilters, at: datetime, *, first: int = 0) -> Listed:
    """Tours and workshops on sale that fit, in the order asked for; make cards of a page of them. Who looks at the ``first``
    few alone says so."""

    def with_facts(ids: list[int]) -> list[Tour]:
        return TOURS.objects(ids=ids, at=at)

    if not filters.text:
        return Listed(
            _sorted_tours(_tours_that_fit(filters, at), filters.sort, at).values_list("pk", flat=True), with_facts
        )
    if filters.sort == "new":
        return Listed(_tours_found(filters, at, first), with_facts)
    sorted_ones = _sorted_tours(Tour.objects.filter(pk__among=_tours_found(filters, at)), filters.sort, at)
    return Listed(sorted_ones.values_list("pk", flat=True), with_facts)


def _tours_found(filters: MarketFilters, at: datetime, first: int = 0) -> list[int]:
    """Those that may be shown, in the order of the search, which heeds the facets."""

    def shown(ids: list[int]) -> list[int]:
        rows = {row for (row,) in TOURS_ON_SALE.rows(ids=ids, on=bangkok_day(at))}
        if rows and (filters.day or filters.community):
            rows &= set(_tours_that_fit(filters, at).filter(pk__among=ids).values_list("pk", flat=True))
        return [row for row in ids if row in rows]

    return found(filters.text, item="tour", facets=filters.facets, shown=shown, first=first)


def _sorted_tours(tours: QuerySet[Tour], sort: str, at: datetime) -> QuerySet[Tour]:
    if sort == "soon":
        tours = with_card_facts(tours, at)
    return tours.order_by(*_tour_order(sort))


def _tours_that_fit(filters: MarketFilters, at: datetime) -> QuerySet[Tour]:
    tours = tours_on_sale(bangkok_day(at))
    if filters.kind in Tour.Kind.values:
        tours = tours.filter(kind=filters.kind)
    if filters.province:
        tours = tours.filter(province=filters.province)
    if filters.day:
        tours = tours.filter(Exists(_departures_with_room_on(filters.day, at)))
    return narrowed(_of_community(tours, filters.community), filters.facets)


def _departures_with_room_on(day: date, at: datetime) -> QuerySet:
    start = at_bangkok(day, 0)
    that_day = bookable_departures(at).filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return with_seats_left(that_day.filter(tour=OuterRef("pk")), at).filter(seats_left__gt=0)


def _tour_order(sort: str) -> list:
    first = {"soon": F("next_start").asc(nulls_last=True), "cheap": CHEAPEST}.get(sort)
    newest = ["-published_at", "-pk"]  # as the index has it; what is published has a date
    return [first, *newest] if first else newest


def market_products(filters: MarketFilters, *, first: int = 0) -> Listed:
    """Products on sale that fit. A day says nothing about goods and is ignored; a language or an audience has none. Who looks
    at the ``first`` few alone says so."""
    if not filters.text:
        products = _products_that_fit(filters)
    elif filters.sort != "cheap":
        return Listed(_products_found(filters, first), _product_rows)
    else:
        products = Product.objects.filter(pk__among=_products_found(filters))
    return Listed(products.order_by(*_product_order(filters.sort)).values_list("pk", flat=True), _product_rows)


def _products_found(filters: MarketFilters, first: int = 0) -> list[int]:
    """As ``_tours_found``."""

    def shown(ids: list[int]) -> list[int]:
        rows = {row for (row,) in PRODUCTS_ON_SALE.rows(ids=ids)}
        if rows and filters.community:
            rows &= set(_products_that_fit(filters).filter(pk__among=ids).values_list("pk", flat=True))
        return [row for row in ids if row in rows]

    return found(filters.text, item="product", facets=filters.facets, shown=shown, first=first)


def _product_rows(ids: list[int]) -> list[Product]:
    return PRODUCTS.objects(ids=ids)


def _products_that_fit(filters: MarketFilters) -> QuerySet[Product]:
    products = products_on_sale()
    if filters.province:
        products = products.filter(shop__province=filters.province)
    return narrowed(_of_community(products, filters.community), filters.facets)


def _product_order(sort: str) -> list[Any]:
    newest: list[Any] = ["-published_at", "-pk"]
    return [CHEAPEST, *newest] if sort == "cheap" else newest


def tours_by_province(at: datetime) -> dict[int, int]:
    """How many tours and workshops are on sale in each province, by its code: the market's map. One query."""
    rows = tours_on_sale(bangkok_day(at)).order_by().values_list("province").annotate(number=Count("pk"))
    return dict(rows)


def newest_tours(at: datetime, number: int) -> list[TourCard]:
    """Cards of the newest tours and workshops on sale."""
    return tour_cards(market_tours(MarketFilters(), at)[:number], at)


def newest_products(number: int) -> list[ProductCard]:
    """Cards of the newest products on sale."""
    return product_cards(market_products(MarketFilters())[:number])


def _of_community(rows: QuerySet, slug: str) -> QuerySet:
    return rows.filter(shop__community__slug=slug) if slug else rows


def named_community(slug: str) -> Community | None:
    """The community whose shops the market shows, or None for an unknown name."""
    return Community.objects.filter(slug=slug).first()
