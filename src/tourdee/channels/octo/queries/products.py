"""What a shop sells through this channel: itself as supplier, its tours and workshops as products.

A tour is a product with one option; its price categories are the option's units.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.db.models.functions import ExtractHour, ExtractMinute
from django.urls import reverse
from django.utils.translation import get_language

from tourdee.core.dates import BANGKOK
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Departure, PriceCategory, Shop, Tour
from tourdee.shop.queries.baskets import PUBLIC_ID
from tourdee.shop.queries.resale import resellable_tours

from .callers import Caller
from .cancelling import free_until_hours, terms
from .content import shop_content, tour_content, unit_content
from .prices import unit_price

OPTION = "DEFAULT"  # the one option of every product
PRICING, CONTENT = "octo/pricing", "octo/content"
CHILD, INFANT = ("เด็ก", "child", "kid"), ("ทารก", "infant", "baby", "lap child")
OTHER_TYPES = {
    "SENIOR": ("ผู้สูงอายุ", "senior"), "STUDENT": ("นักเรียน", "นักศึกษา", "student"), "FAMILY": ("ครอบครัว", "family"),
    "YOUTH": ("เยาวชน", "youth", "teen"),
}  # fmt: skip


def supplier(caller: Caller, capabilities: set[str]) -> dict[str, Any]:
    """The shop. One query."""
    shop = Shop.objects.select_related("business").get(pk=caller.shop)
    page = settings.SITE_URL + reverse("shop", args=[shop.slug])
    said: dict[str, Any] = {
        "id": shop.public_id,
        "name": local(shop, "name"),
        "endpoint": f"{settings.SITE_URL}/octo/{shop.slug}",
        "contact": {
            "website": page, "email": None, "telephone": shop.phone or None, "address": shop.business.address or None,
        },
    }  # fmt: skip
    if CONTENT in capabilities:
        said |= shop_content(shop)
    return said


def products(caller: Caller, capabilities: set[str], at: datetime) -> list[dict[str, Any]]:
    """Everything that the shop sells by itself. Four queries, however much that is; with pictures five."""
    tours = list(_with_parts(caller, capabilities))
    times = start_times([tour.pk for tour in tours], at)
    return [_product(tour, times[tour.pk], caller, capabilities) for tour in tours]


def product(caller: Caller, public_id: str, capabilities: set[str], at: datetime) -> dict[str, Any] | None:
    """One of them. Four queries; with pictures five."""
    if not PUBLIC_ID.fullmatch(public_id):
        return None
    tour = _with_parts(caller, capabilities).filter(public_id=public_id).first()
    return _product(tour, start_times([tour.pk], at)[tour.pk], caller, capabilities) if tour else None


def _with_parts(caller: Caller, capabilities: set[str]) -> Any:
    active = Prefetch("prices", PriceCategory.objects.filter(is_active=True))
    shown = ["pictures"] if CONTENT in capabilities else []
    return resellable_tours(caller.shop).order_by("pk").prefetch_related(active, "tiers", *shown)


def start_times(tours: list[int], at: datetime) -> dict[int, list[str]]:
    """At which times of the day each tour starts from now on. One query."""
    ahead = Departure.objects.filter(tour__in=tours, status=Departure.Status.OPEN, starts_at__gt=at).order_by()
    clocks = ahead.annotate(
        hour=ExtractHour("starts_at", tzinfo=BANGKOK), minute=ExtractMinute("starts_at", tzinfo=BANGKOK)
    )
    times: defaultdict[int, list[str]] = defaultdict(list)
    for tour, hour, minute in sorted(clocks.values_list("tour_id", "hour", "minute").distinct()):
        times[tour].append(f"{hour:02}:{minute:02}")
    return times


def _product(tour: Tour, times: list[str], caller: Caller, capabilities: set[str]) -> dict[str, Any]:
    said = {
        "id": tour.public_id,
        "internalName": local(tour, "name"),
        "reference": None,
        "locale": get_language() or "th",
        "timeZone": "Asia/Bangkok",
        "allowFreesale": False,
        "instantConfirmation": True,
        "instantDelivery": True,
        "availabilityRequired": True,
        "availabilityType": "START_TIME",
        "deliveryFormats": ["QRCODE"],
        "deliveryMethods": ["VOUCHER"],
        "redemptionMethod": "DIGITAL",
        "options": [_option(tour, times, caller, capabilities)],
    }
    if PRICING in capabilities:
        said |= {"defaultCurrency": "THB", "availableCurrencies": ["THB"], "pricingPer": "UNIT"}
    return said | (tour_content(tour) if CONTENT in capabilities else {})


def _option(tour: Tour, times: list[str], caller: Caller, capabilities: set[str]) -> dict[str, Any]:
    units, tiers = list(tour.prices.all()), [[tier.hours_before, tier.refund_percent] for tier in tour.tiers.all()]
    free = free_until_hours(tiers)
    said = {
        "id": OPTION,
        "default": True,
        "internalName": local(tour, "name"),
        "reference": None,
        "availabilityLocalStartTimes": times,
        "cancellationCutoff": terms(free),
        "cancellationCutoffAmount": free,
        "cancellationCutoffUnit": "hour",
        "requiredContactFields": [],
        "restrictions": {"minUnits": 1, "maxUnits": tour.maximum_group},
        "units": [_unit(unit, units, caller, capabilities) for unit in units],
    }
    return said | (tour_content(tour) if CONTENT in capabilities else {})


def _unit(unit: PriceCategory, units: list[PriceCategory], caller: Caller, capabilities: set[str]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": unit.public_id,
        "internalName": local(unit, "name"),
        "reference": None,
        "type": unit_type(unit),
        "restrictions": {
            "minAge": 0, "maxAge": 120, "idRequired": False, "minQuantity": None, "maxQuantity": None,
            "paxCount": max(1, unit.seats), "accompaniedBy": _companions(unit, units),
        },
        "requiredContactFields": [],
    }  # fmt: skip
    if PRICING in capabilities:
        said["pricingFrom"] = [unit_price(unit, caller.commission_percent)]
    return said | (unit_content(unit) if CONTENT in capabilities else {})


def unit_type(unit: PriceCategory) -> str:
    """Which of the standard's types a price category is, by its name; an adult's where the name says nothing."""
    name = f"{unit.name_th} {unit.name_en}".lower()
    if unit.seats == 0 or _says(name, INFANT):
        return "INFANT"
    if _says(name, CHILD):
        return "CHILD"
    return next((kind for kind, words in OTHER_TYPES.items() if _says(name, words)), "ADULT")


def _says(name: str, words: Iterable[str]) -> bool:
    return any(word in name for word in words)


def _companions(unit: PriceCategory, units: list[PriceCategory]) -> list[str]:
    """Who has no seat does not book alone."""
    return [] if unit.seats else [other.public_id for other in units if other.seats]
