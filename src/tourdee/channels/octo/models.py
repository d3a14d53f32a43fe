"""Resellers, their keys, and what they booked."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Departure, Order, Shop

MOST_COMMISSION = 60  # per cent


class Sandbox(models.Model):
    """The shop with which resellers try out their programs. It is shut to everybody else, has no licence and needs none:
    nothing in it is real."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="octo_sandbox")
    seeded_at = models.DateTimeField()


class Reseller(models.Model):
    """Who sells a shop's tours on, and for how much of the price. In the sandbox, ``made_by`` tells whose test it is."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="octo_resellers")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, help_text="who must know when the seller cancels")
    commission_percent = models.PositiveSmallIntegerField(help_text="what the reseller keeps of the price")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "made_by", "name"], name="one_reseller_per_name"),
            models.CheckConstraint(
                condition=Q(commission_percent__lte=MOST_COMMISSION), name="commission_leaves_a_price"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Key(models.Model):
    """What a reseller's program shows with every request. Kept as a hash; ``tail`` is by what people tell keys apart."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    reseller = models.ForeignKey(Reseller, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]


class Booking(models.Model):
    """A shop's order as its reseller speaks of it. What became of it (held, confirmed, cancelled, run out) and its seats
    stand in the order alone.

    ``units``: [{"uuid", "unitId", "resellerReference", "contact", "retail", "net"}, …], a ticket each, prices in satang.
    They are replaced as a whole and nobody looks for one alone, so they are no rows of their own.
    """

    somebody_missing = True  # of its guests at the start; as ``queries.found`` asks
    last_arrival: datetime | None = None

    reseller = models.ForeignKey(Reseller, on_delete=models.PROTECT, related_name="bookings")
    uuid = models.UUIDField()
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="octo_booking")
    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="octo_bookings")
    reference = models.CharField(max_length=255, blank=True, help_text="the reseller's own")
    contact = models.JSONField(default=dict)
    notes = models.TextField(blank=True)
    units = models.JSONField(default=list)
    cancellable_until = models.DateTimeField(help_text="by the terms when it was booked; later only the shop can")
    retail_satang = models.PositiveBigIntegerField()
    request_hash = models.CharField(max_length=64, help_text="of what was asked: same uuid, other booking is refused")
    cancel_reason = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reseller", "uuid"], name="a_booking_is_made_once")]
        indexes = [models.Index(fields=["reseller", "reference"], name="bookings_by_reference")]
