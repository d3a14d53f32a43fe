"""Schedules that make departures by themselves, seasons, what a price category costs then, and what was changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id

from .tours import Departure, PriceCategory, Tour

PriceKey = tuple[int | None, int | None]  # row of the price category, or the size of the private party: one of the two
OF_ONE_THING = Q(category__isnull=False, people__isnull=True) | Q(category__isnull=True, people__isnull=False)


class Schedule(models.Model):
    """On which days a tour goes, again and again. Days and times are Bangkok's wall clock: what is typed is what is
    stored, so that nothing shifts at saving. Departures are made from it up to ``days_ahead`` from today."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly"
        FORTNIGHTLY = "fortnightly"
        FIRST = "first"
        SECOND = "second"
        THIRD = "third"
        FOURTH = "fourth"
        LAST = "last"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="schedules")
    rhythm = models.CharField(max_length=12, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    weekdays = models.JSONField(help_text="0 is Monday: [5, 6]")
    times = models.JSONField(help_text='["09:00", "13:30"]')
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField()
    days_ahead = models.PositiveSmallIntegerField(default=180)
    skips_holidays = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="schedule_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="schedule_has_seats"),
        ]


class SkippedStart(models.Model):
    """An exception: on this date a schedule of the tour would go, and the seller said no. No schedule makes it again."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="skipped")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tour", "starts_at"], name="one_exception_per_start")]


class Season(models.Model):
    """A time of the year with prices of its own. Seasons of a tour do not overlap (actions/seasons.py)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="seasons")
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="season_ends_after_it_begins")
        ]


class PlannedPrice(models.Model):
    """What a price category, or a private party of up to so many ``people``, costs on the dates of a season or of a
    schedule."""

    season = models.ForeignKey(Season, null=True, blank=True, on_delete=models.CASCADE, related_name="prices")
    schedule = models.ForeignKey(Schedule, null=True, blank=True, on_delete=models.CASCADE, related_name="prices")
    category = models.ForeignKey(PriceCategory, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveSmallIntegerField(null=True, blank=True, help_text="as PrivatePrice.up_to")
    price_satang = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(season__isnull=False, schedule__isnull=True)
                | Q(season__isnull=True, schedule__isnull=False),
                name="planned_for_one_thing",
            ),
            models.CheckConstraint(condition=OF_ONE_THING, name="planned_price_of_one_thing"),
            models.UniqueConstraint(fields=["season", "category"], name="one_price_a_season"),
            models.UniqueConstraint(fields=["schedule", "category"], name="one_price_a_schedule"),
            models.UniqueConstraint(fields=["season", "people"], name="one_private_price_a_season"),
            models.UniqueConstraint(fields=["schedule", "people"], name="one_private_price_a_schedule"),
        ]

    @property
    def key(self) -> PriceKey:
        return self.category_id, self.people


class DeparturePrice(models.Model):
    """What a price category, or a private party of up to so many ``people``, costs on this date, where that differs from
    its usual price. ``by_hand``: the seller set it for the date itself; the others follow season and schedule
    (actions/prices.py)."""

    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="special_prices")
    category = models.ForeignKey(
        PriceCategory, null=True, blank=True, on_delete=models.CASCADE, related_name="special_prices"
    )
    people = models.PositiveSmallIntegerField(null=True, blank=True, help_text="as PrivatePrice.up_to")
    price_satang = models.PositiveBigIntegerField()
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=OF_ONE_THING, name="date_price_of_one_thing"),
            models.UniqueConstraint(fields=["departure", "category"], name="one_price_a_date"),
            models.UniqueConstraint(fields=["departure", "people"], name="one_private_price_a_date"),
        ]

    @property
    def key(self) -> PriceKey:
        return self.category_id, self.people


class DateChange(models.Model):
    """One act of a seller on many dates, with how they were before, so that it can be undone."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="date_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=12)
    before = models.JSONField(help_text="what actions/date_changes.py needs to undo it")
    undone_at = models.DateTimeField(null=True, blank=True)
