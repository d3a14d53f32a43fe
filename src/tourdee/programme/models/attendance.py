"""Presence at the half-days."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import public_id

from .applications import Enrolment
from .timetable import Session

USER = settings.AUTH_USER_MODEL


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, the same on the screen, in the tables and on paper: 165 is 2.75."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


class Attendance(models.Model):
    """How a learner stands with a half-day, and how that is known. No row: nothing is known yet.

    ``minutes`` are those that count. They are 0 unless the learner is present and, where a phone had already checked
    somebody else in, a member of the staff has confirmed it: so whoever sums them up needs no other condition.
    """

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        TO_CONFIRM = "to_confirm", _("To be confirmed by the staff")
        ABSENT = "absent", _("Absent")

    class Source(models.TextChoices):
        QR = "qr", _("QR on the wall")
        CODE = "code", _("Spoken code")
        STAFF = "staff", _("Staff")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PRESENT)
    minutes = models.PositiveSmallIntegerField()
    late_minutes = models.PositiveSmallIntegerField(default=0)
    away_minutes = models.PositiveSmallIntegerField(default=0, help_text="left early or away in between")
    source = models.CharField(max_length=5, choices=Source.choices)
    device = models.CharField(max_length=64, blank=True, help_text="keyed hash of the phone's cookie and the half-day")
    marked_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(help_text="of the scan, or of the staff's tick")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "session"], name="present_once_per_session"),
            models.UniqueConstraint(
                fields=["session", "device"],
                condition=Q(status="present") & ~Q(source="staff") & ~Q(device=""),
                name="one_phone_one_person_per_session",
            ),
            models.CheckConstraint(condition=Q(status="present") | Q(minutes=0), name="only_presence_counts"),
        ]

    @property
    def hours(self) -> Decimal:
        return in_hours(self.minutes)
