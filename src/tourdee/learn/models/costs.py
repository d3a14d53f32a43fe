"""Saved calculations of topic 3."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

USER = settings.AUTH_USER_MODEL


class CostSheet(models.Model):
    """A saved calculation: what it costs, what is asked, what is left, where it breaks even."""

    class Kind(models.TextChoices):
        TOUR = "tour"
        PRODUCT = "product"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="cost_sheets")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    fixed_costs = models.JSONField(default=list, help_text='[{"name": …, "satang": …}], per trip or per batch')
    unit_costs = models.JSONField(default=list, help_text="the same, per guest or per piece")
    units = models.PositiveIntegerField(help_text="guests on a usual trip, pieces in a batch")
    fee_percent = models.PositiveSmallIntegerField(default=0, help_text="what the sales channel keeps of the price")
    price_satang = models.PositiveBigIntegerField()
    wanted_percent = models.PositiveSmallIntegerField(default=20, help_text="the margin the seller would like")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=1), name="at_least_one_unit"),
            models.CheckConstraint(
                condition=Q(fee_percent__lt=100, wanted_percent__lt=100), name="shares_below_the_whole"
            ),
        ]
