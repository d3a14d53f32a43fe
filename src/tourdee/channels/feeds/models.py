"""What is known of a shop's feeds."""

from django.db import models

from tourdee.shop.models import Shop


class Feed(models.Model):
    """A shop's feed for one reader. ``accepted_at``: when nothing was missing for the first time. ``pasted_at``: the seller
    says that the address stands in the reader's settings. ``fetched_at``: when the reader last came after that;
    ``told_at``: up to which visit its items are in the shop's listings. ``looked_at``: when the worker last saw to its files."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="product_feeds")
    reader = models.SlugField(max_length=20)
    accepted_at = models.DateTimeField(null=True, blank=True)
    pasted_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "reader"], name="one_feed_per_reader")]


class LookedOver(models.Model):
    """Up to which ``version`` of a shop its feeds were held against the tables. ``is_done``: all of them are accepted."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="looked_over")
    version = models.PositiveIntegerField()
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "looked over"


class BrokenFile(models.Model):
    """A file of a shop that can't be written anew, ``since`` when. The one before it stands and is handed out, so it is not forgotten. The
    row goes when a new file stands, or when nobody has asked for one for a week."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    reader = models.SlugField(max_length=20)
    ending = models.SlugField(max_length=10)
    language = models.CharField(max_length=5)
    since = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(help_text="the worker tries then; who comes for it tries at once")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "reader", "ending", "language"], name="one_trouble_per_file")
        ]
