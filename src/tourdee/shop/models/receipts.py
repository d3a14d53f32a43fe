"""Receipts, tax invoices and the notes that take them back: numbered without a gap, never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import public_id
from tourdee.legal.models import Business

from .orders import Order


class ReceiptSeries(models.Model):
    """The last number given out of one kind in one year (Buddhist). Changed only in the transaction that writes the
    receipt, so a number that was given out has its receipt."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business", "kind", "year"], name="one_series_a_year")]


class Receipt(models.Model):
    """A document of money received or taken back, as it was written. ``content`` holds what is printed: seller, lines,
    reason. Tax ids of both sides are sealed: a person's is their citizen id."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Receipt")
        REFUND_NOTE = "refund_note", _("Refund note")
        SHORT_TAX_INVOICE = "short_tax", _("Receipt and abbreviated tax invoice")
        TAX_INVOICE = "tax_invoice", _("Receipt and tax invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    PREFIXES = {
        Kind.RECEIPT: "RC",
        Kind.REFUND_NOTE: "RF",
        Kind.SHORT_TAX_INVOICE: "AB",
        Kind.TAX_INVOICE: "TX",
        Kind.CREDIT_NOTE: "CN",
    }
    TAKING_BACK = (Kind.REFUND_NOTE, Kind.CREDIT_NOTE)
    WITH_VAT = (Kind.SHORT_TAX_INVOICE, Kind.TAX_INVOICE, Kind.CREDIT_NOTE)

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="receipts")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(help_text="Buddhist")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    satang = models.PositiveBigIntegerField(help_text="VAT included")
    vat_satang = models.PositiveBigIntegerField(default=0)
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    buyer_name = models.CharField(max_length=200)
    buyer_address = models.TextField(blank=True)
    buyer_branch = models.CharField(max_length=5, blank=True)
    sealed_tax_ids = models.TextField(blank=True, help_text="of seller and buyer")
    content = models.JSONField(default=dict)
    refers_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replacement",
        help_text="the one that this was written instead of; it stays, and no longer counts",
    )  # fmt: skip

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "kind", "year", "number"], name="a_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(satang__gte=1) & Q(vat_satang__lte=F("satang")), name="receipt_of_something"
            ),
        ]
        indexes = [models.Index(fields=["business", "at"], name="receipts_by_time")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """``RC2569-000123``."""
        return f"{self.PREFIXES[self.Kind(self.kind)]}{self.year}-{self.number:06d}"

    @property
    def net_satang(self) -> int:
        """Without the tax."""
        return self.satang - self.vat_satang

    @property
    def sign(self) -> int:
        """Money taken back counts against the seller's income."""
        return -1 if self.kind in self.TAKING_BACK else 1
