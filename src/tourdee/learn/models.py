"""What is taught, and how far each learner has come. Lessons and questions are loaded from files (curriculum/)."""

from django.conf import settings
from django.db import models

from tourdee.core.ids import public_id

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
    html = models.TextField()
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["topic__number", "number"]
        constraints = [models.UniqueConstraint(fields=["topic", "number", "language"], name="one_lesson_per_language")]


class LessonRead(models.Model):
    """That a learner has finished a lesson (in whichever language)."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="lessons_read")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic", "number"], name="a_lesson_is_read_once")]


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
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    text_th = models.TextField()
    text_en = models.TextField()
    choices = models.JSONField()
    explanation_th = models.TextField()
    explanation_en = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["quiz", "slug"], name="a_question_once")]


class Attempt(models.Model):
    """One handed-in quiz, marked by the server. ``purpose`` tells a pre-test from a post-test."""

    class Purpose(models.TextChoices):
        CHECK = "check"
        PRE = "pre"
        POST = "post"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    idempotency_key = models.CharField(max_length=40)
    answers = models.JSONField(help_text="question slug → chosen index")
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "idempotency_key"], name="an_attempt_is_handed_in_once"),
            models.CheckConstraint(condition=models.Q(right__lte=models.F("total")), name="right_within_total"),
        ]

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.total) if self.total else 0


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
    link_name = models.CharField(max_length=60, blank=True, help_text="name of the page where it is done")

    class Meta:
        ordering = ["topic__number", "position"]


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
    link = models.URLField(blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="path below the private folder")
    note = models.TextField(blank=True)
    comment = models.TextField(blank=True, help_text="what the instructor says")
    reviewed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    evidence = models.JSONField(default=dict, help_text="the event that proved it")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "mission"], name="one_progress_per_mission")]


class CostSheet(models.Model):
    """A saved calculation of topic 3: what it costs, what is asked, what is left, where it breaks even."""

    class Kind(models.TextChoices):
        TOUR = "tour"
        PRODUCT = "product"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="cost_sheets")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    fixed_costs = models.JSONField(default=list, help_text='[{"name": …, "satang": …}], per trip or per batch')
    unit_costs = models.JSONField(default=list, help_text="the same, per guest or per piece")
    units = models.PositiveIntegerField(help_text="guests on a usual trip, pieces in a batch")
    fee_percent = models.PositiveSmallIntegerField(default=0)
    price_satang = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
