"""What the console twin remembers, so that web server and worker play the same LINE."""

from django.db import models
from django.db.models import Q


class PlayCall(models.Model):
    """A message that the twin has delivered: to a person, or to many. Reply tokens and retry keys count once."""

    bot = models.CharField(max_length=64, db_index=True)
    to = models.JSONField(help_text="LINE ids")
    kind = models.CharField(max_length=10)
    messages = models.JSONField()
    reply_token = models.CharField(max_length=64, blank=True)
    retry_key = models.CharField(max_length=40, blank=True)
    paid = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=30, blank=True)
    request_id = models.CharField(max_length=40, blank=True, db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bot", "reply_token"], condition=~Q(reply_token=""), name="a_play_token_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["bot", "retry_key"], condition=~Q(retry_key=""), name="a_play_key_is_taken_once"
            ),
        ]


class PlayAudience(models.Model):
    """A group of people that the twin keeps; it is ready a moment after it was filled."""

    bot = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    people = models.JSONField(help_text="LINE ids")
    filled_at = models.DateTimeField()
