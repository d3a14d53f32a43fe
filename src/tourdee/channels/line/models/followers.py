"""Who follows a shop at LINE: whom it may write to, and what they bought in the chat."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Order, Product, Shop, Tour


class Tag(models.Model):
    """A word that a shop puts on its followers: regulars, bicycle friends."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=30)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="a_tag_stands_once_in_a_shop")]

    def __str__(self) -> str:
        return self.name


class Follower(models.Model):
    """A person in a shop's LINE, known by the id that LINE gives them in it (``user_id`` is shown to nobody).

    ``left_at``: blocked or unfollowed; ``stopped_at``: wants no news any more, but may still buy and ask."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="line_followers")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user_id = models.CharField(max_length=64)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="th")
    followed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(help_text="when they last wrote or tapped")
    reply_token = models.CharField(
        max_length=64, blank=True, help_text="of their last message, while nothing answered it"
    )
    reply_until = models.DateTimeField(null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="followers")

    class Meta:
        ordering = ["-seen_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["shop", "user_id"], name="one_follower_per_person_and_shop")]
        indexes = [
            models.Index(
                fields=["shop", "seen_at"], condition=Q(left_at__isnull=True, stopped_at__isnull=True),
                name="whom_a_shop_may_write_to",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Silenced(models.Model):
    """Somebody said stop, was forgotten here, and is the shop's friend at LINE still: news to all friends would reach them. ``who`` is
    a keyed hash, by which they are known again when they write or leave."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    who = models.CharField(max_length=64)
    stopped_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "who"], name="one_silence_per_person_and_shop")]


class Interest(models.Model):
    """A follower looked at the dates of a tour, or at the kinds of a product."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="interests")
    tour = models.ForeignKey(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "tour"], name="one_interest_per_tour"),
            models.UniqueConstraint(fields=["follower", "product"], name="one_interest_per_product"),
            models.CheckConstraint(
                condition=Q(tour__isnull=True, product__isnull=False) | Q(tour__isnull=False, product__isnull=True),
                name="an_interest_is_in_one_thing",
            ),
        ]


class ChatOrder(models.Model):
    """An order that belongs to a follower: they hear of it in the chat, and a slip that they send is for it. ``reminded_at``
    and ``review_asked_at`` see to it that either is said once."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="line_chat")
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="orders")
    reminded_at = models.DateTimeField(null=True, blank=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)
