"""What a price category costs on a date: the one place where that is decided."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from ..models import Departure, DeparturePrice, PriceCategory


def price_of(departure: Departure, category: PriceCategory) -> int:
    """Satang for one of that category on that date. No query where ``special_prices`` of the departure is prefetched."""
    special = {row.category_id: row.price_satang for row in departure.special_prices.all()}
    return special.get(category.pk, category.price_satang)


def prices_on(departure: Departure, categories: Iterable[PriceCategory]) -> dict[int, int]:
    """Satang by category row, for all categories of a date. One query."""
    special = {row.category_id: row.price_satang for row in departure.special_prices.all()}
    return {category.pk: special.get(category.pk, category.price_satang) for category in categories}


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
