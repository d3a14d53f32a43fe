"""Calendars that go out to a telephone, and calendars that come in and close dates."""

from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id, secret_token

from .resources import Resource
from .shops import Shop
from .tours import Tour


class CalendarFeed(models.Model):
    """A secret address under which a calendar app reads the dates of a shop, of one guide or of one tour."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="feeds")
    resource = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds")
    tour = models.ForeignKey(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds")
    token = models.CharField(max_length=40, unique=True, default=secret_token)
    language = models.CharField(max_length=5, default="th")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(resource__isnull=True) | Q(tour__isnull=True), name="feed_of_one_thing"),
            models.UniqueConstraint(
                fields=["shop"], condition=Q(resource__isnull=True, tour__isnull=True), name="one_feed_a_shop"
            ),
            models.UniqueConstraint(fields=["resource"], name="one_feed_a_resource"),
            models.UniqueConstraint(fields=["tour"], name="one_feed_a_tour"),
        ]


class OutsideCalendar(models.Model):
    """Somebody's own calendar: while it says busy, dates that need that guide (or, without one, any date of the shop)
    are closed. ``sealed_url`` is encrypted: such addresses are secrets. Empty: it was uploaded as a file."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="outside_calendars")
    resource = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="calendars")
    name = models.CharField(max_length=120)
    sealed_url = models.TextField(blank=True)
    etag = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="when it was last read well")
    next_at = models.DateTimeField(null=True, blank=True, help_text="when it is read again; empty: never by itself")
    problem = models.CharField(max_length=30, blank=True, help_text="why the last attempt failed")
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["name", "id"]


class BusyTime(models.Model):
    """From then till then somebody is busy elsewhere. Only the times are kept: what for is nobody's business."""

    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="busy")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="busy_takes_time")]
        indexes = [models.Index(fields=["calendar", "from_at"], name="busy_of_a_calendar")]
