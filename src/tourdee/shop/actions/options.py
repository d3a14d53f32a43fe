"""What a tour offers beside its seats, as its seller sets it: whole departures, extras, pick-up points, a deposit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from tourdee.core.audit import record
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import Extra, ExtraCount, PickupPoint, PrivatePrice, Tour
from .versions import tour_changed


@dataclass(frozen=True, kw_only=True)
class SaleTerms:
    """How a tour is sold. ``private``: (people up to, satang) by size; ``more_satang`` for each person above the last
    (None: no larger parties). The deposit is per cent or satang per person, or neither."""

    sold_as: str
    private: Sequence[tuple[int, int]] = ()
    more_satang: int | None = None
    deposit_percent: int = 0
    deposit_satang: int = 0
    rest_due_days: int = 7


@dataclass(frozen=True, kw_only=True)
class ExtraRow:
    """One extra as typed. ``public_id`` empty: a new one; ``remove``: no longer offered."""

    name_th: str
    price_satang: int
    name_en: str = ""
    per: str = Extra.Per.PERSON
    most: int | None = None
    limit: int | None = None
    public_id: str = ""
    remove: bool = False


@dataclass(frozen=True, kw_only=True)
class PickupRow:
    """One pick-up point as typed."""

    name_th: str
    minutes_before: int
    price_satang: int = 0
    name_en: str = ""
    map_url: str = ""
    public_id: str = ""
    remove: bool = False


@transaction.atomic
def set_sale_terms(*, tour: Tour, terms: SaleTerms, by: User, at: datetime) -> None:
    """By the seat, as a whole, or both, and what is due when booking. Orders already placed keep theirs."""
    Tour.objects.filter(pk=tour.pk).update(
        sold_as=terms.sold_as, private_more_satang=terms.more_satang, deposit_percent=terms.deposit_percent,
        deposit_satang=terms.deposit_satang, rest_due_days=terms.rest_due_days,
    )  # fmt: skip
    tour.private_prices.all().delete()
    PrivatePrice.objects.bulk_create(
        [PrivatePrice(tour=tour, up_to=people, price_satang=satang) for people, satang in terms.private]
    )
    said = ", ".join(f"≤{people}: {baht(satang)}" for people, satang in terms.private)
    deposit = f"{terms.deposit_percent}%" if terms.deposit_percent else baht(terms.deposit_satang)
    text = f"วิธีขาย {tour.name_th}: {terms.sold_as} {said} มัดจำ {deposit}"
    record("tour.sale_terms", subject=tour, text=text, at=at, actor=by)
    tour_changed(tour)


@transaction.atomic
def set_extras(*, tour: Tour, rows: Sequence[ExtraRow], by: User, at: datetime) -> None:
    """The extras in the order given; one that is no longer offered stays in the orders that have it."""
    for position, row in enumerate(rows):
        _set_extra(tour, row, position)
    _note_options(tour)
    said = ", ".join(f"{row.name_th} {baht(row.price_satang)}" for row in rows if not row.remove)
    record("tour.extras", subject=tour, text=f"ของเสริม {tour.name_th}: {said}", at=at, actor=by)


def _set_extra(tour: Tour, row: ExtraRow, position: int) -> None:
    known = Extra.objects.filter(tour=tour, public_id=row.public_id)
    if row.remove:
        known.update(is_active=False)
        return
    columns = {
        "name_th": row.name_th, "name_en": row.name_en, "price_satang": row.price_satang, "per": row.per,
        "most": row.most, "limit": row.limit, "position": position,
    }  # fmt: skip
    if not row.public_id:
        Extra.objects.create(tour=tour, **columns)
    elif known.update(is_active=True, **columns):
        _limit_counts(known.get())


def _limit_counts(extra: Extra) -> None:
    """A new limit holds for departures that have some already; where more are gone than it allows, none is left."""
    ExtraCount.objects.filter(extra=extra).update(capacity=Greatest(F("taken"), extra.capacity))


@transaction.atomic
def set_pickups(*, tour: Tour, rows: Sequence[PickupRow], by: User, at: datetime) -> None:
    """The pick-up points; one that is no longer offered stays in the orders that have it."""
    for position, row in enumerate(rows):
        known = PickupPoint.objects.filter(tour=tour, public_id=row.public_id)
        if row.remove:
            known.update(is_active=False)
            continue
        columns = {
            "name_th": row.name_th, "name_en": row.name_en, "minutes_before": row.minutes_before,
            "price_satang": row.price_satang, "map_url": row.map_url, "position": position,
        }  # fmt: skip
        if row.public_id:
            known.update(is_active=True, **columns)
        else:
            PickupPoint.objects.create(tour=tour, **columns)
    _note_options(tour)
    said = ", ".join(row.name_th for row in rows if not row.remove)
    record("tour.pickups", subject=tour, text=f"จุดรับ {tour.name_th}: {said}", at=at, actor=by)


def _note_options(tour: Tour) -> None:
    active = tour.extras.filter(is_active=True).exists() or tour.pickups.filter(is_active=True).exists()
    Tour.objects.filter(pk=tour.pk).update(has_options=active)
    tour_changed(tour)
