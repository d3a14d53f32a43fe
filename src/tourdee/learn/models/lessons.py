"""Topics and their lessons."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Topic(models.Model):
    """One of the nine topics of the course."""

    number = models.PositiveSmallIntegerField(unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    title_th = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    summary_th = models.TextField()
    summary_en = models.TextField()
    minutes = models.PositiveSmallIntegerField(default=120)
    team = models.SlugField(max_length=60, help_text="slug of the organisation that teaches it")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title_th


class Lesson(models.Model):
    """A lesson in one language, rendered from its Markdown file when it is loaded."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    minutes = models.PositiveSmallIntegerField()
    html = models.TextField(help_text="allow-listed; pictures are still named lesson:NAME.svg")
    contents = models.JSONField(default=list, help_text='[{"id": "part-1", "title": …}], the headings in order')
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["topic__number", "number", "id"]
        constraints = [models.UniqueConstraint(fields=["topic", "number", "language"], name="one_lesson_per_language")]


class LessonRead(models.Model):
    """That a learner has finished a lesson (in whichever language). Outlives the lesson's text."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="lessons_read")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic", "number"], name="a_lesson_is_read_once")]
