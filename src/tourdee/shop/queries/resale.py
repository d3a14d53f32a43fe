"""What a reseller may sell of a shop: one departure with its prices, looked up for a sale, in two small questions.

The same rules as for the shop's own basket (``queries/baskets.py``): published, open, before the cut-off, somebody who
sits, and no more than the tour takes. A reseller's agreement is with the shop's own licensed business, so tours that are
sold under a partner are not among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tourdee.core.prepared import Prepared, partly

from ..models import CancellationTier, Departure, DeparturePrice, PriceCategory, Tour
from .baskets import LARGEST_QUANTITY, BadQuantity, BasketLine, NotOnSale


@dataclass(frozen=True, slots=True)
class Offer:
    """A departure that a reseller may ask for. ``units``: its price categories by public id, in their order, at the
    price of that date. ``tiers``: [[hours before, per cent back], …], largest first."""

    departure: Departure
    tour: Tour
    units: dict[str, PriceCategory]
    tiers: list[list[int]]

    def opening(self, at: datetime) -> datetime:
        """After which moment it must start to be booked now (``stock.take``). Where the seller said until when, that has
        been looked at."""
        return at if self.departure.closes_at else at + timedelta(hours=self.tour.cut_off_hours)


def offer(*, shop: int, departure: str) -> Offer | None:
    """The departure of that shop (row id), if its tour is published and the shop's own business sells it. Two queries."""
    rows = OFFER.rows(shop=shop, departure=departure)
    if not rows:
        return None
    tour = partly(Tour, **dict(zip(TOUR, rows[0][: len(TOUR)], strict=True)), shop_id=shop)
    dated = partly(Departure, **dict(zip(DEPARTURE, rows[0][len(TOUR) : -len(UNIT)], strict=True)), tour_id=tour.pk)
    dated.tour = tour
    units = [partly(PriceCategory, **dict(zip(UNIT, row[-len(UNIT) :], strict=True)), tour_id=tour.pk) for row in rows]
    tiers = [list(row) for row in TIERS.rows(tour=tour.pk)]
    return Offer(dated, tour, {unit.public_id: unit for unit in units}, tiers)


TOUR = ("id", "public_id", "name_th", "name_en", "minutes", "maximum_group", "cut_off_hours")
DEPARTURE = ("id", "public_id", "starts_at", "closes_at", "capacity", "taken", "status", "is_private")
UNIT = ("id", "public_id", "name_th", "name_en", "seats", "price_satang")


def resellable_tours(shop: int) -> QuerySet[Tour]:
    """The published tours and workshops that a shop's own business sells by the seat. Whether it has the licence is asked
    before."""
    published = Tour.objects.filter(shop=shop, status=Tour.Status.PUBLISHED, operator__isnull=True)
    return published.exclude(sold_as=Tour.SoldAs.PRIVATE)


def _offer_question(shop: int, departure: str) -> QuerySet[Any, Any]:
    units = PriceCategory.objects.filter(
        tour__departures__public_id=departure,
        tour__shop=shop,
        tour__status=Tour.Status.PUBLISHED,
        tour__operator__isnull=True,
        is_active=True,
    ).exclude(tour__sold_as=Tour.SoldAs.PRIVATE)
    special = DeparturePrice.objects.filter(departure__public_id=departure, category=OuterRef("pk"))
    cost = Coalesce(Subquery(special.values("price_satang")[:1]), "price_satang")  # as ``queries.prices.price_of`` says
    tour = (f"tour__{name}" for name in TOUR)
    dated = (f"tour__departures__{name}" for name in DEPARTURE)
    return units.order_by("position", "id").values_list(*tour, *dated, *UNIT[:-1], cost)


def _tiers_question(tour: int) -> QuerySet[Any, Any]:
    tiers = CancellationTier.objects.filter(tour=tour)
    return tiers.order_by("-hours_before").values_list("hours_before", "refund_percent")


OFFER = Prepared(_offer_question, shop=1, departure="")
TIERS = Prepared(_tiers_question, tour=1)


def resale_lines(offer: Offer, wanted: Mapping[str, int], *, commission_percent: int) -> list[BasketLine]:
    """The lines of a sale by a reseller, at the price that it owes the shop. ``wanted``: how many of each unit, by public
    id. Raises NotOnSale (no such unit), BadQuantity (nobody sits, or more than the tour takes)."""
    if any(unit not in offer.units for unit in wanted):
        raise NotOnSale
    lines = [_line(offer, offer.units[unit], count, commission_percent) for unit, count in wanted.items()]
    seats, people = sum(line.seats for line in lines), sum(wanted.values())
    if not 1 <= seats <= offer.tour.maximum_group or people > LARGEST_QUANTITY:
        raise BadQuantity(offer.tour.name_th, offer.tour.maximum_group)
    return lines


def net_of(price_satang: int, commission_percent: int) -> int:
    """What the shop gets of a price when the reseller keeps so many per cent. Fractions of a satang are the reseller's."""
    return price_satang * (100 - commission_percent) // 100


def _line(offer: Offer, unit: PriceCategory, count: int, commission_percent: int) -> BasketLine:
    tour = offer.tour
    return BasketLine(
        departure=offer.departure,
        category=unit,
        name_th=f"{tour.name_th} · {unit.name_th}",
        name_en=f"{tour.name_en or tour.name_th} · {unit.name_en or unit.name_th}",
        quantity=count,
        seats=count * unit.seats,
        unit_price_satang=net_of(unit.price_satang, commission_percent),
        tiers=offer.tiers,
    )
