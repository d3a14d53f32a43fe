"""Tickets that were read at the meeting point."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .orders import Order
from .tours import Departure


class Scan(models.Model):
    """One ticket read or typed by a person of the seller, with the answer it got. A row is never changed but once, by
    ``undone_at``. ``client_id`` is made by the phone that read it, perhaps hours before without a network: however
    often a phone sends it, it counts once."""

    class Result(models.TextChoices):
        OK = "ok"
        ALREADY = "already"
        WRONG_DEPARTURE = "wrong_departure"
        CANCELLED = "cancelled"
        UNPAID = "unpaid"
        UNKNOWN = "unknown"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=36)
    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="scans")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.CASCADE, related_name="scans")
    typed = models.CharField(max_length=24, blank=True, help_text="what was read where no order is known by it")
    came = models.JSONField(default=dict, help_text="people by row of the order line, as they were counted in")
    result = models.CharField(max_length=16, choices=Result.choices)
    scanned_at = models.DateTimeField(help_text="by the phone's clock, never later than received")
    received_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["scanned_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["by", "client_id"], name="a_scan_counts_once"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(result="ok"), name="only_what_counted_is_undone"
            ),
        ]

    @property
    def people(self) -> int:
        """How many were counted in."""
        return sum(self.came.values())
