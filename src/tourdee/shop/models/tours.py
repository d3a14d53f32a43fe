"""Tours and workshops, their prices and dated departures."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id
from tourdee.legal.models import Business

from .shops import Shop


class TooFew(models.TextChoices):
    """What becomes of a date that too few have booked; said before anybody pays (actions/groups.py)."""

    GO = "go"
    MOVE = "move"
    REFUND = "refund"


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

    class SoldAs(models.TextChoices):
        """By the seat, as a whole departure for one party, or as the buyer likes."""

        JOIN_IN = "join_in"
        PRIVATE = "private"
        BOTH = "both"

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
    if_too_few = models.CharField(
        max_length=6,
        choices=TooFew.choices,
        default=TooFew.REFUND,
        help_text="what happens when fewer than the minimum have booked at the cut-off",
    )
    maximum_group = models.PositiveSmallIntegerField(default=10)
    cut_off_hours = models.PositiveSmallIntegerField(default=24, help_text="bookings close so long before the start")
    sold_as = models.CharField(max_length=8, choices=SoldAs.choices, default=SoldAs.JOIN_IN)
    private_more_satang = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="for each person above the largest private price; empty: no larger parties"
    )
    deposit_percent = models.PositiveSmallIntegerField(default=0, help_text="of the price, due when booking")
    deposit_satang = models.PositiveBigIntegerField(default=0, help_text="per person, due when booking")
    rest_due_days = models.PositiveSmallIntegerField(default=7, help_text="the rest is due so long before the start")
    has_options = models.BooleanField(default=False, help_text="extras or pick-up points: only then are they asked for")
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
            models.CheckConstraint(
                condition=Q(deposit_percent=0) | Q(deposit_satang=0, deposit_percent__lte=99),
                name="deposit_is_percent_or_amount",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(status="published"), name="tours_newest_first")
        ]

    def __str__(self) -> str:
        return self.name_th

    @property
    def seller(self) -> Business:
        """The legal person who sells it and is paid."""
        return self.operator or self.shop.business

    @property
    def takes_deposit(self) -> bool:
        """Whether a part of the price is enough to book."""
        return bool(self.deposit_percent or self.deposit_satang)


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
        ordering = ["-hours_before", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tour", "hours_before"], name="one_tier_per_hour"),
            models.CheckConstraint(condition=Q(refund_percent__lte=100), name="refund_at_most_all"),
        ]


class Departure(models.Model):
    """A dated start. ``taken`` is the truth of how many seats are gone; the order lines, of who has them.
    Seats change only by one conditional UPDATE (actions/stock.py); the CHECK is the last guard.

    ``closes_at``: bookable until then instead of the tour's usual cut-off. ``by_hand``: the seller changed this date, so
    its schedule leaves it alone. ``closed_by`` says who closed it, so that a calendar opens only what it closed itself."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    class ClosedBy(models.TextChoices):
        SELLER = "seller"
        CALENDAR = "calendar"

    class Decision(models.TextChoices):
        """What was decided about the minimum group at the cut-off. ``NONE``: nobody had booked."""

        ENOUGH = "enough"
        GO = "go"
        MOVE = "move"
        REFUND = "refund"
        NONE = "none"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="departures")
    schedule = models.ForeignKey(
        "shop.Schedule", null=True, blank=True, on_delete=models.SET_NULL, related_name="departures"
    )
    starts_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    is_private = models.BooleanField(default=False, help_text="one party has it for itself: nobody else may join")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    closed_by = models.CharField(max_length=8, choices=ClosedBy.choices, blank=True)
    by_hand = models.BooleanField(default=False)
    ignores_calendar = models.BooleanField(default=False, help_text="the seller opened it in spite of a busy calendar")
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True, help_text="until when guests may choose another date")
    cancel_reason = models.CharField(
        max_length=300, blank=True, help_text="what guests read when the date is cancelled"
    )

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")), name="departure_never_oversold"
            ),
            models.UniqueConstraint(fields=["tour", "starts_at"], name="one_departure_per_start"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__lte=F("starts_at")), name="closes_before_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="departures_by_start")]

    @property
    def left(self) -> int:
        return 0 if self.is_private else self.capacity - self.taken

    @property
    def bookable_until(self) -> datetime:
        """Until when the public may book: what the seller set for this date, else the tour's cut-off."""
        return self.closes_at or self.starts_at - timedelta(hours=self.tour.cut_off_hours)
