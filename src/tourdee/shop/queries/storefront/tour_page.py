"""One tour's page: what it says, and the version by which it is kept.

Six small queries at most: the page is kept by its version, and the version is asked for first, so that what is kept is
never older than its label.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tourdee.core.dates import at_bangkok, bangkok_day, duration
from tourdee.core.money import baht
from tourdee.core.prepared import Prepared
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import lines, local
from tourdee.legal.models import Business, OperatorAgreement, Paper
from tourdee.legal.queries import tour_licence_of

from ...models import PrivatePrice, Shop, Tour
from ..groups import minimum_words
from .lines import PictureLine, ReviewLine, review_lines
from .tour_parts import (
    DatedStart,
    PriceLine,
    Start,
    dated,
    goes_on_from,
    lead_price,
    parts_of,
    starts_of,
    with_party_prices,
)
from .words import cancellation_terms, said_audiences, span, spoken_languages

SHOWN_DATES = 4  # the rest folds away
SHOWN_REVIEWS = 8


class TourVersion(NamedTuple):
    """Everything whose change changes the page, as one row. Equal versions, equal pages (until the clock moves it)."""

    row_id: int
    owner_id: int
    public: bool
    agreed: bool
    state: tuple[Any, ...]


def tour_version(shop_slug: str, public_id: str) -> TourVersion | None:
    """One query by unique ids. Tour and shop bump their own version with every change, the seats included; business,
    papers and agreement belong to another room and stand here by value."""
    rows = VERSION.rows(public_id=public_id, slug=shop_slug)
    if not rows:
        return None
    row_id, owner_id, status, shop_status, agreed, *_rest = rows[0]
    public = status == Tour.Status.PUBLISHED and shop_status == Shop.Status.OPEN
    return TourVersion(row_id, owner_id, public, bool(agreed), tuple(rows[0]))


def _version_question(public_id: str, slug: str) -> QuerySet[Any, Any]:
    papers = Paper.objects.filter(business_id=OuterRef("payee")).order_by().values("business_id")
    agreement = OperatorAgreement.objects.filter(
        guide=OuterRef("shop__business"), operator=OuterRef("operator"), status=OperatorAgreement.Status.ACTIVE
    )
    wanted = Tour.objects.filter(public_id=public_id, shop__slug=slug).annotate(
        payee=Coalesce(F("operator_id"), F("shop__business_id")),
        checked=Subquery(papers.annotate(newest=Max("checked_at")).values("newest")),
        agreed=Exists(agreement),
    )
    what = ("pk", "shop__owner_id", "status", "shop__status", "agreed", "version", "shop__version", "checked")
    who = ("shop__business__name", "shop__business__address", "operator__name", "operator__address")
    return wanted.values_list(*what, *who)


VERSION = Prepared(_version_question, public_id="", slug="")
TOUR = Prepared(
    lambda tour: Tour.objects.filter(pk=tour).select_related("shop__business", "operator"), tour=1,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPage:
    """Everything that the page prints, in its language. ``for_sale`` is false without the licence that the law asks
    for; then there are no prices and no dates. ``since``: the day from which dates are listed, where somebody asked for one.
    ``private_from``: the cheapest private party (satang, people up to), where it is sold so.
    ``changes_at``: when the clock alone changes the page."""

    tour: Tour
    is_workshop: bool
    for_sale: bool
    name: str
    summary: str
    description: str
    province: str
    duration: str
    languages: str
    audiences: str
    meeting_point: str
    transport: str
    group: str
    cut_off: str
    included: list[str]
    excluded: list[str]
    extras: list[str]
    pickups: list[str]
    terms: list[str]
    pictures: list[PictureLine]
    prices: list[PriceLine]
    private: list[str]
    private_from: tuple[int, int] | None
    lead_price: str
    dates: list[DatedStart]
    reviews: list[ReviewLine]
    review_count: int
    review_average: float | None
    shop: Shop
    shop_name: str
    shop_address: str
    address: str
    seller: Business
    licence: Paper | None
    changes_at: datetime | None
    since: date | None = None

    @property
    def more_since(self) -> date | None:
        """From which day on there may be more dates than are listed here."""
        return goes_on_from(self.dates)

    @property
    def next_dates(self) -> list[DatedStart]:
        return self.dates[:SHOWN_DATES]

    @property
    def later_dates(self) -> list[DatedStart]:
        return self.dates[SHOWN_DATES:]

    @property
    def next_free(self) -> DatedStart | None:
        """The soonest date with a seat."""
        return next((date for date in self.dates if date.left), None)

    @property
    def just_full(self) -> DatedStart | None:
        """The soonest date, if it is sold out and a later one is not."""
        return self.dates[0] if self.next_free and not self.dates[0].left else None

    @property
    def has_seats(self) -> bool:
        return any(date.left for date in self.dates)


def tour_page(version: TourVersion, at: datetime, since: date | None = None) -> TourPage:
    """The whole page in four queries, five once it has reviews."""
    tour = TOUR.first(tour=version.row_id)
    if tour is None:  # gone since its version was read
        raise Http404
    language = get_language() or "th"
    is_workshop = tour.kind == Tour.Kind.WORKSHOP
    licence = _licence_of(tour, at)
    for_sale = version.agreed and licence is not None if tour.operator_id else is_workshop or licence is not None
    parts = parts_of(tour)
    starts = starts_of(tour, at, since) if for_sale else []
    parties = _parties(tour) if for_sale else []
    return TourPage(
        tour=tour,
        is_workshop=is_workshop,
        for_sale=for_sale,
        name=local(tour, "name"),
        summary=local(tour, "summary"),
        description=local(tour, "description"),
        province=province_name(tour.province, language),
        duration=duration(tour.minutes, language),
        languages=spoken_languages(tour.languages),
        audiences=said_audiences(tour.audiences),
        meeting_point=local(tour, "meeting_point"),
        transport=local(tour, "transport"),
        group=_group(tour),
        cut_off=span(tour.cut_off_hours),
        included=lines(local(tour, "included")),
        excluded=lines(local(tour, "excluded")),
        extras=parts.extras if for_sale else [],
        pickups=parts.pickups if for_sale else [],
        terms=cancellation_terms(parts.tiers),
        pictures=parts.pictures,
        prices=parts.prices if for_sale and tour.sold_as != Tour.SoldAs.PRIVATE else [],
        private=_private(tour, parties),
        private_from=min(((row.price_satang, row.up_to) for row in parties), default=None),
        lead_price=lead_price(starts, parts) if for_sale else "",
        dates=with_party_prices(dated(starts, parts, language), tour, parties),
        reviews=review_lines(tour.reviews.order_by("-at")[:SHOWN_REVIEWS]) if parts.review_count else [],
        review_count=parts.review_count,
        review_average=parts.review_stars / parts.review_count if parts.review_count else None,
        shop=tour.shop,
        shop_name=local(tour.shop, "name"),
        shop_address=reverse("shop", args=[tour.shop.slug]),
        address=reverse("tour", args=[tour.shop.slug, tour.public_id]),
        seller=tour.seller,
        licence=licence,
        changes_at=_changes_at(tour, starts, licence, at),
        since=since,
    )


def _licence_of(tour: Tour, at: datetime) -> Paper | None:
    """A workshop at the seller's own place needs none; whatever is sold under a partner does."""
    if tour.kind == Tour.Kind.WORKSHOP and not tour.operator_id:
        return None
    return tour_licence_of(tour.seller, bangkok_day(at))


