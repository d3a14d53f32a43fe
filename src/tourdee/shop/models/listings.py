"""Where else a tour or product is offered."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

from .products import Product, Variant
from .shops import Shop
from .tours import Tour


class Listing(models.Model):
    """A tour, product or one kind of a product as it stands in a channel outside our own shop, and what that channel was
    last told of it: price and stock. ``channel`` is the channel's folder name or its own word (``shopee``).

    A row says what we know, not what the other side shows: only the channel itself can say that."""

    class State(models.TextChoices):
        LISTED = "listed"
        REMOVED = "removed"
        REFUSED = "refused"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="listings")
    tour = models.ForeignKey(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="listings")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="listings")
    variant = models.ForeignKey(
        Variant,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="listings",
        help_text="where the channel knows each kind by itself",
    )
    channel = models.SlugField(max_length=20)
    outside_id = models.CharField(max_length=120, blank=True, help_text="what the channel calls it")
    link = models.CharField(max_length=500, blank=True, help_text="where it can be seen there")
    price_satang = models.PositiveBigIntegerField(null=True, blank=True, help_text="as last told")
    stock = models.PositiveIntegerField(null=True, blank=True, help_text="as last told; empty: the channel has none")
    told_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.LISTED)
    why = models.CharField(max_length=300, blank=True, help_text="the reason of a refusal, as the channel gave it")

    class Meta:
        ordering = ["channel", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tour__isnull=False, product__isnull=True, variant__isnull=True)
                | Q(tour__isnull=True, product__isnull=False),
                name="listing_of_one_thing",
            ),
            models.UniqueConstraint(fields=["tour", "channel"], name="tour_once_per_channel"),
            models.UniqueConstraint(
                fields=["product", "channel"], condition=Q(variant__isnull=True), name="product_once_per_channel"
            ),
            models.UniqueConstraint(fields=["variant", "channel"], name="variant_once_per_channel"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="listing_links_lead_to_the_web",
            ),
        ]
