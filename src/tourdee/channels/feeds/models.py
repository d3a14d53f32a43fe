"""What is known of a shop's feeds."""

from django.db import models

from tourdee.shop.models import Shop


class Feed(models.Model):
    """A shop's feed for one reader. ``accepted_at``: when nothing was missing for the first time. ``pasted_at``: the seller
    says that the address stands in the reader's settings. ``fetched_at``: when the reader last came after that;
    ``told_at``: up to which visit its items are in the shop's listings. ``broken_at``: since when a new file can't be written; the one
    before it stands."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="product_feeds")
    reader = models.SlugField(max_length=20)
    accepted_at = models.DateTimeField(null=True, blank=True)
    pasted_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "reader"], name="one_feed_per_reader")]
