"""Missions and how learners stand with them."""

from django.conf import settings
from django.db import models

from tourdee.core.ids import public_id

from .lessons import Topic

USER = settings.AUTH_USER_MODEL


class Mission(models.Model):
    """Homework: a fact that the learner's real shop shows, or a link or picture that an instructor accepts."""

    class Evidence(models.TextChoices):
        EVENT = "event"
        SUBMISSION = "submission"

    slug = models.SlugField(max_length=60, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="missions")
    position = models.PositiveSmallIntegerField()
    title_th = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    how_th = models.TextField()
    how_en = models.TextField()
    evidence = models.CharField(max_length=12, choices=Evidence.choices)
    required = models.BooleanField(default=True)
    waits_for_others = models.BooleanField(
        default=False, help_text="a buyer or an officer must act: never the next step of today"
    )
    link_name = models.CharField(max_length=60, blank=True, help_text="name of the page where it is done")
    retired = models.BooleanField(default=False, help_text="no longer in the curriculum; kept for those who did it")

    class Meta:
        ordering = ["topic__number", "position", "id"]


class MissionProgress(models.Model):
    """How a learner stands with a mission."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted"
        RETURNED = "returned"
        DONE = "done"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="missions")
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="progress")
    status = models.CharField(max_length=10, choices=Status.choices)
    link = models.URLField(max_length=500, blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="path below the private folder")
    note = models.TextField(blank=True)
    comment = models.TextField(blank=True, help_text="what the instructor says")
    reviewed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    evidence = models.JSONField(default=dict, blank=True, help_text="the event that proved it")
    at = models.DateTimeField(help_text="when the status last changed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "mission"], name="one_progress_per_mission")]
