"""What buyers say, and what visitors ask."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

from .order_lines import OrderLine
from .products import Product
from .shops import Shop
from .tours import Tour


class Review(models.Model):
    """One review for each thing bought, by the person who bought it, after it took place or was sent."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    line = models.OneToOneField(OrderLine, on_delete=models.CASCADE, related_name="review")
    tour = models.ForeignKey(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="reviews")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="reviews")
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1) & Q(stars__lte=5), name="one_to_five_stars")]


class Enquiry(models.Model):
    """A visitor's question to a shop: the lawful way for a guide without a tour-business licence to be found."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="enquiries")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120)
    message = models.TextField()
    language = models.CharField(max_length=5, default="th", help_text="of the page on which it was asked")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
