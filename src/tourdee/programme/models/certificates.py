"""What the course ends with: the decision and the certificate."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id, secret_token

from .applications import Enrolment

USER = settings.AUTH_USER_MODEL


class Decision(models.Model):
    """Pass or not, with the figures and a copy of the rule that was applied."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="decision")
    passed = models.BooleanField()
    rule = models.JSONField(help_text="the rule as it stood, with its source")
    figures = models.JSONField(help_text="hours, post-test, missions as they stood")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")


class CertificateCounter(models.Model):
    """The last number that was given out under a prefix in a Buddhist year. Raised in the certificate's own
    transaction, so an act that fails leaves no gap."""

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(help_text="Buddhist Era")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_counter_per_prefix_and_year")]


class Certificate(models.Model):
    """A certificate (วุฒิบัตร): everything on it is frozen at issue."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=40, unique=True)
    verify_code = models.CharField(max_length=40, unique=True, default=secret_token)
    name = models.CharField(max_length=200)
    programme_name = models.CharField(max_length=200)
    programme_name_en = models.CharField(max_length=200)
    cohort_name = models.CharField(max_length=200)
    cohort_name_en = models.CharField(max_length=200)
    bodies = models.JSONField(default=list, help_text='the office first, then its partners: [{"th": …, "en": …}]')
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    dates = models.CharField(max_length=200, help_text="the days of the course as printed, in Thai")
    days = models.JSONField(default=list, help_text="the same days, ISO 8601")
    signatories = models.JSONField(help_text='[{"name": …, "title": …}]')
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)
    revoked_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["issued_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(revoked_at__isnull=True), name="one_valid_certificate"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_reason=""), name="revoked_with_a_reason"
            ),
        ]
