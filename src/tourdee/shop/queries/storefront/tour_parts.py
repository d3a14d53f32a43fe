"""What a tour's page lists: prices, cancellation tiers, pictures, dates with their seats."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum, Value
from django.utils.translation import gettext as _

from tourdee.core.dates import at_bangkok, bangkok_day, clock, day_line
from tourdee.core.money import baht
from tourdee.core.prepared import MOMENT, Prepared
from tourdee.core.templatetags.tourdee import local

from ...models import (
    CancellationTier,
    Departure,
    DeparturePrice,
    Extra,
    PickupPoint,
    Picture,
    PriceCategory,
    PrivatePrice,
    Review,
    Tour,
)
from ..availability import before_cut_off, next_expiry, with_seats_left
from ..prices import party_name
from .lines import PictureLine, words
from .words import price_unit, seats_left

MAX_DATES, FEW_SEATS = 60, 5


@dataclass(frozen=True, slots=True)
class DatedStart:
    """One departure as a line to choose. ``prices``: what costs something else on that date, ``Adult ฿1,500``, and
    ``special`` the same of price categories, satang by public id; ``seats``: how many are left, in words."""

    public_id: str
    date: str
    time: str
    left: int
    seats: str
    few_left: bool
    chosen: bool
    prices: list[str]
    starts_at: datetime
    special: dict[str, int]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price category as a line with its number of people."""

    public_id: str
    name: str
    price: str
    unit: str
    preset: int
    satang: int


# ------------------------------------------------------------------ prices, tiers, pictures, the sum of the reviews
class Parts(NamedTuple):
    """What seven small tables say about a tour; the reviews as their number and the sum of their stars. ``special``: by
    departure, what costs something else on that date: satang by the category's public id. ``extras`` and ``pickups``
    are lines with their prices."""

    prices: list[PriceLine]
    special: dict[str, dict[str, int]]
    tiers: list[tuple[int, int]]
    pictures: list[PictureLine]
    review_count: int
    review_stars: int
    extras: list[str]
    pickups: list[str]


def _parts_question(tour: int) -> QuerySet[Any, Any]:
    """Seven small tables by one UNION: kind, position, id or path, Thai, English, and two numbers."""
    none = Value("")
    prices = PriceCategory.objects.filter(tour=tour, is_active=True).order_by()
    tiers = CancellationTier.objects.filter(tour=tour).order_by()
    pictures = Picture.objects.filter(tour=tour).order_by()
    special = DeparturePrice.objects.filter(
        category__tour=tour, category__is_active=True, departure__status=Departure.Status.OPEN
    ).order_by()
    extras = Extra.objects.filter(tour=tour, is_active=True).order_by()
    pickups = PickupPoint.objects.filter(tour=tour, is_active=True).order_by()
    reviews = Review.objects.filter(tour=tour).order_by().values("tour").annotate(number=Count("pk"), sum=Sum("stars"))
    return prices.values_list(
        Value("price"), "position", "public_id", "name_th", "name_en", "price_satang", "seats"
    ).union(
        tiers.values_list(Value("tier"), Value(0), none, none, none, "hours_before", "refund_percent"),
        pictures.values_list(Value("picture"), "position", "path", "alt_th", "alt_en", "width", "height"),
        special.values_list(
            Value("special"),
            "category__position",
            "departure__public_id",
            "category__public_id",
            none,
            "price_satang",
            "category__seats",
        ),
        extras.values_list(Value("extra"), "position", "per", "name_th", "name_en", "price_satang", Value(0)),
        pickups.values_list(Value("pickup"), "position", none, "name_th", "name_en", "price_satang", "minutes_before"),
        reviews.values_list(Value("reviews"), Value(0), none, none, none, "number", "sum"),
        all=True,
    )


PARTS = Prepared(_parts_question, tour=1)


def parts_of(tour: Tour) -> Parts:
    """One query for all seven."""
    names = ("price", "tier", "picture", "special", "extra", "pickup", "reviews")
    kinds: dict[str, list[Any]] = {name: [] for name in names}
    for kind, *rest in sorted(PARTS.rows(tour=tour.pk), key=lambda row: row[1]):
        kinds[kind].append(rest)
    fallback = local(tour, "name")
    count, stars = kinds["reviews"][0][-2:] if kinds["reviews"] else (0, 0)
    return Parts(
        [_price_line(place, row) for place, row in enumerate(kinds["price"])],
        _by_departure(kinds["special"]),
        sorted(((hours, percent) for *_text, hours, percent in kinds["tier"]), reverse=True),
        [
            PictureLine(path, words(thai, english) or fallback, width, height)
            for _place, path, thai, english, width, height in kinds["picture"]
        ],
        count,
        stars,
        [_extra_line(row) for row in kinds["extra"]],
        [_pickup_line(row) for row in kinds["pickup"]],
    )


