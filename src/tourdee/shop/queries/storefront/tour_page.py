"""One tour's page: what it says, and the version by which it is kept.

Six small queries at most: the page is kept by its version, and the version is asked for first, so that what is kept is
never older than its label.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Avg, Count, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import at_bangkok, bangkok_day, clock, duration, long_date
from tourdee.core.money import baht
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import lines, local
from tourdee.legal.models import Business, Paper
from tourdee.legal.queries import tour_licence_of

from ...models import CancellationTier, Departure, Order, Picture, PriceCategory, Review, Shop, Tour
from .lines import PictureLine, ReviewLine, review_lines, words
from .words import cancellation_terms, price_unit, span, spoken_languages

SHOWN_DATES = 6  # the rest folds away
MAX_DATES = 60
SHOWN_REVIEWS = 8


class TourVersion(NamedTuple):
    """Everything whose change changes the page, as one row. Equal versions, equal pages (until the clock moves it)."""

    row_id: int
    public: bool
    state: tuple[Any, ...]


def tour_version(shop_slug: str, public_id: str) -> TourVersion | None:
    """One query by unique ids. Tour and shop bump their own version with every change, the seats included; business
    and papers belong to another room and stand here by value."""
    with connection.cursor() as cursor:
        cursor.execute(_version_sql(connection.vendor), [public_id, shop_slug])
        row = cursor.fetchone()
    if row is None:
        return None
    row_id, status, shop_status, *_rest = row
    public = status == Tour.Status.PUBLISHED and shop_status == Shop.Status.OPEN
    return TourVersion(row_id, public, tuple(row))


@lru_cache(maxsize=2)
def _version_sql(vendor: str) -> str:
    """Written by the ORM once: building it anew would cost more than the query itself."""
    seller = Coalesce(F("operator_id"), F("shop__business_id"))
    papers = Paper.objects.filter(business_id=OuterRef("seller")).order_by().values("business_id")
    wanted = Tour.objects.filter(public_id="?", shop__slug="?").annotate(
        seller=seller, checked=Subquery(papers.annotate(newest=Max("checked_at")).values("newest"))
    )
    fields = ("pk", "status", "shop__status", "version", "shop__version", "checked")
    names = ("shop__business__name", "shop__business__address", "operator__name", "operator__address")
    return wanted.values_list(*fields, *names).query.sql_with_params()[0]


@dataclass(frozen=True, slots=True)
class DatedStart:
    """One departure as a line to choose."""

    public_id: str
    date: str
    time: str
    left: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price category as a line with its number of people."""

    public_id: str
    name: str
    price: str
    unit: str
    preset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPage:
    """Everything that the page prints, in its language. ``for_sale`` is false without the licence that the law asks
    for; then there are no prices and no dates. ``changes_at``: when the clock alone changes the page."""

    tour: Tour
    is_workshop: bool
    for_sale: bool
    name: str
    summary: str
    description: str
    province: str
    duration: str
    languages: str
    meeting_point: str
    transport: str
    group: str
    cut_off: str
    included: list[str]
    excluded: list[str]
    terms: list[str]
    pictures: list[PictureLine]
    prices: list[PriceLine]
    dates: list[DatedStart]
    reviews: list[ReviewLine]
    review_count: int
    review_average: float | None
    shop: Shop
    shop_name: str
    seller: Business
    licence: Paper | None
    changes_at: datetime | None

    @property
    def next_dates(self) -> list[DatedStart]:
        return self.dates[:SHOWN_DATES]

    @property
    def later_dates(self) -> list[DatedStart]:
        return self.dates[SHOWN_DATES:]

    @property
    def has_seats(self) -> bool:
        return any(date.left for date in self.dates)


def tour_page(row_id: int, at: datetime) -> TourPage:
    """The whole page in five queries."""
    tour = _tour_row(row_id)
    language = get_language() or "th"
    licence = None if tour.kind == Tour.Kind.WORKSHOP else tour_licence_of(tour.seller, bangkok_day(at))
    for_sale = tour.kind == Tour.Kind.WORKSHOP or licence is not None
    parts = _parts_of(tour)
    departures = _departures_of(tour, at) if for_sale else []
    return TourPage(
        tour=tour,
        is_workshop=tour.kind == Tour.Kind.WORKSHOP,
        for_sale=for_sale,
        name=local(tour, "name"),
        summary=local(tour, "summary"),
        description=local(tour, "description"),
        province=province_name(tour.province, language),
        duration=duration(tour.minutes, language),
        languages=spoken_languages(tour.languages),
        meeting_point=local(tour, "meeting_point"),
        transport=local(tour, "transport"),
        group=_group(tour),
        cut_off=span(tour.cut_off_hours),
        included=lines(local(tour, "included")),
        excluded=lines(local(tour, "excluded")),
        terms=cancellation_terms(parts.tiers),
        pictures=parts.pictures,
        prices=parts.prices if for_sale else [],
        dates=_dated(departures, language),
        reviews=review_lines(tour.reviews.order_by("-at")[:SHOWN_REVIEWS]) if tour.review_count else [],
        review_count=tour.review_count,
        review_average=tour.review_average,
        shop=tour.shop,
        shop_name=local(tour.shop, "name"),
        seller=tour.seller,
        licence=licence,
        changes_at=_changes_at(tour, departures, licence, at),
    )


