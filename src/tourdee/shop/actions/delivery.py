"""The seller says how goods reach the buyer and what that costs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tourdee.core.audit import record
from tourdee.core.money import baht
from tourdee.people.models import User

from ..models import DeliveryTerms, Product, ShippingZone, Shop
from .versions import shop_changed


class NoZone(Exception):
    """Priced by zone, but without one."""

    @property
    def message(self) -> str:
        return _("Give at least one zone with a price, or choose one price for everywhere.")


class NoWay(Exception):
    """Neither sent nor handed over: goods could not be bought."""

    @property
    def message(self) -> str:
        return _("Choose at least one way in which buyers get your goods.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a shop offers, as typed and cleaned; see ``DeliveryTerms``. ``flat_satang`` is the price without zones."""

    sends: bool = True
    by_zone: bool = False
    flat_satang: int = 5000
    free_from_satang: int | None = None
    packing_grams: int = 0
    surcharge_satang: int = 0
    remote_postcodes: list[str] = field(default_factory=list)
    hands_over: bool = False
    hand_over_th: str = ""
    hand_over_en: str = ""
    on_delivery: bool = False
    on_delivery_most_satang: int = 300000
    on_delivery_fee_satang: int = 0
    on_delivery_provinces: list[int] = field(default_factory=list)
    return_days: int = 7
    low_stock: int = 3


@dataclass(frozen=True, kw_only=True)
class Zone:
    """Provinces that cost the same; none: everywhere else. ``steps``: [[grams, satang], …]."""

    name_th: str
    name_en: str = ""
    provinces: list[int] = field(default_factory=list)
    steps: list[list[int]] = field(default_factory=list)


@transaction.atomic
def write_delivery_terms(*, shop: Shop, terms: Terms, zones: Sequence[Zone], by: User, at: datetime) -> DeliveryTerms:
    """Replace the shop's terms and zones. Orders that were placed keep what they agreed. Raises NoWay, NoZone."""
    if not (terms.sends or terms.hands_over):
        raise NoWay
    if terms.by_zone and not any(zone.steps for zone in zones):
        raise NoZone
    columns = asdict(terms)
    flat = columns.pop("flat_satang")
    written, _new = DeliveryTerms.objects.update_or_create(shop=shop, defaults=columns)
    Shop.objects.filter(pk=shop.pk).update(shipping_satang=flat)
    ShippingZone.objects.filter(shop=shop).delete()
    ShippingZone.objects.bulk_create(
        ShippingZone(shop=shop, position=place, **asdict(zone)) for place, zone in enumerate(zones)
    )
    Product.objects.filter(shop=shop).update(version=F("version") + 1)
    shop_changed(shop.pk)
    record("shop.delivery", subject=shop, text=f"ตั้งค่าการส่ง {shop.name_th}: {_said(terms, zones)}", at=at, actor=by)
    return written


def _said(terms: Terms, zones: Sequence[Zone]) -> str:
    """One line for the audit log."""
    parts = [
        ", ".join(_zone_said(zone) for zone in zones) if terms.by_zone else f"ส่งราคาเดียว {baht(terms.flat_satang)}"
    ]
    if terms.hands_over:
        parts.append("รับเองที่ร้าน")
    if terms.on_delivery:
        parts.append(f"เก็บเงินปลายทาง ≤ {baht(terms.on_delivery_most_satang)} (+{baht(terms.on_delivery_fee_satang)})")
    return "; ".join(parts)


def _zone_said(zone: Zone) -> str:
    return f"{zone.name_th} " + "/".join(f"{grams} ก. {baht(satang)}" for grams, satang in zone.steps)
