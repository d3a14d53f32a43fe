"""The market of all open shops: filtered, searched, sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.people.models import Community

from ...models import Product, Tour
from ..availability import with_seats_left
from .cards import ProductCard, TourCard, product_cards, tour_cards, with_card_facts, with_product_facts
from .on_sale import bookable_departures, products_on_sale, tours_on_sale
from .search import Facets, found, narrowed


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


class Ranked:
    """Rows in the order of a search. Which of them may be shown is asked at once, the rows themselves a page at a
    time; a paginator needs no more of a list."""

    def __init__(
        self, rows: QuerySet[Any], ids: list[int], with_facts: Callable[[QuerySet[Any]], QuerySet[Any]]
    ) -> None:
        shown = set(rows.filter(pk__in=ids).order_by().values_list("pk", flat=True))
        self._ids = [row for row in ids if row in shown]
        self._with_facts = with_facts
        self._model = rows.model

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, place: slice) -> list[Any]:
        wanted = self._ids[place]
        rows = self._with_facts(self._model._default_manager.filter(pk__in=wanted)).in_bulk()
        return [rows[row] for row in wanted if row in rows]


def market_tours(filters: MarketFilters, at: datetime) -> QuerySet[Tour] | Ranked:
    """Tours and workshops on sale that fit, in the order asked for; make cards of a page of them."""
    tours = _tours_that_fit(filters, at)

    def with_facts(rows: QuerySet[Tour]) -> QuerySet[Tour]:
        return with_card_facts(rows, at)

    if not filters.text:
        return with_facts(tours).order_by(*_tour_order(filters.sort))
    ids = found(filters.text, item="tour", facets=filters.facets)
    if filters.sort == "new":
        return Ranked(tours, ids, with_facts)
    return with_facts(tours.filter(pk__in=ids)).order_by(*_tour_order(filters.sort))


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
    first = {"soon": F("next_start").asc(nulls_last=True), "cheap": F("from_satang").asc(nulls_last=True)}.get(sort)
    newest = [F("published_at").desc(nulls_last=True), "-pk"]
    return [first, *newest] if first else newest


def market_products(filters: MarketFilters) -> QuerySet[Product] | Ranked:
    """Products on sale that fit; a day, a language or an audience says nothing about goods: then there are none."""
    products = _products_that_fit(filters)
    if not filters.text:
        return with_product_facts(products).order_by(*_product_order(filters.sort))
    ids = found(filters.text, item="product", facets=filters.facets)
    if filters.sort == "cheap":
        return with_product_facts(products.filter(pk__in=ids)).order_by(*_product_order(filters.sort))
    return Ranked(products, ids, with_product_facts)


def _products_that_fit(filters: MarketFilters) -> QuerySet[Product]:
    products = products_on_sale()
    if filters.province:
        products = products.filter(shop__province=filters.province)
    return narrowed(_of_community(products, filters.community), filters.facets)


def _product_order(sort: str) -> list[Any]:
    newest: list[Any] = [F("published_at").desc(nulls_last=True), "-pk"]
    return [F("from_satang").asc(nulls_last=True), *newest] if sort == "cheap" else newest


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