def _tour_row(row_id: int) -> Tour:
    reviews = Review.objects.filter(tour=OuterRef("pk")).order_by().values("tour")
    waiting = Order.objects.filter(
        lines__departure__tour=OuterRef("pk"), status=Order.Status.AWAITING_PAYMENT
    ).order_by("expires_at")
    return (
        Tour.objects.select_related("shop__business", "operator")
        .annotate(
            review_count=Coalesce(Subquery(reviews.annotate(number=Count("pk")).values("number")), Value(0)),
            review_average=Subquery(reviews.annotate(mean=Avg("stars")).values("mean")),
            next_expiry=Subquery(waiting.values("expires_at")[:1]),
        )
        .get(pk=row_id)
    )


class _Parts(NamedTuple):
    prices: list[PriceLine]
    tiers: list[tuple[int, int]]
    pictures: list[PictureLine]


def _parts_of(tour: Tour) -> _Parts:
    """Prices, tiers and pictures by one UNION: three small tables, one way to the database."""
    prices = PriceCategory.objects.filter(tour=tour, is_active=True).order_by().values_list(
        Value("price"), "position", "public_id", "name_th", "name_en", "price_satang", "seats"
    )  # fmt: skip
    tiers = CancellationTier.objects.filter(tour=tour).order_by().values_list(
        Value("tier"), Value(0), Value(""), Value(""), Value(""), "hours_before", "refund_percent"
    )  # fmt: skip
    pictures = Picture.objects.filter(tour=tour).order_by().values_list(
        Value("picture"), "position", "path", "alt_th", "alt_en", "width", "height"
    )  # fmt: skip
    rows = sorted(prices.union(tiers, pictures, all=True), key=lambda row: row[1])
    fallback = local(tour, "name")
    return _Parts(
        [_price_line(place, row) for place, row in enumerate(row for row in rows if row[0] == "price")],
        sorted(((row[5], row[6]) for row in rows if row[0] == "tier"), reverse=True),
        [PictureLine(row[2], words(row[3], row[4]) or fallback, row[5], row[6]) for row in rows if row[0] == "picture"],
    )


def _price_line(place: int, row: tuple) -> PriceLine:
    return PriceLine(row[2], words(row[3], row[4]), baht(row[5]), price_unit(row[6]), preset=1 if place == 0 else 0)


def _departures_of(tour: Tour, at: datetime) -> list[Departure]:
    opens_from = at + timedelta(hours=tour.cut_off_hours)
    return list(tour.departures.filter(status=Departure.Status.OPEN, starts_at__gt=opens_from)[:MAX_DATES])


def _dated(departures: list[Departure], language: str) -> list[DatedStart]:
    """Lines to choose from; the first with a seat is chosen already."""
    first = next((departure.pk for departure in departures if departure.left), None)
    return [
        DatedStart(
            row.public_id, long_date(row.starts_at, language), clock(row.starts_at, language), row.left, row.pk == first
        )
        for row in departures
    ]


def _group(tour: Tour) -> str:
    if tour.minimum_group > 1:
        return _("%(minimum)s to %(maximum)s people; goes only with at least %(minimum)s") % {
            "minimum": tour.minimum_group,
            "maximum": tour.maximum_group,
        }
    return _("up to %(maximum)s people") % {"maximum": tour.maximum_group}


def _changes_at(tour: Tour, departures: list[Departure], licence: Paper | None, at: datetime) -> datetime | None:
    """The first moment at which the page would say something else though nobody changed anything: a cut-off passes,
    a hold runs out, the licence ends."""
    moments = [departure.starts_at - timedelta(hours=tour.cut_off_hours) for departure in departures[:1]]
    if tour.next_expiry:
        moments.append(tour.next_expiry)
    if licence and licence.expires_on:
        moments.append(at_bangkok(licence.expires_on + timedelta(days=1), 0))
    return min((moment for moment in moments if moment > at), default=None)
