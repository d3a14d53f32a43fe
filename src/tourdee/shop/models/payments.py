"""What is known about money: events first, then what follows from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import public_id

from .orders import Order

GATEWAYS = {"opn", "stripe"}


class Way(models.TextChoices):
    """By which way money came or went."""

    BANK = "bank", _("Bank transfer or PromptPay")
    CASH = "cash", _("Cash")
    GATEWAY = "gateway", _("Through the payment gateway")


class PaymentEvent(models.Model):
    """Word that money came, from a person or a provider. Written and committed first, applied to the order after; an
    event without ``applied_at`` is applied again by the sweep. ``(provider, provider_ref)`` makes it come once."""

    provider = models.CharField(max_length=20, help_text="slip, manual, or a gateway")
    provider_ref = models.CharField(max_length=80)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    satang = models.PositiveBigIntegerField()
    payload = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["provider", "provider_ref"], name="a_payment_comes_once")]
        indexes = [models.Index(fields=["at"], condition=Q(applied_at__isnull=True), name="payments_to_apply")]

    @property
    def way(self) -> str:
        """Where the money is now: in the bank, in the till, or with a gateway until it pays out."""
        if self.provider in GATEWAYS:
            return Way.GATEWAY
        return Way.CASH if self.provider == "cash" or self.payload.get("how") == Way.CASH else Way.BANK


class Slip(models.Model):
    """A transfer slip that a buyer sent. Its mini QR names the bank and the transfer; it is no proof of payment."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    class Finding(models.TextChoices):
        """What the picture itself shows; never that money moved."""

        WELL_FORMED = "well_formed"
        NO_QR = "no_qr"
        UNKNOWN_BANK = "unknown_bank"
        NOT_A_SLIP = "not_a_slip"
        SEEN_BEFORE = "seen_before"
        LOOKS_SEEN = "looks_seen"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="slips")
    picture = models.CharField(max_length=200, help_text="path below the private folder")
    picture_hash = models.CharField(max_length=64, db_index=True)
    picture_print = models.CharField(max_length=64, blank=True, help_text="what it looks like, where no code was read")
    bank = models.CharField(max_length=3, blank=True)
    trans_ref = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=512, blank=True, help_text="text of the mini QR, for services that ask the bank")
    finding = models.CharField(max_length=20, choices=Finding.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "trans_ref"],
                condition=~Q(trans_ref="") & ~Q(status="refused"),
                name="a_slip_is_used_once",
            ),
        ]


class Refund(models.Model):
    """Money given back, recorded with the reference of the bank or gateway. ``way``: from where it went, so that the
    books take it from the right account."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    satang = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=80)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.BANK)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "reference"], name="a_refund_is_recorded_once")]
