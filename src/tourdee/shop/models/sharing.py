"""Short addresses to print and to say."""

import secrets

from django.db import models
from django.db.models import Q

from tourdee.core.ids import ALPHABET

from .products import Product
from .shops import Shop
from .tours import Tour

LENGTH = 6  # about 30 bits: short enough to type from a poster; it opens nothing that is not public


def link_code() -> str:
    """Six letters and digits that nobody mistakes for others."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class ShortLink(models.Model):
    """``/t/<code>`` leads to one shop, tour or product for ever: what hangs printed on a wall cannot be mended."""

    code = models.CharField(max_length=LENGTH, unique=True, default=link_code)
    shop = models.OneToOneField(Shop, null=True, blank=True, on_delete=models.CASCADE, related_name="short_link")
    tour = models.OneToOneField(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="short_link")
    product = models.OneToOneField(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="short_link")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shop__isnull=False, tour__isnull=True, product__isnull=True)
                | Q(shop__isnull=True, tour__isnull=False, product__isnull=True)
                | Q(shop__isnull=True, tour__isnull=True, product__isnull=False),
                name="short_link_leads_to_one_thing",
            ),
        ]
