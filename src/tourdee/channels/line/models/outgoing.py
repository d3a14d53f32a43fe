"""Messages on their way to LINE, and how many of them the month has paid for."""

import uuid

from django.db import models
from django.db.models import Q

from tourdee.inbox.models import Message
from tourdee.shop.models import Shop


class Outgoing(models.Model):
    """Up to five messages to one person: one call. Sent as the free answer while the reply token lives, else as a counted
    push. ``key`` is ours: asked twice with one key, it is sent once. ``retry_key`` makes LINE take a push once.

    ``unsure``: an answer may have arrived although we heard nothing; it is never turned into a push."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="line_outgoing")
    key = models.CharField(max_length=80)
    to = models.CharField(max_length=64)
    messages = models.JSONField()
    reply_token = models.CharField(max_length=64, blank=True)
    reply_until = models.DateTimeField(null=True, blank=True)
    retry_key = models.UUIDField(default=uuid.uuid4, editable=False)
    inbox = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    paid = models.BooleanField(default=False, help_text="sent as a push, which counts")
    unsure = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="a_message_goes_out_once")]
        indexes = [models.Index(fields=["try_at"], condition=Q(state="queued"), name="line_messages_to_send")]


class MonthUse(models.Model):
    """A month's paid messages of a shop. ``told`` is what LINE counted at ``told_at``; ``since`` what we sent after that. They are
    added, so that the meter is true before LINE's own count is."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="line_months")
    month = models.DateField(help_text="its first day")
    limit = models.PositiveIntegerField(null=True, blank=True, help_text="empty: LINE sets none, or was not asked yet")
    told = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    since = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "month"], name="one_count_a_month")]
