"""What a seller sees of the own resellers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from tourdee.core.dates import bangkok_day
from tourdee.people.models import User
from tourdee.shop.models import Order, Shop
from tourdee.shop.queries.licences import licences_in_force

from ..models import Booking, Key, Reseller, Sandbox

OWED = Q(bookings__order__status=Order.Status.CONFIRMED)


def resellers_of(shop: Shop) -> QuerySet[Any, Any]:
    """Those of a shop by name, each with ``keys`` and, over its confirmed bookings, ``booked`` and ``owed_satang``."""
    return _with_sums(Reseller.objects.filter(shop=shop))


def test_resellers_of(user: User) -> QuerySet[Any, Any]:
    """Those that a person made in the sandbox."""
    return _with_sums(Reseller.objects.filter(shop__octo_sandbox__isnull=False, made_by=user))


def reseller_for(user: User) -> QuerySet[Any, Any]:
    """Those that a person may see: of the own shop, and own tests."""
    mine = Q(shop__owner=user) | Q(shop__octo_sandbox__isnull=False, made_by=user)
    return _with_sums(Reseller.objects.filter(mine)).select_related("shop")


def _with_sums(resellers: QuerySet[Reseller]) -> QuerySet[Any, Any]:
    owed = F("bookings__order__total_satang") - F("bookings__order__paid_satang")
    summed = resellers.annotate(
        booked=Count("bookings", filter=OWED), owed_satang=Coalesce(Sum(owed, filter=OWED), 0)
    )  # fmt: skip
    keys = Key.objects.order_by("revoked_at", "-created_at", "-id")
    return summed.prefetch_related(Prefetch("keys", keys)).order_by("name", "id")


def keys_for(user: User) -> QuerySet[Key]:
    """The keys that a person may revoke."""
    mine = Q(reseller__shop__owner=user) | Q(reseller__shop__octo_sandbox__isnull=False, reseller__made_by=user)
    return Key.objects.filter(mine).select_related("reseller")


def unsettled(reseller: Reseller) -> list[Booking]:
    """Confirmed bookings that the reseller has not paid for, by the day they travel. One query."""
    owing = reseller.bookings.filter(
        order__status=Order.Status.CONFIRMED, order__total_satang__gt=F("order__paid_satang")
    )  # fmt: skip
    return list(owing.select_related("order", "departure__tour").order_by("departure__starts_at", "pk"))


def is_licensed(shop: Shop, at: datetime) -> bool:
    """Whether the shop's own business may sell tours today."""
    return licences_in_force(bangkok_day(at)).filter(business=shop.business_id).exists()


@dataclass(frozen=True)
class Trial:
    """The sandbox, where there is one."""

    slug: str
    seeded_at: datetime


def sandbox() -> Trial | None:
    """Where resellers try their programs out."""
    found = Sandbox.objects.select_related("shop").first()
    return Trial(found.shop.slug, found.seeded_at) if found else None
