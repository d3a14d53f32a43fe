"""Answers that a shop keeps ready."""

from django.db import models

from tourdee.core.ids import public_id
from tourdee.shop.models import Shop


class SavedAnswer(models.Model):
    """A text to put into an answer by one tap. ``{name}``, ``{order}`` and ``{paylink}`` are filled in for each customer."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="saved_answers")
    title = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        ordering = ["title", "pk"]
