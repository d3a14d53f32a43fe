"""Templates that sellers downloaded, kept as they came."""

from django.db import models

from tourdee.core.ids import public_id
from tourdee.shop.models import Shop


class Template(models.Model):
    """A marketplace's own XLSX for one category. ``data`` is never changed: each filled file is made from it anew.

    ``columns``: [{"column": 2, "label": "ชื่อสินค้า", "field": "name"}, …], every column of the header; ``field`` is empty where
    it is left to the seller. ``told``: [[variant's public id, satang, pieces], …] of the file last made."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="marketplace_templates")
    marketplace = models.SlugField(max_length=20)
    name = models.CharField(max_length=120, help_text="of the file, as it was uploaded")
    data = models.BinaryField()
    sheet = models.CharField(max_length=120, help_text="the sheet's part of the file")
    first_row = models.PositiveIntegerField(help_text="where items begin")
    columns = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    told = models.JSONField(default=list)
    filled_at = models.DateTimeField(null=True, blank=True)
    listed_at = models.DateTimeField(null=True, blank=True, help_text="when the seller said that the file was uploaded")

    class Meta:
        ordering = ["-uploaded_at", "-id"]
