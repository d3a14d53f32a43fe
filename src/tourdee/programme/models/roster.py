"""A list of people from a file, kept between its preview and its import."""

from django.conf import settings
from django.db import models

from tourdee.core.ids import public_id

from .programmes import Cohort


class RosterUpload(models.Model):
    """The rows of an uploaded roster. They hold citizen ids, so they are sealed and live for an hour at most."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows_sealed = models.TextField(help_text="JSON of the rows as read, encrypted")
    expires_at = models.DateTimeField(db_index=True)
    imported_at = models.DateTimeField(null=True, blank=True)
