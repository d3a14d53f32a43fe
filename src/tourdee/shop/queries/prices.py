"""What a price category or a private party costs on a date: the one place where that is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _

from tourdee.core.templatetags.tourdee import local

from ..models import Departure, DeparturePrice, PriceCategory, PriceKey, PrivatePrice, Tour


@dataclass(frozen=True)
class PriceOf:
    """Something of a tour that has a price: a price category, or a private party of up to so many. ``name`` is in the
    page's language, ``field`` how forms name it, ``usual_satang`` what it costs where a date says nothing else."""

    key: PriceKey
    name: str
    field: str
    usual_satang: int


def prices_of(tour: Tour) -> list[PriceOf]:
    """Everything of a tour that is sold and has a price, in the order of its page. A query for each of the two ways in
    which it is sold."""
    found = []
    if tour.sold_as != Tour.SoldAs.PRIVATE:
        categories = PriceCategory.objects.filter(tour=tour, is_active=True)
        found += [PriceOf((one.pk, None), local(one, "name"), one.public_id, one.price_satang) for one in categories]
    if tour.sold_as != Tour.SoldAs.JOIN_IN:
        sizes = PrivatePrice.objects.filter(tour=tour)
        found += [
            PriceOf((None, one.up_to), party_name(one.up_to), f"up_to_{one.up_to}", one.price_satang) for one in sizes
        ]
    return found


def party_name(people: int) -> str:
    """How a private party is named where it stands beside price categories."""
    return _("Private group up to %(people)s") % {"people": people}


def all_prices_on(departure: Departure) -> list[tuple[PriceOf, int]]:
    """Everything that has a price, with what it costs on that date. No query for the date itself where its
    ``special_prices`` are prefetched."""
    special = {row.key: row.price_satang for row in departure.special_prices.all()}
    return [(one, special.get(one.key, one.usual_satang)) for one in prices_of(departure.tour)]


def private_table(departure: Departure, usual: Iterable[PrivatePrice]) -> list[tuple[int, int]]:
    """(people up to, satang) by size, as they are on that date."""
    special = {row.people: row.price_satang for row in departure.special_prices.all()}
    return [(row.up_to, special.get(row.up_to, row.price_satang)) for row in usual]


def price_of(departure: Departure, category: PriceCategory) -> int:
    """Satang for one of that category on that date. No query where ``special_prices`` of the departure is prefetched."""
    special = {row.category_id: row.price_satang for row in departure.special_prices.all()}
    return special.get(category.pk, category.price_satang)


def categories_on(departure: Departure) -> list[PriceCategory]:
    """The price categories that are sold by the seat, each at its price on that date; none of a tour for private parties
    alone. Two queries."""
    if departure.tour.sold_as == Tour.SoldAs.PRIVATE:
        return []
    categories = list(departure.tour.prices.filter(is_active=True))
    that_day = prices_on(departure, categories)
    for category in categories:
        category.price_satang = that_day[category.pk]
    return categories


def prices_on(departure: Departure, categories: Iterable[PriceCategory]) -> dict[int, int]:
    """Satang by category row, for all categories of a date. One query."""
    special = {row.category_id: row.price_satang for row in departure.special_prices.all()}
    return {category.pk: special.get(category.pk, category.price_satang) for category in categories}


def lowest_private(tours: Iterable[int], at: datetime) -> dict[int, tuple[int, int]]:
    """By tour (row): (satang, people up to) of its cheapest private party, those of open dates ahead considered. Two
    queries, none for no tours."""
    rows = list(tours)
    if not rows:
        return {}
    usual = list(PrivatePrice.objects.filter(tour__among=rows).values_list("tour_id", "price_satang", "up_to"))
    sizes = {(tour, people) for tour, _satang, people in usual}
    ahead: Any = DeparturePrice.objects.filter(
        departure__tour__among=rows, departure__status=Departure.Status.OPEN, departure__starts_at__gt=at,
        people__isnull=False,
    ).values_list("departure__tour_id", "price_satang", "people")  # fmt: skip
    cheapest: dict[int, tuple[int, int]] = {}
    for tour, satang, people in [*usual, *(one for one in ahead if (one[0], one[2]) in sizes)]:
        cheapest[tour] = min(cheapest.get(tour, (satang, people)), (satang, people))
    return cheapest


def lowest_price(at: datetime) -> Coalesce:
    """An expression on tours: the least that a seat costs, usual prices and those of open dates ahead considered."""
    usual = PriceCategory.objects.filter(tour=OuterRef("pk"), is_active=True, seats__gte=1)
    special = DeparturePrice.objects.filter(
        departure__tour=OuterRef("pk"),
        departure__status=Departure.Status.OPEN,
        departure__starts_at__gt=at,
        category__is_active=True,
        category__seats__gte=1,
    )
    # Least of something and nothing is nothing on SQLite, the something on PostgreSQL.
    return Coalesce(Least(_least(usual), _least(special)), _least(usual))


def _least(prices: QuerySet[Any]) -> Subquery:
    return Subquery(prices.order_by("price_satang").values("price_satang")[:1])
