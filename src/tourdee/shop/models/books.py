"""The books of a business: postings that balance by their shape, and are only ever added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tourdee.legal.models import Business

from .orders import Order
from .shops import Shop


class Account(models.TextChoices):
    """What money is, where it came from, and whose it is."""

    BANK = "bank", _("Bank and PromptPay")
    CASH = "cash", _("Cash")
    GATEWAY = "gateway", _("At the payment gateway")
    GUESTS = "guests", _("Rest that guests still pay")
    COD = "cod", _("Cash on delivery on its way")
    RESELLERS = "resellers", _("Owed by resellers")
    DEPOSITS = "deposits", _("Received, not confirmed yet")
    REFUNDS = "refunds", _("To be paid back")
    VAT = "vat", _("VAT to be paid to the state")
    TOURS = "tours", _("Sales of tours and workshops")
    GOODS = "goods", _("Sales of goods")
    SHIPPING = "shipping", _("Shipping charged")
    KEPT = "kept", _("Kept after cancellations")
    DISCOUNTS = "discounts", _("Discounts given")
    REDUCTIONS = "reductions", _("Refunds of confirmed orders")
    VAT_IN_SALES = "vat_in_sales", _("VAT inside the sales")
    FEES = "fees", _("Gateway fees")


MONEY = (Account.BANK, Account.CASH, Account.GATEWAY)
OWED_TO_US = (Account.GUESTS, Account.COD, Account.RESELLERS)
OWED_BY_US = (Account.DEPOSITS, Account.REFUNDS, Account.VAT)
SALES = (Account.TOURS, Account.GOODS, Account.SHIPPING, Account.KEPT, Account.DISCOUNTS, Account.REDUCTIONS)


class _Postings(models.QuerySet["Posting"]):
    def update(self, **kwargs: object) -> int:
        raise RuntimeError("Postings are never changed; what was wrong is posted the other way round.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise RuntimeError("Postings are never deleted.")


class Posting(models.Model):
    """So much moved from the account ``credit`` to the account ``debit``. A row that names both sides cannot fail to
    balance. ``source`` makes each come once."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="postings")
    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.PROTECT, related_name="postings")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="postings")
    at = models.DateTimeField()
    debit = models.CharField(max_length=12, choices=Account.choices)
    credit = models.CharField(max_length=12, choices=Account.choices)
    satang = models.PositiveBigIntegerField()
    source = models.CharField(max_length=120, unique=True, help_text="order and place, or the reference of a payout")

    objects = _Postings.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(satang__gte=1), name="posting_moves_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="posting_has_two_sides"),
        ]
        indexes = [models.Index(fields=["business", "at"], name="postings_by_time")]

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk:
            raise RuntimeError("A posting is never changed.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise RuntimeError("A posting is never deleted.")
