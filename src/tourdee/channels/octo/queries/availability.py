"""When there is room: one line for each departure, or one for each day. Three small questions for a whole year.

A hold that has run out counts as free: whoever books ends it.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, F, QuerySet, Sum, When

from tourdee.core.prepared import MOMENT, Prepared
from tourdee.core.templatetags.tourdee import local as in_language
from tourdee.shop.models import Departure, DeparturePrice, OrderLine, PriceCategory, Tour
from tourdee.shop.queries.availability import run_out
from tourdee.shop.queries.resale import resellable_tours

from .callers import Caller
from .moments import BANGKOK, local, span_of_days, utc
from .prices import sum_of, unit_prices
from .products import CONTENT, PRICING

OPEN = Departure.Status.OPEN
LIMITED = 2  # fewer than one seat in so many are left


@dataclass(frozen=True, slots=True)
class Sold:
    """A tour whose departures are asked for, as its price categories and cut-off stand."""

    tour: Tour
    units: dict[str, PriceCategory]

    def priced(self, special: Mapping[str, int]) -> dict[str, PriceCategory]:
        """The price categories where some cost something else on a date."""
        return {name: _at(unit, special[name]) if name in special else unit for name, unit in self.units.items()}


def _at(unit: PriceCategory, satang: int) -> PriceCategory:
    priced = copy(unit)
    priced.price_satang = satang
    return priced


@dataclass(frozen=True, slots=True)
class Asked:
    """What else a reseller wants to know: whether so many of each unit fit, and what a capability adds."""

    wanted: Mapping[str, int]
    capabilities: set[str]
    commission_percent: int
    at: datetime
    special: Mapping[int, Mapping[str, int]] = field(default_factory=dict)  # by departure row and unit, in satang


class Start(NamedTuple):
    """One departure. ``vacancies`` without the holds that have run out."""

    row: int
    public_id: str
    starts_at: datetime
    bookable_until: datetime
    capacity: int
    vacancies: int
    status: str


def sold_tour(caller: Caller, public_id: str) -> Sold | None:
    """The product of that id. Two queries."""
    tour = resellable_tours(caller.shop).filter(public_id=public_id).first()
    if tour is None:
        return None
    return Sold(tour, {unit.public_id: unit for unit in tour.prices.filter(is_active=True)})


# ------------------------------------------------------------------ departures
def starts_between(tour: Tour, first: str, last: str, at: datetime) -> list[Start]:
    """Every departure that was not cancelled, those full, shut and past too. Two queries."""
    since, until = span_of_days(first, last)
    return _starts(SPAN.rows(tour=tour.pk, since=since, until=until), tour, at)


def starts_by_id(tour: Tour, public_ids: Iterable[str], at: datetime) -> list[Start]:
    """Those of them that are this tour's. Two queries."""
    named = _departures(Departure.objects.filter(tour=tour, public_id__in=list(public_ids)))
    return _starts(list(named), tour, at)


def _starts(rows: list[Any], tour: Tour, at: datetime) -> list[Start]:
    stale: dict[int, int] = dict(STALE.rows(tour=tour.pk, at=at))
    cut_off = timedelta(hours=tour.cut_off_hours)
    return [
        Start(pk, name, starts, closes or starts - cut_off, capacity, capacity - taken + stale.get(pk, 0), status)
        for pk, name, starts, closes, capacity, taken, status in rows
    ]


