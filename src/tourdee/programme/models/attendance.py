"""Presence at the half-days."""

from django.conf import settings
from django.db import models

from .applications import Enrolment
from .timetable import Session

USER = settings.AUTH_USER_MODEL


class Attendance(models.Model):
    """How many minutes a learner was present at a half-day, and how that is known."""

    class Source(models.TextChoices):
        QR = "qr"
        CODE = "code"
        STAFF = "staff"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=5, choices=Source.choices)
    device = models.CharField(max_length=64, blank=True, help_text="keyed hash of the phone's cookie")
    marked_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "session"], name="present_once_per_session")]
