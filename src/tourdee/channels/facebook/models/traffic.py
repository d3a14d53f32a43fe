"""What came from Facebook and is not read yet; what goes out and is not sent yet; who wrote and has no name yet."""

from django.db import models

from tourdee.inbox.models import Message

from .comments import Comment
from .pages import Page


class Notice(models.Model):
    """A webhook whose signature was right, as it came. The same bytes again are the same notice."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="notices")
    digest = models.CharField(max_length=64)
    body = models.TextField(blank=True, help_text="forgotten once it was read")
    came_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "digest"], name="a_notice_comes_in_once")]


class Outgoing(models.Model):
    """An answer from the inbox on its way. ``private_to``: by Messenger to the writer of this
    comment alone. ``asked_at`` is written
    before Facebook is asked, so that an answer that got lost is looked for before it is sent again."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="outgoing")
    private_to = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="private_answers"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)


class Stranger(models.Model):
    """Somebody who wrote by Messenger, which tells no names: theirs is asked for once. The name itself is kept in the inbox alone, so
    that it is forgotten there; this row only says that we asked (no ``try_at``: an answer came, or none will)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="strangers")
    person = models.CharField(max_length=100, help_text="Facebook's id of them for this page")
    came_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="a_stranger_is_asked_for_once")]