def _span_question(tour: int, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    return _departures(Departure.objects.filter(tour=tour, starts_at__gte=since, starts_at__lt=until))


def _departures(departures: QuerySet[Departure]) -> QuerySet[Any, Any]:
    going = departures.exclude(status=Departure.Status.CANCELLED).order_by("starts_at", "pk")
    full_if_private = Case(When(is_private=True, then=F("capacity")), default=F("taken"))
    return going.values_list("pk", "public_id", "starts_at", "closes_at", "capacity", full_if_private, "status")


def special_prices(tour: Tour) -> dict[int, dict[str, int]]:
    """What costs something else on a date that lies open, by departure row and unit, in satang. One query."""
    found: dict[int, dict[str, int]] = {}
    for departure, unit, satang in SPECIAL.rows(tour=tour.pk):
        found.setdefault(departure, {})[unit] = satang
    return found


def _special_question(tour: int) -> QuerySet[Any, Any]:
    rows = DeparturePrice.objects.filter(departure__tour=tour, departure__status=OPEN, category__is_active=True)
    return rows.order_by().values_list("departure_id", "category__public_id", "price_satang")


def _stale_question(tour: int, at: datetime) -> QuerySet[Any, Any]:
    lines = run_out(OrderLine.objects.filter(departure__tour=tour), at)
    return lines.order_by().values_list("departure").annotate(sum=Sum("seats"))


SPAN = Prepared(_span_question, tour=1, since=MOMENT, until=MOMENT)
SPECIAL = Prepared(_special_question, tour=1)
STALE = Prepared(_stale_question, tour=1, at=MOMENT)


def availability(sold: Sold, start: Start, asked: Asked) -> dict[str, Any]:
    """One departure as the standard writes it."""
    status = _status(_is_bookable(start, asked.at), start.vacancies, start.capacity)
    said: dict[str, Any] = {
        "id": start.public_id,
        "localDateTimeStart": local(start.starts_at),
        "localDateTimeEnd": local(start.starts_at + timedelta(minutes=sold.tour.minutes)),
        "utcCutoffAt": utc(start.bookable_until),
        "allDay": False,
        "available": _fits(status, start.vacancies, sold, asked),
        "status": status,
        "vacancies": start.vacancies,
        "capacity": start.capacity,
        "maxUnits": sold.tour.maximum_group,
        "openingHours": [],
    }
    return said | _more(sold, asked, asked.special.get(start.row, {}))


def _is_bookable(start: Start, at: datetime) -> bool:
    return start.status == OPEN and start.bookable_until > at


def _status(bookable: bool, vacancies: int, capacity: int) -> str:
    if not bookable:
        return "CLOSED"
    if vacancies < 1:
        return "SOLD_OUT"
    return "LIMITED" if vacancies * LIMITED < capacity else "AVAILABLE"


def _fits(status: str, vacancies: int, sold: Sold, asked: Asked) -> bool:
    seats = sum(sold.units[unit].seats * count for unit, count in asked.wanted.items())
    return status in {"AVAILABLE", "LIMITED"} and seats <= min(vacancies, sold.tour.maximum_group)


def _more(sold: Sold, asked: Asked, special: Mapping[str, int]) -> dict[str, Any]:
    """What the capabilities add."""
    said = _prices(sold, asked, special, "unitPricing", "pricing")
    if CONTENT in asked.capabilities:
        said |= {"title": in_language(sold.tour, "name"), "shortDescription": ""}
    return said


def _prices(sold: Sold, asked: Asked, special: Mapping[str, int], each: str, together: str) -> dict[str, Any]:
    """The price of each unit and of the whole party, by the names that the standard has for them at this place."""
    if PRICING not in asked.capabilities:
        return {}
    units = sold.priced(special) if special else sold.units
    said: dict[str, Any] = {each: unit_prices(units.values(), asked.commission_percent)}
    return said | ({together: sum_of(asked.wanted, units, asked.commission_percent)} if asked.wanted else {})


# ------------------------------------------------------------------ days
def calendar(sold: Sold, starts: Iterable[Start], first: str, last: str, asked: Asked) -> list[dict[str, Any]]:
    """One line for every day from the first to the last, days without a departure too."""
    by_day: dict[date, list[Start]] = {}
    for start in starts:
        by_day.setdefault(start.starts_at.astimezone(BANGKOK).date(), []).append(start)
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    return [_day(sold, day, by_day.get(day, []), asked) for day in days]


def _day(sold: Sold, day: date, starts: list[Start], asked: Asked) -> dict[str, Any]:
    bookable = [start for start in starts if _is_bookable(start, asked.at)]
    vacancies, capacity = sum(max(0, start.vacancies) for start in bookable), sum(start.capacity for start in bookable)
    status = _status(bool(bookable), vacancies, capacity)
    said: dict[str, Any] = {
        "localDate": day.isoformat(),
        "available": any(_fits(status, start.vacancies, sold, asked) for start in bookable if start.vacancies > 0),
        "status": status,
        "vacancies": vacancies,
        "capacity": capacity,
        "openingHours": [],
    }
    return said | _prices(sold, asked, _lowest(sold, bookable, asked), "unitPricingFrom", "pricingFrom")


def _lowest(sold: Sold, starts: list[Start], asked: Asked) -> dict[str, int]:
    """The least that each unit costs on one of these departures, where any has a price of its own."""
    specials = [asked.special.get(start.row, {}) for start in starts]
    if not any(specials):
        return {}
    return {
        name: min(special.get(name, unit.price_satang) for special in specials) for name, unit in sold.units.items()
    }
