"""Tours and workshops, their prices and dated departures."""

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id
from tourdee.legal.models import Business

from .shops import Shop


class Tour(models.Model):
    """Something to take part in. A *tour* takes guests somewhere and needs a tour-business licence (TOUR-001);
    a *workshop* happens at the seller's own place and needs none. ``version``: see Shop."""

    class Kind(models.TextChoices):
        TOUR = "tour"
        WORKSHOP = "workshop"

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        HIDDEN = "hidden"

    class Audience(models.TextChoices):
        """For whom a tour is made, as the market filters."""

        FAMILY = "family"
        COUPLE = "couple"
        FRIENDS = "friends"
        ELDERS = "elders"
        SCHOOL = "school"
        COMPANY = "company"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="tours")
    operator = models.ForeignKey(
        Business,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the licensed partner who is seller and payee; empty: the shop's own business",
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TOUR)
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    summary_th = models.CharField(max_length=300)
    summary_en = models.CharField(max_length=300, blank=True)
    description_th = models.TextField()
    description_en = models.TextField(blank=True)
    included_th = models.TextField(blank=True, help_text="one thing a line")
    included_en = models.TextField(blank=True)
    excluded_th = models.TextField(blank=True)
    excluded_en = models.TextField(blank=True)
    transport_th = models.CharField(max_length=200, blank=True)
    transport_en = models.CharField(max_length=200, blank=True)
    meeting_point_th = models.CharField(max_length=300)
    meeting_point_en = models.CharField(max_length=300, blank=True)
    province = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField(help_text="duration")
    languages = models.JSONField(default=list, help_text='["th", "en"]')
    audiences = models.JSONField(default=list, help_text='for whom it is made: ["family", "elders"]')
    minimum_group = models.PositiveSmallIntegerField(default=1)
    maximum_group = models.PositiveSmallIntegerField(default=10)
    cut_off_hours = models.PositiveSmallIntegerField(default=24, help_text="bookings close so long before the start")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_group__gte=1) & Q(minimum_group__lte=F("maximum_group")),
                name="group_sizes_make_sense",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="tour_takes_time"),
        ]

    def __str__(self) -> str:
        return self.name_th

    @property
    def seller(self) -> Business:
        """The legal person who sells it and is paid."""
        return self.operator or self.shop.business


class PriceCategory(models.Model):
    """Adult, child, foreigner … each with its price; all draw on the departure's one seat counter."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="prices")
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    price_satang = models.PositiveBigIntegerField()
    seats = models.PositiveSmallIntegerField(default=1, help_text="seats that one of these takes (0: a lap child)")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]


class CancellationTier(models.Model):
    """Who cancels at least so many hours before the start gets so many per cent back. Below the last tier: nothing."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="tiers")
    hours_before = models.PositiveIntegerField()
    refund_percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-hours_before"]
        constraints = [
            models.UniqueConstraint(fields=["tour", "hours_before"], name="one_tier_per_hour"),
            models.CheckConstraint(condition=Q(refund_percent__lte=100), name="refund_at_most_all"),
        ]


class Departure(models.Model):
    """A dated start. ``taken`` is the truth of how many seats are gone; the order lines, of who has them.
    Seats change only by one conditional UPDATE (actions/stock.py); the CHECK is the last guard."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="departures")
    starts_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")), name="departure_never_oversold"
            ),
            models.UniqueConstraint(fields=["tour", "starts_at"], name="one_departure_per_start"),
        ]

    @property
    def left(self) -> int:
        return self.capacity - self.taken