def _parties(tour: Tour) -> list[PrivatePrice]:
    """The sizes of private parties with their prices. A query only where it is sold so."""
    return list(tour.private_prices.all()) if tour.sold_as != Tour.SoldAs.JOIN_IN else []


def _private(tour: Tour, parties: list[PrivatePrice]) -> list[str]:
    """What a whole departure costs, by the size of the group."""
    said = [
        _("up to %(people)s people: %(price)s") % {"people": row.up_to, "price": baht(row.price_satang)}
        for row in parties
    ]
    if said and tour.private_more_satang is not None:
        said.append(_("each person above: %(price)s") % {"price": baht(tour.private_more_satang)})
    return said


def _group(tour: Tour) -> str:
    if tour.minimum_group > 1 and tour.sold_as != Tour.SoldAs.PRIVATE:  # a private party always goes
        size = _("%(minimum)s to %(maximum)s people.") % {"minimum": tour.minimum_group, "maximum": tour.maximum_group}
        return f"{size} {minimum_words(tour)}"
    return _("up to %(maximum)s people") % {"maximum": tour.maximum_group}


def _changes_at(tour: Tour, starts: list[Start], licence: Paper | None, at: datetime) -> datetime | None:
    """The first moment at which the page would say something else though nobody changed anything: a cut-off passes,
    a hold runs out, the licence ends."""
    cut_off = timedelta(hours=tour.cut_off_hours)
    moments = [start.closes_at or start.starts_at - cut_off for start in starts]
    moments += [start.next_expiry for start in starts if start.next_expiry]
    if licence and licence.expires_on:
        moments.append(at_bangkok(licence.expires_on + timedelta(days=1), 0))
    return min((moment for moment in moments if moment > at), default=None)
