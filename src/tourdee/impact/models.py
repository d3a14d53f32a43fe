"""What learners say of their income afterwards. What their shops earned is read from the shop itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import public_id
from tourdee.programme.models import Enrolment


class FollowUp(models.Model):
    """A question after 3, 6 or 12 months. One that is not answered stays a row: non-response is shown, never dropped."""

    class Answer(models.TextChoices):
        NONE = "none", _("No answer yet")
        EARNS_MORE = "earns_more", _("Earns more")
        EARNS_SAME = "earns_same", _("Earns the same")
        EARNS_LESS = "earns_less", _("Earns less")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NONE)
    income_satang = models.PositiveBigIntegerField(null=True, blank=True, help_text="per month, own statement")
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "months"], name="one_follow_up_per_month")]
