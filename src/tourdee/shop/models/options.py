"""What a booking may contain beside its seats: a departure for one party alone, extras, a pick-up."""

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id

from .tours import Departure, Tour


class PrivatePrice(models.Model):
    """What a party of up to so many people pays for a whole departure. Larger parties than the last row pay that row
    and ``Tour.private_more_satang`` for each person above it."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="private_prices")
    up_to = models.PositiveSmallIntegerField(help_text="people")
    price_satang = models.PositiveBigIntegerField(help_text="for the whole party")

    class Meta:
        ordering = ["up_to", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tour", "up_to"], name="one_private_price_per_size"),
            models.CheckConstraint(condition=Q(up_to__gte=1), name="private_party_of_somebody"),
        ]


class Extra(models.Model):
    """Lunch, a photographer, a child seat … chosen with a booking. ``limit`` is how many there are per departure; they
    are counted by ``ExtraCount``."""

    class Per(models.TextChoices):
        """Whether one is meant for one person (then at most one each) or for the booking as a whole."""

        PERSON = "person"
        BOOKING = "booking"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="extras")
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    price_satang = models.PositiveBigIntegerField()
    per = models.CharField(max_length=8, choices=Per.choices, default=Per.PERSON)
    most = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in one booking")
    limit = models.PositiveSmallIntegerField(null=True, blank=True, help_text="per departure; empty: as many as wanted")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    @property
    def capacity(self) -> int:
        """How many there are on a departure that nobody has ordered one of yet."""
        return ExtraCount.PLENTY if self.limit is None else self.limit


class ExtraCount(models.Model):
    """How many of an extra are gone on one departure. Made when the first is taken; changes only by one conditional
    UPDATE (actions/stock.py). Extras without a limit are counted too, so that one may be set later."""

    PLENTY = 32_767  # more than any departure has guests; the largest number of the column

    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="extra_counts")
    extra = models.ForeignKey(Extra, on_delete=models.CASCADE, related_name="counts")
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")), name="extra_never_oversold"
            ),
            models.UniqueConstraint(fields=["departure", "extra"], name="one_count_per_departure_and_extra"),
        ]


class PickupPoint(models.Model):
    """Where guests are fetched: so many minutes before the start, for a price per person."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="pickups")
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    minutes_before = models.PositiveSmallIntegerField(default=30)
    price_satang = models.PositiveBigIntegerField(default=0, help_text="per person")
    map_url = models.URLField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-minutes_before", "position", "id"]
