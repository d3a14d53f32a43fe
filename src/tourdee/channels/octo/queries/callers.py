"""Whose program is calling: the key, its reseller, the shop, and whether the shop may sell to it today. One query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tourdee.core.prepared import DAY, Prepared, partly
from tourdee.legal.models import Business
from tourdee.people.models import User
from tourdee.shop.models import Shop
from tourdee.shop.queries.licences import licences_in_force
from tourdee.shop.queries.storefront import slug_now

from ..models import Key, Sandbox


@dataclass(frozen=True, slots=True)
class Caller:
    """A reseller's program at the door of one shop. Row ids; ``test`` in the sandbox."""

    key: int
    last_used_at: datetime | None
    reseller: int
    reseller_name: str
    commission_percent: int
    shop: int
    slug: str
    shop_status: str
    owner_row: int
    owner: str
    business: int
    business_name: str
    promptpay: str
    promptpay_name: str
    licensed: bool
    test: bool

    @property
    def may_enter(self) -> bool:
        """The shop is open and licensed, or all of it is a test."""
        return self.test or (self.licensed and self.shop_status == Shop.Status.OPEN)

    def seller(self) -> Shop:
        """The shop, with as much of its owner and business as a sale writes down; of more the database is asked."""
        business = partly(
            Business,
            id=self.business,
            name=self.business_name,
            promptpay=self.promptpay,
            promptpay_name=self.promptpay_name,
        )
        owner = partly(User, id=self.owner_row, public_id=self.owner)
        shop = partly(Shop, id=self.shop, slug=self.slug, owner_id=owner.pk, business_id=business.pk)
        shop.owner, shop.business = owner, business
        return shop


def caller_of(*, slug: str, digest: str, on: date) -> Caller | None:
    """The caller whose key has this hash, at the shop with this name and nowhere else; None for a revoked key."""
    rows = CALLER.rows(slug=slug, digest=digest, on=on)
    if not rows and (moved := slug_now(slug)):  # the program knows an address that the shop had before
        rows = CALLER.rows(slug=moved, digest=digest, on=on)
    return Caller(*rows[0]) if rows else None


def _caller_question(slug: str, digest: str, on: date) -> QuerySet[Any, Any]:
    keys = Key.objects.filter(digest=digest, revoked_at__isnull=True, reseller__shop__slug=slug).order_by()
    licence = licences_in_force(on).filter(business=OuterRef("reseller__shop__business"))
    sandbox = Sandbox.objects.filter(shop=OuterRef("reseller__shop"))
    return keys.annotate(licensed=Exists(licence), test=Exists(sandbox)).values_list(
        "pk", "last_used_at", "reseller_id", "reseller__name", "reseller__commission_percent", "reseller__shop_id",
        "reseller__shop__slug", "reseller__shop__status", "reseller__shop__owner_id", "reseller__shop__owner__public_id",
        "reseller__shop__business_id",
        "reseller__shop__business__name", "reseller__shop__business__promptpay", "reseller__shop__business__promptpay_name",
        "licensed", "test",
    )  # fmt: skip


CALLER = Prepared(_caller_question, slug="", digest="", on=DAY)
