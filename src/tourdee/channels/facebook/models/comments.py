"""What people write below the posts."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Order, Shop

from .posts import Post


class Comment(models.Model):
    """A comment. ``thread`` is the one that it stands below, itself where it is the first. ``wanted``: so many did it ask for with CF
    or จอง; what becomes of that is decided by the seller: an order, or ``set_aside_at``. ``hide`` is what the seller wants,
    ``hidden`` what Facebook did; a ``try_at`` says that they differ."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="facebook_comments")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments")
    outside_id = models.CharField(max_length=120)
    thread = models.CharField(max_length=110)
    author = models.CharField(max_length=40, help_text="Facebook's id of the person")
    name = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    wanted = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    set_aside_at = models.DateTimeField(null=True, blank=True)
    hide = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True, blank=True, help_text="its writer took it away")
    why = models.CharField(max_length=40, blank=True, help_text="why hiding failed")
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "outside_id"], name="a_comment_comes_in_once"),
            models.CheckConstraint(condition=Q(wanted__isnull=True) | Q(wanted__gte=1), name="wanted_is_a_number"),
        ]

    @property
    def is_open(self) -> bool:
        """An order draft that waits for the seller."""
        return bool(self.wanted) and self.order_id is None and self.set_aside_at is None and self.gone_at is None
