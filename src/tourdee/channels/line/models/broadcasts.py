"""News to many followers: written, shown, asked about, sent in parts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id
from tourdee.shop.models import Product, Shop, Tour, Voucher

from .followers import Tag


class Broadcast(models.Model):
    """One message to a group of followers. ``people`` is how many it was when the seller agreed to send; each of them counts as
    one paid message. What was sent is never sent again."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone"
        TAGGED = "tagged"
        BOUGHT = "bought"
        NOT_BOUGHT = "not_bought"
        INTERESTED = "interested"
        UNSEEN = "unseen"

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        SENDING = "sending"
        SENT = "sent"
        STOPPED = "stopped"  # by the seller before it began, or by the month's quota

    class Way(models.TextChoices):
        MULTICAST = "multicast"  # in parts of five hundred people
        NARROWCAST = "narrowcast"  # to a group made at LINE, which sends by itself
        BROADCAST = "broadcast"  # to every friend that LINE knows

    OPEN = (State.SCHEDULED, State.SENDING)

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="line_broadcasts")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(
        Tour, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="bought or looked at"
    )
    about_goods = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="the same of goods"
    )
    days = models.PositiveSmallIntegerField(default=60, help_text="unseen: for so long")
    text = models.TextField()
    tour = models.ForeignKey(
        Tour, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="shown as a card"
    )
    voucher = models.ForeignKey(Voucher, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    way = models.CharField(
        max_length=10, choices=Way.choices, default=Way.MULTICAST, help_text="decided when it begins"
    )
    request_id = models.CharField(max_length=64, blank=True, help_text="LINE's, of a broadcast or a narrowcast")
    send_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True, help_text="why it stopped, for the seller to read")
    seen = models.PositiveIntegerField(
        null=True, blank=True, help_text="as LINE counts; empty: not told yet, or too few"
    )
    tapped = models.PositiveIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    count_due_at = models.DateTimeField(
        null=True, blank=True, help_text="when LINE is asked who saw it; empty: at once"
    )
    count_tries = models.PositiveSmallIntegerField(default=0, help_text="how often in a row it did not say")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=F("sent") + F("failed")), name="no_more_are_sent_than_agreed"
            ),
            models.CheckConstraint(
                condition=Q(about__isnull=True) | Q(about_goods__isnull=True), name="news_are_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(send_at__isnull=False), name="what_is_to_be_sent_has_its_moment"
            ),
        ]
        indexes = [models.Index(fields=["state", "send_at"], name="broadcasts_by_state")]

    @property
    def unit(self) -> str:
        """By what LINE counts who saw it (letters, digits and underlines, at most thirty)."""
        return f"news_{self.public_id}"


class BroadcastPart(models.Model):
    """The people of one call: up to five hundred of a multicast, all of the other ways. The retry key makes LINE take it once
    however often it is asked. ``asked_at``: from then on LINE may have taken it; ``tries`` counts since something last went well."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    followers = models.JSONField(help_text="their LINE ids, frozen when it began")
    retry_key = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["broadcast", "number"], name="each_part_stands_once")]


class AudienceGroup(models.Model):
    """The people of a narrowcast as a group at LINE: made empty, then filled; ``filled`` of them are in it. It goes again when the
    news has been sent."""

    broadcast = models.OneToOneField(Broadcast, on_delete=models.CASCADE, related_name="group")
    outside_id = models.BigIntegerField()
    filled = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
