"""Every change of a stock number, kept for ever."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .products import Variant


class StockMovement(models.Model):
    """So many pieces more or fewer of a variant, why, and how many there were then. Append-only; what is reserved is
    not in it. ``source`` makes a movement happen once."""

    class Kind(models.TextChoices):
        COUNTED = "counted"
        ARRIVED = "arrived"
        TAKEN_OUT = "taken_out"
        EDITED = "edited"
        SENT = "sent"
        CAME_BACK = "came_back"

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="movements")
    at = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    change = models.IntegerField()
    after = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(change=0) | Q(kind="counted"), name="a_movement_moves_something")
        ]
