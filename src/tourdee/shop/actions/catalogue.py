"""What a shop offers: tours and products, their prices, terms and variants. Publishing is in publishing.py."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.core.money import baht
from tourdee.legal.models import Business
from tourdee.people.models import User

from ..models import CancellationTier, PriceCategory, Product, ResourceUse, Shop, StockMovement, TooFew, Tour, Variant
from .publishing import must_stay_publishable
from .resources import again
from .stock_room import note_movement
from .versions import product_changed, tour_changed

STANDARD_TERMS = [(168, 100), (48, 50)]


class StockBelowReserved(Exception):
    """Fewer pieces than buyers have already ordered. ``reserved`` is how many those are."""

    def __init__(self, name: str, reserved: int) -> None:
        super().__init__(name)
        self.name, self.reserved = name, reserved

    @property
    def message(self) -> str:
        return _("%(name)s: %(reserved)s are already ordered, so the stock cannot be less.") % {
            "name": self.name or _("This variant"),
            "reserved": self.reserved,
        }


class CannotDelete(Exception):
    """It was published or sold; it can be hidden instead."""


@dataclass(frozen=True, kw_only=True)
class TourDetails:
    """What a tour says about itself. ``minutes`` is its duration, ``operator`` the licensed partner who sells it."""

    kind: str
    name_th: str
    summary_th: str
    description_th: str
    meeting_point_th: str
    province: int
    minutes: int
    languages: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    minimum_group: int = 1
    if_too_few: str = TooFew.REFUND
    maximum_group: int = 10
    cut_off_hours: int = 24
    name_en: str = ""
    summary_en: str = ""
    description_en: str = ""
    meeting_point_en: str = ""
    included_th: str = ""
    included_en: str = ""
    excluded_th: str = ""
    excluded_en: str = ""
    transport_th: str = ""
    transport_en: str = ""
    operator: Business | None = None


@dataclass(frozen=True, kw_only=True)
class ProductDetails:
    """What a product says about itself. The unit is what its price is for (PRICE-001)."""

    name_th: str
    description_th: str
    unit_th: str
    name_en: str = ""
    description_en: str = ""
    unit_en: str = ""


@dataclass(frozen=True, kw_only=True)
class PriceRow:
    """One price category as typed. ``public_id`` empty: a new one; ``remove``: no longer offered."""

    name_th: str
    price_satang: int
    name_en: str = ""
    seats: int = 1
    public_id: str = ""
    remove: bool = False


@dataclass(frozen=True, kw_only=True)
class VariantRow:
    """One variant as typed. ``stock_seen`` is the stock that the seller was looking at: what was sent meanwhile is not
    undone, only the difference is added."""

    price_satang: int
    stock: int
    stock_seen: int = 0
    weight_grams: int = 0
    name_th: str = ""
    name_en: str = ""
    public_id: str = ""
    remove: bool = False


@transaction.atomic
def create_tour(*, shop: Shop, details: TourDetails) -> Tour:
    """A draft with the standard terms of cancellation."""
    tour = Tour.objects.create(shop=shop, **_columns(details))
    _write_terms(tour, STANDARD_TERMS)
    return tour


@transaction.atomic
def edit_tour(*, tour: Tour, details: TourDetails, at: datetime) -> None:
    """Change what a tour says. A published one stays lawful and complete, and nobody who guides or drives it has to be
    in two places because it became longer; or nothing changes: raises NotLawful, NotReady, ResourceBusy."""
    longer = details.minutes != tour.minutes
    Tour.objects.filter(pk=tour.pk).update(**_columns(details))
    if longer:
        again(ResourceUse.objects.filter(departure__tour=tour, from_at__gt=at))
    tour_changed(tour)
    must_stay_publishable(Tour.objects.get(pk=tour.pk), at)


def _columns(details: TourDetails) -> dict[str, object]:
    """``asdict`` would copy the operator's row."""
    return {name: getattr(details, name) for name in details.__dataclass_fields__}


@transaction.atomic
def set_prices(*, tour: Tour, rows: Sequence[PriceRow], by: User, at: datetime) -> None:
    """The price categories in the order given. One that was ordered is only put aside. Raises NotReady where a
    published tour would be left without a price."""
    for position, row in enumerate(rows):
        _set_price(tour, row, position)
    tour_changed(tour)
    said = ", ".join(f"{row.name_th} {baht(row.price_satang)}" for row in rows if not row.remove)
    record("tour.prices", subject=tour, text=f"ตั้งราคา {tour.name_th}: {said}", at=at, actor=by)
    must_stay_publishable(Tour.objects.get(pk=tour.pk), at)


