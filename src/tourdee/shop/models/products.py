"""Goods and their variants."""

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id

from .shops import Shop


class Product(models.Model):
    """Something to send or hand over. ``version``: see Shop."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        HIDDEN = "hidden"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products")
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    description_th = models.TextField()
    description_en = models.TextField(blank=True)
    unit_th = models.CharField(max_length=40, default="ชิ้น", help_text="what the price is for: ชิ้น, ผืน, กล่อง")
    unit_en = models.CharField(max_length=40, default="piece")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(status="published"), name="products_newest_first")
        ]

    def __str__(self) -> str:
        return self.name_th


class Variant(models.Model):
    """One kind of a product, with its price and the one stock number. ``reserved`` is held or sold and not yet sent:
    what can be bought is ``stock - reserved``."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    name_th = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    price_satang = models.PositiveBigIntegerField()
    stock = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    weight_grams = models.PositiveIntegerField(default=0, help_text="of one piece; 0: not known")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("stock")), name="variant_never_oversold"
            ),
        ]

    @property
    def left(self) -> int:
        return self.stock - self.reserved
