"""Programmes, their cohorts and who signs for them."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import public_id
from tourdee.people.models import Organisation


class AudienceGroup(models.TextChoices):
    """Whom the programme is for (the brief's five groups, and the pilot's tour guides)."""

    TOUR_GUIDE = "tour_guide", _("Tour guide")
    COMMUNITY_ENTERPRISE = "community_enterprise", _("Community enterprise")
    SMALL_ENTREPRENEUR = "small_entrepreneur", _("Small entrepreneur")
    INFORMAL_WORKER = "informal_worker", _("Informal worker")
    LAID_OFF = "laid_off", _("Laid off or unemployed")
    NEW_GRADUATE = "new_graduate", _("New graduate")


class Programme(models.Model):
    """A course that an office offers again and again."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    partners = models.ManyToManyField(Organisation, related_name="partner_programmes", blank=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    purpose_th = models.TextField()
    purpose_en = models.TextField()
    audience = models.JSONField(default=list, help_text="audience groups that may apply")
    hours = models.PositiveSmallIntegerField(default=18)
    certificate_prefix = models.CharField(
        max_length=20, blank=True, help_text="before the number: DSD-DE 0001/2569; empty: the office's slug"
    )

    def __str__(self) -> str:
        return self.name_th

    @property
    def audience_labels(self) -> list[str]:
        """The groups in the page's language, in the brief's order."""
        return [str(group.label) for group in AudienceGroup if group.value in self.audience]


class Signatory(models.Model):
    """Who signs the certificates of a programme, in this order."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    name_th = models.CharField(max_length=200)
    title_th = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "position"], name="one_signatory_per_position")]


class Cohort(models.Model):
    """One run of a programme (รุ่น). ``seats_taken`` is the truth of how many; the enrolments, of who."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open for applications")
        CLOSED = "closed", _("Applications closed")
        FINISHED = "finished", _("Finished")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    audience_group = models.CharField(max_length=24, choices=AudienceGroup.choices, blank=True)
    venue_th = models.CharField(max_length=200)
    venue_en = models.CharField(max_length=200)
    seats = models.PositiveSmallIntegerField()
    seats_taken = models.PositiveSmallIntegerField(default=0)
    target = models.PositiveSmallIntegerField(
        help_text="the plan's number of trainees, first of the ministry's four numbers"
    )
    applications_close_at = models.DateTimeField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_taken__gte=0) & Q(seats_taken__lte=F("seats")), name="cohort_never_overfull"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name_th

    @property
    def seats_left(self) -> int:
        """How many more people can be given a seat."""
        return self.seats - self.seats_taken

    @property
    def is_full(self) -> bool:
        return self.seats_left <= 0

    def takes_applications(self, at: datetime) -> bool:
        """Open, and its closing time not yet come. A full cohort still takes them, for the waiting list."""
        return self.status == self.Status.OPEN and at < self.applications_close_at
