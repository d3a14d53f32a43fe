"""Which forms have changed an order."""

from django.db import models

from .orders import Order


class OrderChange(models.Model):
    """A form that changed an order after it was made. Sent again because its answer was lost, it changes nothing."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="changes")
    idempotency_key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64, help_text="of what was asked: same key, other change is refused")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "idempotency_key"], name="a_form_changes_an_order_once"),
        ]