def _set_price(tour: Tour, row: PriceRow, position: int) -> None:
    known = PriceCategory.objects.filter(tour=tour, public_id=row.public_id)
    if row.remove:
        known.update(is_active=False)
        return
    columns = {"name_th": row.name_th, "name_en": row.name_en, "price_satang": row.price_satang, "seats": row.seats}
    if not row.public_id:
        PriceCategory.objects.create(tour=tour, position=position, **columns)
    else:
        known.update(position=position, is_active=True, **columns)


@transaction.atomic
def set_terms(*, tour: Tour, tiers: Sequence[tuple[int, int]], at: datetime) -> None:
    """The cancellation tiers (hours before the start, per cent back). Orders already placed keep theirs. Raises
    NotReady where a published tour would give back less than the law asks (TOUR-010)."""
    tour.tiers.all().delete()
    _write_terms(tour, tiers)
    tour_changed(tour)
    must_stay_publishable(Tour.objects.get(pk=tour.pk), at)


def _write_terms(tour: Tour, tiers: Sequence[tuple[int, int]]) -> None:
    CancellationTier.objects.bulk_create(
        [CancellationTier(tour=tour, hours_before=hours, refund_percent=percent) for hours, percent in tiers]
    )


@transaction.atomic
def create_product(*, shop: Shop, details: ProductDetails) -> Product:
    """A draft."""
    return Product.objects.create(shop=shop, **asdict(details))


@transaction.atomic
def edit_product(*, product: Product, details: ProductDetails, at: datetime) -> None:
    """Change what a product says. Raises NotReady where a published one would not be complete any more."""
    Product.objects.filter(pk=product.pk).update(**asdict(details))
    product_changed(product)
    must_stay_publishable(Product.objects.get(pk=product.pk), at)


@transaction.atomic
def set_variants(*, product: Product, rows: Sequence[VariantRow], by: User, at: datetime) -> None:
    """The variants in the order given, with price and stock. Raises StockBelowReserved, NotReady."""
    for position, row in enumerate(rows):
        _set_variant(product, row, position, by, at)
    product_changed(product)
    said = ", ".join(f"{row.name_th} {baht(row.price_satang)}".strip() for row in rows if not row.remove)
    record("product.prices", subject=product, text=f"ตั้งราคา {product.name_th}: {said}", at=at, actor=by)
    must_stay_publishable(Product.objects.get(pk=product.pk), at)


def _set_variant(product: Product, row: VariantRow, position: int, by: User, at: datetime) -> None:
    known = Variant.objects.filter(product=product, public_id=row.public_id)
    if row.remove:
        known.update(is_active=False)
        return
    columns: dict[str, Any] = {
        "name_th": row.name_th, "name_en": row.name_en, "price_satang": row.price_satang,
        "weight_grams": row.weight_grams,
    }  # fmt: skip
    if not row.public_id:
        made = Variant.objects.create(product=product, position=position, stock=row.stock, **columns)
        _note_edit(made, row.stock, by, at)
        return
    more = row.stock - row.stock_seen
    enough = known.filter(reserved__lte=F("stock") + more)
    if not enough.update(stock=F("stock") + more, position=position, is_active=True, **columns) and known.exists():
        raise StockBelowReserved(row.name_th, known.get().reserved)
    for variant in known.select_related("product") if more else ():
        _note_edit(variant, more, by, at)


def _note_edit(variant: Variant, change: int, by: User, at: datetime) -> None:
    if change:
        source = f"edit:{variant.public_id}:{at.isoformat()}"
        note_movement(
            variant=variant, change=change, kind=StockMovement.Kind.EDITED, reason="", source=source, by=by, at=at
        )


@transaction.atomic
def delete_draft(*, item: Tour | Product) -> None:
    """Delete a tour or product that never was published and that nobody ordered. Raises CannotDelete."""
    if item.published_at is not None:
        raise CannotDelete
    try:
        with transaction.atomic():
            _parts_of(item).all().delete()
            item.delete()
    except (ProtectedError, IntegrityError) as problem:
        raise CannotDelete from problem


def _parts_of(item: Tour | Product) -> Any:
    return item.departures if isinstance(item, Tour) else item.variants
