"""Checks and tests, and what was handed in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id

from .lessons import Topic

USER = settings.AUTH_USER_MODEL
POST_TESTS = 3  # how often the post-test may be taken


class Quiz(models.Model):
    """A topic's check, or a form of the pre- and post-test."""

    class Kind(models.TextChoices):
        CHECK = "check"
        COURSE_TEST = "course_test"

    slug = models.SlugField(max_length=60, unique=True, help_text="check-legal, course-test-a …")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    topic = models.OneToOneField(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="check_quiz")


class Question(models.Model):
    """A question with its choices: ``[{"th": …, "en": …, "correct": bool}, …]``."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    text_th = models.TextField()
    text_en = models.TextField()
    choices = models.JSONField()
    explanation_th = models.TextField()
    explanation_en = models.TextField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["quiz", "slug"], name="a_question_once")]

    @property
    def correct(self) -> int:
        """The index of the right choice."""
        return next(place for place, choice in enumerate(self.choices) if choice["correct"])


class Attempt(models.Model):
    """One handed-in quiz, marked by the server. ``purpose`` tells a pre-test from a post-test.

    ``number`` counts the attempts of a person at a quiz for a purpose; the constraints on it are what stands behind
    "the pre-test once, the post-test three times" when two requests come at the same moment.
    """

    class Purpose(models.TextChoices):
        CHECK = "check"
        PRE = "pre"
        POST = "post"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    number = models.PositiveSmallIntegerField()
    idempotency_key = models.CharField(max_length=40)
    answers = models.JSONField(help_text="question slug → chosen index")
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "idempotency_key"], name="an_attempt_is_handed_in_once"),
            models.UniqueConstraint(fields=["user", "quiz", "purpose", "number"], name="an_attempt_has_its_number"),
            models.CheckConstraint(condition=Q(right__lte=models.F("total")), name="right_within_total"),
            models.CheckConstraint(condition=~Q(purpose="pre") | Q(number=1), name="one_pre_test"),
            models.CheckConstraint(condition=~Q(purpose="post") | Q(number__lte=POST_TESTS), name="three_post_tests"),
        ]

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 59.9 is not yet the 60 that a rule may ask for."""
        return percent(self.right, self.total)


def percent(right: int, total: int) -> int:
    """Whole per cent, rounded down; 0 of 0 is 0."""
    return 100 * right // total if total else 0
