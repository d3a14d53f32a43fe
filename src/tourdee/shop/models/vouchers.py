"""Codes that take something off the price."""

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id

from .shops import Shop


class Voucher(models.Model):
    """A code of one shop: per cent or an amount off tours, goods or all. ``used`` counts the orders that hold it and
    changes only by one conditional UPDATE (actions/vouchers.py); an order that ends without a sale gives it back."""

    class Off(models.TextChoices):
        """What it counts for."""

        ALL = "all"
        TOURS = "tours"
        GOODS = "goods"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="vouchers")
    code = models.CharField(max_length=20, help_text="capital letters and digits")
    off = models.CharField(max_length=6, choices=Off.choices, default=Off.ALL)
    percent = models.PositiveSmallIntegerField(default=0)
    amount_satang = models.PositiveBigIntegerField(default=0)
    minimum_satang = models.PositiveBigIntegerField(default=0, help_text="of what it counts for")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(help_text="the moment from which it no longer holds")
    limit = models.PositiveIntegerField(help_text="orders")
    used = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "code"], name="a_code_stands_once_in_a_shop"),
            models.CheckConstraint(condition=Q(used__gte=0) & Q(used__lte=F("limit")), name="voucher_never_overused"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100, amount_satang=0) | Q(percent=0, amount_satang__gte=1),
                name="voucher_is_percent_or_amount",
            ),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="voucher_holds_for_some_time"),
        ]

    def __str__(self) -> str:
        return self.code
