"""Seasons: times of the year with prices of their own."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import PlannedPrice, PriceKey, Season, Tour
from ..queries.prices import prices_of
from .prices import follow_plans
from .versions import tour_changed


class SeasonsOverlap(Exception):
    """A day would have two prices. ``other`` is the season that it belongs to already."""

    def __init__(self, other: Season) -> None:
        super().__init__(other.name_th)
        self.other = other

    @property
    def message(self) -> str:
        return _("Some of these days belong to “%(name)s” already.") % {"name": self.other.name_th}


@dataclass(frozen=True, kw_only=True)
class SeasonDetails:
    """From which day to which (both included), and satang by what it is the price of."""

    name_th: str
    first_day: date
    last_day: date
    prices: dict[PriceKey, int]
    name_en: str = ""


@transaction.atomic
def save_season(*, tour: Tour, details: SeasonDetails, by: User, at: datetime, season: Season | None = None) -> Season:
    """A new season, or another time or price for one that exists; the dates ahead follow at once. Raises
    SeasonsOverlap."""
    Tour.objects.select_for_update().get(pk=tour.pk)  # so that two seasons do not slip in beside each other
    _check_free(tour, details, season)
    columns = {name: getattr(details, name) for name in ("name_th", "name_en", "first_day", "last_day")}
    if season is None:
        season = Season.objects.create(tour=tour, **columns)
    else:
        Season.objects.filter(pk=season.pk).update(**columns)
        season.refresh_from_db()
        season.prices.all().delete()
    PlannedPrice.objects.bulk_create(
        PlannedPrice(season=season, category_id=category, people=people, price_satang=satang)
        for (category, people), satang in details.prices.items()
    )
    _follow(tour, f"ตั้งฤดูกาล {season.name_th}: {_said(tour, details)}", by, at)
    return season


@transaction.atomic
def remove_season(*, season: Season, by: User, at: datetime) -> None:
    """Its days have the usual prices again, unless one was set by hand."""
    tour, name = season.tour, season.name_th
    season.delete()
    _follow(tour, f"ลบฤดูกาล {name}", by, at)


def _check_free(tour: Tour, details: SeasonDetails, season: Season | None) -> None:
    others = Season.objects.filter(tour=tour, first_day__lte=details.last_day, last_day__gte=details.first_day)
    if other := others.exclude(pk=season.pk if season else 0).first():
        raise SeasonsOverlap(other)


def _said(tour: Tour, details: SeasonDetails) -> str:
    with translation.override("th"):
        names = {one.key: one.name for one in prices_of(tour)}
    return ", ".join(f"{names.get(key, '')} {baht(satang)}".strip() for key, satang in details.prices.items())


def _follow(tour: Tour, text: str, by: User, at: datetime) -> None:
    follow_plans(tour=tour, at=at)
    tour_changed(tour)
    record("tour.season", subject=tour, text=f"{tour.name_th}: {text}", at=at, actor=by)
