"""The privacy notice, who agreed to it, and who asked to be forgotten (PDPA)."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

from .accounts import User


class PrivacyNotice(models.Model):
    """One published version of the privacy notice (PDPA s.23). Published texts are never changed."""

    version = models.CharField(max_length=20, unique=True)
    published_at = models.DateTimeField()
    text_th = models.TextField()
    text_en = models.TextField()

    def __str__(self) -> str:
        return self.version


class Consent(models.Model):
    """That somebody agreed to a version of the notice, when and where. Guests are named by their order or e-mail."""

    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    guest = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "user", "purpose"], condition=Q(user__isnull=False), name="consent_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest="") | (Q(user__isnull=True) & ~Q(guest="")),
                name="consent_of_one_person",
            ),
        ]


class ErasureRequest(models.Model):
    """A person asked to be forgotten (PDPA s.33). The office answers within thirty days and keeps its reason."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        ERASED = "erased"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="erasure_requests")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(outcome="open"), name="one_open_erasure_request"),
        ]
