"""What dates cost: set by hand for a date, else by its schedule, else by the season, else the usual price."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tourdee.core.dates import bangkok_day

from ..models import Departure, DeparturePrice, PlannedPrice, PriceKey, Season, Tour


@transaction.atomic
def follow_plans(*, tour: Tour, at: datetime) -> None:
    """Give the dates ahead the prices of their schedule and season; what was set by hand stays. Repeatable. Orders keep
    the price at which they were placed."""
    wanted = _planned(tour, at)
    ahead = DeparturePrice.objects.filter(departure__tour=tour, departure__starts_at__gt=at)
    by_hand = {(row.departure_id, row.key) for row in ahead.filter(by_hand=True)}
    ahead.filter(by_hand=False).delete()
    DeparturePrice.objects.bulk_create(
        DeparturePrice(departure_id=departure, category_id=key[0], people=key[1], price_satang=satang)
        for (departure, key), satang in wanted.items()
        if (departure, key) not in by_hand
    )


def _planned(tour: Tour, at: datetime) -> dict[tuple[int, PriceKey], int]:
    """Satang by departure and what it is the price of, as the plans say."""
    seasons = list(Season.objects.filter(tour=tour).prefetch_related("prices"))
    of_schedule: dict[int, list[PlannedPrice]] = {}
    for price in PlannedPrice.objects.filter(schedule__tour=tour):
        of_schedule.setdefault(price.schedule_id or 0, []).append(price)
    wanted: dict[tuple[int, PriceKey], int] = {}
    for departure in Departure.objects.filter(tour=tour, starts_at__gt=at) if seasons or of_schedule else []:
        plans = [*_of_season(seasons, departure), *of_schedule.get(departure.schedule_id or 0, [])]
        wanted |= {(departure.pk, price.key): price.price_satang for price in plans}
    return wanted


def _of_season(seasons: list[Season], departure: Departure) -> list[PlannedPrice]:
    day = bangkok_day(departure.starts_at)
    return [price for season in seasons if season.first_day <= day <= season.last_day for price in season.prices.all()]


def set_prices_by_hand(departures: Iterable[Departure], prices: Mapping[PriceKey, int | None]) -> None:
    """For these dates and things: so many satang, or ``None`` for the planned price again (which ``follow_plans`` brings
    back). Inside the caller's transaction."""
    rows = [departure.pk for departure in departures]
    categories, sizes = ([key[place] for key in prices if key[place] is not None] for place in (0, 1))
    known = DeparturePrice.objects.filter(Q(category__in=categories) | Q(people__in=sizes), departure__in=rows)
    known.delete()
    DeparturePrice.objects.bulk_create(
        DeparturePrice(departure_id=row, category_id=category, people=people, price_satang=satang, by_hand=True)
        for row in rows
        for (category, people), satang in prices.items()
        if satang is not None
    )
