"""A shop's connection to LINE SHOPPING (MyShop), what is on sale there, and what was sold there."""

from django.db import models

from tourdee.core.ids import public_id
from tourdee.shop.models import Product, Shop


class MyShop(models.Model):
    """The connection. ``key`` is sealed and never shown again; ``hint`` are its last signs. ``categories``: [[id, name], …] as
    found on products there. ``trouble``: ``key`` (refused) or ``away`` (no answer), until a pass succeeds."""

    class Trouble(models.TextChoices):
        KEY = "key"
        AWAY = "away"

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="myshop")
    key = models.TextField()
    hint = models.CharField(max_length=4)
    connected_at = models.DateTimeField()
    categories = models.JSONField(default=list)
    orders_read_at = models.DateTimeField(help_text="orders that changed before this have been read")
    due_at = models.DateTimeField(help_text="when it is looked at next")
    seen_at = models.DateTimeField(null=True, blank=True, help_text="when a pass last succeeded")
    trouble = models.CharField(max_length=4, choices=Trouble.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="passes without success, one after the other")

    class Meta:
        verbose_name_plural = "my shops"


class MyShopItem(models.Model):
    """A product that the seller wants on sale there. ``outside_id`` is empty until it was made; ``kinds``: {variant's public
    id: its number there}. ``why``: why it was refused, in the service's words."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    myshop = models.ForeignKey(MyShop, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    category = models.PositiveIntegerField()
    outside_id = models.CharField(max_length=20, blank=True)
    kinds = models.JSONField(default=dict)
    is_shown = models.BooleanField(default=False)
    is_wanted = models.BooleanField(default=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["myshop", "product"], name="product_once_in_myshop")]


class OutsideOrder(models.Model):
    """An order that was placed there: our stock goes down by it, once. ``lines``: [[variant's public id, pieces], …].
    ``missing``: pieces that we did not have any more."""

    class State(models.TextChoices):
        OPEN = "open"
        SENT = "sent"
        CANCELLED = "cancelled"

    myshop = models.ForeignKey(MyShop, on_delete=models.CASCADE, related_name="orders")
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State.choices)
    lines = models.JSONField(default=list)
    missing = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["myshop", "number"], name="outside_order_once")]
