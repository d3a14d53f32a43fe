"""What a shop says by itself in its LINE: the menu below the chat, and answers to words."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Shop, Voucher


class Tile(models.TextChoices):
    """What a part of the menu, or an answer, can show."""

    TOURS = "tours"
    DATES = "dates"
    GOODS = "goods"
    ORDERS = "orders"
    COUPONS = "coupons"
    PERSON = "person"


def usual_tiles() -> list[str]:
    """All six, in the order in which most shops want them."""
    return [str(tile) for tile in Tile]


class RichMenu(models.Model):
    """The menu below a shop's chat. ``outside_id`` is LINE's name of the one that is live; ``digest`` of what was drawn on it,
    so that a menu that has changed since is seen to have. LINE cannot change one: a new one takes its place."""

    class Look(models.TextChoices):
        TEAL = "teal"
        SAFFRON = "saffron"
        INDIGO = "indigo"
        ROSE = "rose"

    class State(models.TextChoices):
        DRAFT = "draft"
        SENDING = "sending"
        LIVE = "live"
        FAILED = "failed"

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="line_menu")
    look = models.CharField(max_length=8, choices=Look.choices, default=Look.TEAL)
    tiles = models.JSONField(default=usual_tiles, help_text="three or six names of Tile")
    bar = models.CharField(max_length=14, default="เมนูร้าน", help_text="what the bar below the chat says")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    outside_id = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often in a row LINE did not answer")
    try_at = models.DateTimeField(null=True, blank=True, help_text="when it is asked again; empty: at once")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="live") | ~Q(outside_id=""), name="a_live_menu_is_known_to_line")
        ]


class KeywordAnswer(models.Model):
    """What the shop answers by itself when a message contains one of the words. ``shows``: what comes after the text."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="line_answers")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    words = models.JSONField(default=list, help_text="small letters, the longest counts first")
    answer = models.TextField()
    shows = models.CharField(max_length=8, choices=Tile.choices, blank=True)
    is_active = models.BooleanField(default=True)
    used = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]


class Coupon(models.Model):
    """A voucher of the shop, shown at LINE as a coupon. One for each voucher. Without ``outside_id`` it waits to be made there;
    with a ``problem`` LINE refused it."""

    voucher = models.OneToOneField(Voucher, on_delete=models.CASCADE, related_name="line_coupon")
    outside_id = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often in a row LINE did not answer")
    try_at = models.DateTimeField(null=True, blank=True, help_text="when it is asked again; empty: at once")
