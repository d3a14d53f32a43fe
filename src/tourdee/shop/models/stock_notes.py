"""Who wants to be told when a product is there again."""

from django.db import models
from django.db.models import Q

from .products import Product


class StockNote(models.Model):
    """A visitor's wish to hear of a sold-out product. Told once; the address is forgotten with the row, which goes
    a month after that."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="stock_notes")
    email = models.EmailField()
    language = models.CharField(max_length=5, default="th")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "email"], condition=Q(told_at__isnull=True), name="asked_for_a_product_once"
            ),
        ]
