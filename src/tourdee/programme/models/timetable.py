"""The half-days of a cohort and what is taught in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id, secret_token
from tourdee.learn.models import Topic
from tourdee.people.models import Organisation

from .programmes import Cohort

USER = settings.AUTH_USER_MODEL


class Session(models.Model):
    """A half-day of the timetable. ``minutes`` is what full presence counts for."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=180)
    venue_th = models.CharField(max_length=200, blank=True)
    venue_en = models.CharField(max_length=200, blank=True)
    check_in_secret = models.CharField(
        max_length=64, default=secret_token, help_text="key of the wall's rotating codes"
    )

    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="when the staff opened the check-in by hand, because it began early or late"
    )

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_session_per_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]


class SessionTopic(models.Model):
    """What is taught in a half-day, by which team and whom."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    instructor = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="teaches")

    class Meta:
        ordering = ["position", "id"]
