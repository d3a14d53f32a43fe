"""A shop's LINE Official Account, as far as we may use it."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Shop


class Connection(models.Model):
    """A Messaging API channel of a shop. ``keys`` is sealed JSON (channel_id, secret, token), never shown again; ``hint`` is the
    end of the token, by which its owner knows it. The checks tell how far it got: ``bot_id`` once LINE knew the token,
    ``webhook_at`` once LINE reached us and our signature check agreed. ``try_at``: the worker checks then."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="line")
    keys = models.TextField(blank=True, help_text="sealed; empty: disconnected")
    hint = models.CharField(max_length=4, blank=True)
    bot_id = models.CharField(max_length=64, blank=True)
    basic_id = models.CharField(max_length=40, blank=True, help_text="@name, by which people find it")
    name = models.CharField(max_length=120, blank=True)
    same_provider = models.BooleanField(null=True, help_text="as its owner's LINE Login; empty: they have none")
    webhook_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True, help_text="token, address, off, secret, webhook, unavailable")
    try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    connected_at = models.DateTimeField(null=True, blank=True, help_text="when every step was checked the first time")
    kept_at = models.DateTimeField(help_text="when the keys came")
    friends = models.PositiveIntegerField(null=True, blank=True, help_text="as LINE counts; empty: not told yet")
    friends_on = models.DateField(null=True, blank=True, help_text="the day that they were counted for")
    friends_due_at = models.DateTimeField(
        null=True, blank=True, help_text="when LINE is asked for them; empty: at once"
    )
    friends_tries = models.PositiveSmallIntegerField(default=0, help_text="how often in a row it did not say")
    count_due_at = models.DateTimeField(null=True, blank=True, help_text="the same of its count of paid messages")
    count_tries = models.PositiveSmallIntegerField(default=0)

    @property
    def works(self) -> bool:
        """Every step was checked."""
        return bool(self.keys and self.bot_id and self.webhook_at and not self.problem)


class Event(models.Model):
    """Something that LINE told us: kept in the request, worked on afterwards. ``event_id`` is LINE's and comes in once."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=64)
    body = models.JSONField()
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["connection", "event_id"], name="an_event_comes_in_once")]
        indexes = [models.Index(fields=["try_at"], condition=Q(handled_at__isnull=True), name="line_events_to_work_on")]
