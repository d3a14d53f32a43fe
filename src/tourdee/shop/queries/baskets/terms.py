"""What a basket's tours ask and promise: their prices and cancellation tiers."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from tourdee.core.prepared import Prepared, keep_related

from ...models import CancellationTier, Departure, DeparturePrice, PriceCategory, PrivatePrice, Tour
from .wishes import Item


def _terms_question(tours: Iterable[int], departures: Iterable[int], wanted: Iterable[str]) -> QuerySet[Any, Any]:
    """Four small tables by one UNION: kind, of which tour or date, four numbers, three texts."""
    empty, zero = Value(""), Value(0)
    tiers = CancellationTier.objects.filter(tour__among=tours).order_by()
    special = DeparturePrice.objects.filter(departure__among=departures).order_by()
    sizes = PrivatePrice.objects.filter(tour__among=tours).order_by()
    categories = PriceCategory.objects.filter(public_id__among=wanted, is_active=True).order_by()
    return tiers.values_list(
        Value("tier"), "tour", "hours_before", "refund_percent", zero, zero, empty, empty, empty
    ).union(
        special.values_list(
            Value("special"), "departure", "category", "people", "price_satang", zero, empty, empty, empty
        ),
        sizes.values_list(Value("size"), "tour", "up_to", "price_satang", zero, zero, empty, empty, empty),
        categories.values_list(
            Value("category"), "tour", "pk", "price_satang", "seats", "position", "public_id", "name_th", "name_en"
        ),
        all=True,
    )  # fmt: skip


TERMS = Prepared(_terms_question, tours=[1], departures=[1], wanted=[""])


@dataclass(frozen=True)
class Terms:
    """The price categories of a basket by tour and public id, and the prices of private parties by tour, smallest first."""

    categories: dict[tuple[int, str], PriceCategory]
    sizes: dict[int, list[PrivatePrice]]


def terms_of(items: Iterable[Item], departures: Collection[Departure]) -> Terms:
    """One query. The tiers are kept with their tours, special prices with their departures, as if they had been prefetched."""
    tours = {departure.tour_id: departure.tour for departure in departures}
    wanted = {item.category for item in items}
    rows = TERMS.rows(tours=list(tours), departures=[departure.pk for departure in departures], wanted=wanted)
    by_kind: dict[str, list[list[Any]]] = defaultdict(list)
    for kind, *row in rows:
        by_kind[kind].append(row)
    _keep_tiers(tours, by_kind["tier"])
    _keep_special_prices(departures, by_kind["special"])
    sizes = defaultdict(list)  # of a tour, the smallest party first
    for tour, up_to, satang, *_none in sorted(by_kind["size"]):
        sizes[tour].append(PrivatePrice(tour_id=tour, up_to=up_to, price_satang=satang))
    categories = map(_category, by_kind["category"])
    return Terms({(one.tour_id, one.public_id): one for one in categories}, sizes)


def _keep_tiers(tours: dict[int, Tour], rows: list[list[Any]]) -> None:
    tiers = defaultdict(list)
    for tour, hours, percent, *_none in sorted(rows, key=lambda row: -row[1]):
        tiers[tour].append(CancellationTier(tour_id=tour, hours_before=hours, refund_percent=percent))
    for key, tour in tours.items():
        keep_related(tour, "tiers", tiers[key])


def _keep_special_prices(departures: Iterable[Departure], rows: list[list[Any]]) -> None:
    special = defaultdict(list)
    for of, category, people, satang, *_none in rows:
        special[of].append(DeparturePrice(departure_id=of, category_id=category, people=people, price_satang=satang))
    for departure in departures:
        keep_related(departure, "special_prices", special[departure.pk])


def _category(row: list[Any]) -> PriceCategory:
    tour, pk, satang, seats, position, public_id, thai, english = row
    return PriceCategory(
        pk=pk, tour_id=tour, public_id=public_id, name_th=thai, name_en=english, price_satang=satang, seats=seats,
        position=position,
    )  # fmt: skip