def _extra_line(row: list[Any]) -> str:
    _position, per, thai, english, satang, _none = row
    unit = _("per person") if per == Extra.Per.PERSON else _("per booking")
    return f"{words(thai, english)} · {baht(satang)} {unit}"


def _pickup_line(row: list[Any]) -> str:
    _position, _none, thai, english, satang, minutes = row
    price = f"{baht(satang)} {_('per person')}" if satang else _("free")
    said = {"place": words(thai, english), "minutes": minutes, "price": price}
    return _("%(place)s · %(minutes)s minutes before the start · %(price)s") % said


def _price_line(place: int, row: list[Any]) -> PriceLine:
    _position, public_id, thai, english, satang, seats = row
    preset = 1 if place == 0 else 0
    return PriceLine(public_id, words(thai, english), baht(satang), price_unit(seats), preset=preset, satang=satang)


def _by_departure(rows: list[list[Any]]) -> dict[str, dict[str, int]]:
    special: dict[str, dict[str, int]] = {}
    for _position, departure, category, _none, satang, _seats in rows:
        special.setdefault(departure, {})[category] = satang
    return special


# ------------------------------------------------------------------ dates
class Start(NamedTuple):
    """A departure that can be booked. ``next_expiry`` is when the next unpaid hold on it runs out, ``closes_at`` the
    seller's own word for this date."""

    public_id: str
    starts_at: datetime
    closes_at: datetime | None
    left: int
    next_expiry: datetime | None


def _starts_question(tour: int, opens_from: datetime, at: datetime) -> QuerySet[Any, Any]:
    """The soonest of them."""
    return _every_start(tour, opens_from, at)[:MAX_DATES]


def _every_start(tour: int, opens_from: datetime, at: datetime) -> QuerySet[Any, Any]:
    """Each with its seats, and until when that stays true by itself."""
    opened = Departure.objects.filter(tour=tour, status=Departure.Status.OPEN)
    open_ones = opened.filter(before_cut_off(at, opens_from))
    rows = with_seats_left(open_ones, at).order_by("starts_at")
    return rows.values_list("public_id", "starts_at", "closes_at", "seats_left", next_expiry(at))


STARTS = Prepared(_starts_question, tour=1, opens_from=MOMENT, at=MOMENT)


def starts_of(tour: Tour, at: datetime, since: date | None = None) -> list[Start]:
    """The departures that can be booked, soonest first, at most MAX_DATES; sold-out ones too. ``since``: from that day on.
    One query."""
    opens_from = at + timedelta(hours=tour.cut_off_hours)
    if since:
        later = _every_start(tour.pk, opens_from, at).filter(starts_at__gte=at_bangkok(since, 0))
        return [Start(*row) for row in later[:MAX_DATES]]
    return [Start(*row) for row in STARTS.rows(tour=tour.pk, opens_from=opens_from, at=at)]


def goes_on_from(dates: list[DatedStart]) -> date | None:
    """The day from which on a list that was cut off goes on; nothing where it is whole."""
    return bangkok_day(dates[-1].starts_at) if len(dates) == MAX_DATES else None


def lead_price(starts: list[Start], parts: Parts) -> str:
    """The price above the form: of the first category, the lowest that one of the dates really has."""
    if not parts.prices:
        return ""
    first = parts.prices[0]
    costs = [parts.special.get(start.public_id, {}).get(first.public_id, first.satang) for start in starts]
    return baht(min(costs, default=first.satang))


def dated(starts: list[Start], parts: Parts, language: str) -> list[DatedStart]:
    """Lines to choose from; the first with a seat is chosen already."""
    names = {price.public_id: price.name for price in parts.prices}
    first = next((start.public_id for start in starts if start.left), None)
    return [
        DatedStart(
            start.public_id,
            day_line(start.starts_at, language),
            clock(start.starts_at, language),
            start.left,
            seats_left(start.left, language),
            start.left < FEW_SEATS,
            start.public_id == first,
            [
                f"{names[category]} {baht(satang)}"
                for category, satang in parts.special.get(start.public_id, {}).items()
            ],
            start.starts_at,
            parts.special.get(start.public_id, {}),
        )
        for start in starts
    ]


def with_party_prices(dates: list[DatedStart], tour: Tour, parties: list[PrivatePrice]) -> list[DatedStart]:
    """The same with what a private party costs on dates where that is another price. A query only where it is sold so."""
    if not parties:
        return dates
    sizes = [row.up_to for row in parties]
    special = DeparturePrice.objects.filter(
        departure__tour=tour, departure__status=Departure.Status.OPEN, people__in=sizes
    )
    said: dict[str, list[str]] = {}
    rows: Any = special.order_by("people").values_list("departure__public_id", "people", "price_satang")
    for departure, people, satang in rows:
        said.setdefault(departure, []).append(f"{party_name(people)} {baht(satang)}")
    return [replace(date, prices=[*date.prices, *said.get(date.public_id, [])]) for date in dates]
