"""What a shop posts on its page."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Product, Shop, Tour


class Post(models.Model):
    """A post of an item. ``body`` is what the seller wrote; price, seller, licence and link are added when it goes out, as they are
    then. ``asked_at`` is written before Facebook is asked: from then on it may stand there, whatever came of the answer.
    ``by_hand``: the seller pasted it on Facebook and said so."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"
        FAILED = "failed"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="facebook_posts")
    tour = models.ForeignKey(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="facebook_posts")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="facebook_posts")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    pictures = models.JSONField(default=list, help_text="public ids of the item's pictures, in their order")
    language = models.CharField(max_length=2, default="th")
    key = models.CharField(max_length=64, help_text="of the form: a double click makes one post")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(null=True, blank=True)
    media = models.JSONField(default=dict, help_text="Facebook's own id of each picture that is there already")
    asked_at = models.DateTimeField(null=True, blank=True)
    outside_id = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=500, blank=True)
    by_hand = models.BooleanField(default=False)
    why = models.CharField(max_length=40, blank=True, help_text="a word of queries/reasons.py")
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tour__isnull=False, product__isnull=True) | Q(tour__isnull=True, product__isnull=False),
                name="facebook_post_of_one_thing",
            ),
            models.UniqueConstraint(fields=["shop", "key"], name="facebook_post_made_once"),
            models.UniqueConstraint(
                fields=["outside_id"], condition=~Q(outside_id=""), name="facebook_post_known_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="scheduled_post_has_a_time"
            ),
        ]

    @property
    def item(self) -> Tour | Product:
        found = self.tour or self.product
        assert found
        return found

    @property
    def marker(self) -> str:
        """Stands at the end of the post's link; by it the post is found again after an answer was lost."""
        return f"#fb-{self.public_id}"

    @property
    def on_its_way(self) -> bool:
        """The worker has begun, so it can no longer be called back."""
        return self.state == self.State.SCHEDULED and self.asked_at is not None

    @property
    def has_begun(self) -> bool:
        """The worker has taken it since its time came."""
        return self.asked_at is not None or self.try_at != self.publish_at
