"""A customer's conversation with a shop, and its messages."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Order, Shop


class Conversation(models.Model):
    """What one customer and a shop say to each other through one channel. ``contact`` is the channel's own name for the
    customer (a LINE user id, a Messenger id, the thread of a comment): it is shown to nobody.

    ``waiting_since`` is when the oldest message came that nobody has answered; ``by_person`` stops the automatic answers.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="conversations")
    channel = models.CharField(max_length=20, help_text="the channel's folder, or storefront")
    contact = models.CharField(max_length=120)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="th", help_text="the customer's, where the channel knows it")
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations",
        help_text="the one it is about now",
    )  # fmt: skip
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_person = models.BooleanField(default=False)
    unread = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "channel", "contact"], name="one_conversation_per_customer")
        ]
        indexes = [models.Index(fields=["shop", "-last_at"], name="conversations_newest_first")]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One message. ``outside_id`` is the channel's own name of it, by which it is taken in once; ``key`` is the writer's, by which
    a double click sends once. ``asked_at``: the mail server has it, and has not answered yet. What the customer took back keeps its
    place and loses its content."""

    class By(models.TextChoices):
        CUSTOMER = "customer"
        PERSON = "person"  # somebody of the shop
        PROGRAM = "program"  # the channel, by itself: an automatic answer, word of an order
        NOTE = "note"  # for the shop's own eyes

    class State(models.TextChoices):
        RECEIVED = "received"  # also a note: nothing is to be sent
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    by = models.CharField(max_length=8, choices=By.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="path below PRIVATE_ROOT")
    outside_id = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    why_failed = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "outside_id"], condition=~Q(outside_id=""), name="a_message_comes_in_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "key"], condition=~Q(key=""), name="a_message_is_written_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="queued", asked_at__isnull=False), name="letters_being_sent"
            )
        ]
