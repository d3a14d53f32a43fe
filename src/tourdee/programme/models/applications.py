"""Wishes to take part, and the seats that came of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import public_id

from .programmes import AudienceGroup, Cohort

USER = settings.AUTH_USER_MODEL


class Application(models.Model):
    """Somebody's wish to take part, and what was decided with which reason.

    A citizen id holds at most one place (seat or waiting list) of a cohort. Two accounts may *apply* with the same one:
    refusing the second would tell a stranger that the first exists, so the officer sees a flag instead.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for a decision")
        SEATED = "seated", _("Has a seat")
        WAITING = "waiting", _("On the waiting list")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        NO_SHOW = "no_show", _("Did not come")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="applications")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="applications")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=16)
    email = models.EmailField(blank=True)
    citizen_id_sealed = models.TextField(blank=True, help_text="encrypted; shown masked")
    citizen_id_hash = models.CharField(max_length=64, blank=True, db_index=True)
    audience_group = models.CharField(max_length=24, choices=AudienceGroup.choices)
    province = models.PositiveSmallIntegerField()
    works_as = models.CharField(max_length=200, blank=True)
    wants_to_sell = models.TextField(blank=True)
    income_before_satang = models.PositiveBigIntegerField(null=True, blank=True, help_text="per month, own statement")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUBMITTED)
    reason = models.TextField(blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    waiting_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="orders the list; not the place in it"
    )
    submitted_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        USER,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the officer who took it by phone",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["submitted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_application_per_person"),
            models.UniqueConstraint(
                fields=["cohort", "citizen_id_hash"],
                condition=Q(status__in=["seated", "waiting"]) & ~Q(citizen_id_hash=""),
                name="one_place_per_citizen_id",
            ),
            models.UniqueConstraint(
                fields=["cohort", "waiting_number"], condition=Q(status="waiting"), name="waiting_list_is_ordered"
            ),
            models.CheckConstraint(condition=~Q(status="refused") | ~Q(reason=""), name="a_refusal_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(waiting_number__isnull=False), name="waiting_means_a_number"
            ),
        ]


class Enrolment(models.Model):
    """A seat in a cohort. The name is the one that will stand on the certificate."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="enrolments")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="enrolment")
    name = models.CharField(max_length=200)
    seat_number = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["seat_number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_seat_per_person"),
            models.UniqueConstraint(
                fields=["cohort", "seat_number"], condition=Q(is_active=True), name="one_person_per_seat"
            ),
        ]
