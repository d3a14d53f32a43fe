"""The course as an office runs it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tourdee.core.ids import public_id, secret_token
from tourdee.learn.models import Topic
from tourdee.people.models import Organisation

USER = settings.AUTH_USER_MODEL


class AudienceGroup(models.TextChoices):
    """Whom the programme is for (the brief's five groups, and the pilot's tour guides)."""

    TOUR_GUIDE = "tour_guide"
    COMMUNITY_ENTERPRISE = "community_enterprise"
    SMALL_ENTREPRENEUR = "small_entrepreneur"
    INFORMAL_WORKER = "informal_worker"
    LAID_OFF = "laid_off"
    NEW_GRADUATE = "new_graduate"


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

    def __str__(self) -> str:
        return self.name_th


class Cohort(models.Model):
    """One run of a programme (รุ่น). ``seats_taken`` is the truth of how many; the enrolments, of who."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"
        FINISHED = "finished"

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
    target = models.PositiveSmallIntegerField(help_text="the plan's number of trainees, first of the ministry's four numbers")
    applications_close_at = models.DateTimeField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(seats_taken__gte=0) & Q(seats_taken__lte=F("seats")), name="cohort_never_overfull"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name_th


class Session(models.Model):
    """A half-day of the timetable. ``minutes`` is what full presence counts for."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=180)
    venue_th = models.CharField(max_length=200, blank=True)
    venue_en = models.CharField(max_length=200, blank=True)
    check_in_secret = models.CharField(max_length=64, default=secret_token, help_text="key of the wall's rotating codes")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_session_per_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]


class SessionTopic(models.Model):
    """What is taught in a half-day, by which team and whom."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    instructor = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="teaches")

    class Meta:
        ordering = ["position"]


class Application(models.Model):
    """Somebody's wish to take part, and what was decided with which reason."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted"
        SEATED = "seated"
        WAITING = "waiting"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="applications")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="applications")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=16)
    email = models.EmailField(blank=True)
    citizen_id_sealed = models.TextField(blank=True, help_text="encrypted; shown masked")
    citizen_id_hash = models.CharField(max_length=64, blank=True, db_index=True)
    audience_group = models.CharField(max_length=24, choices=AudienceGroup.choices)
    province = models.PositiveSmallIntegerField()
    works_as = models.CharField(max_length=200, blank=True)
    wants_to_sell = models.TextField(blank=True)
    income_before_satang = models.PositiveBigIntegerField(null=True, blank=True, help_text="per month, own statement")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUBMITTED)
    reason = models.TextField(blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    waiting_number = models.PositiveIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["submitted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_application_per_person"),
            models.UniqueConstraint(
                fields=["cohort", "citizen_id_hash"], condition=~Q(citizen_id_hash=""), name="one_application_per_citizen_id"
            ),
            models.UniqueConstraint(
                fields=["cohort", "waiting_number"], condition=Q(status="waiting"), name="waiting_list_is_ordered"
            ),
            models.CheckConstraint(condition=~Q(status__in=["refused"]) | ~Q(reason=""), name="a_refusal_has_a_reason"),
        ]


class Enrolment(models.Model):
    """A seat in a cohort. The name is the one that will stand on the certificate."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="enrolments")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="enrolment")
    name = models.CharField(max_length=200)
    seat_number = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["seat_number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_seat_per_person"),
            models.UniqueConstraint(fields=["cohort", "seat_number"], condition=Q(is_active=True), name="one_person_per_seat"),
        ]


class Attendance(models.Model):
    """How many minutes a learner was present at a half-day, and how that is known."""

    class Source(models.TextChoices):
        QR = "qr"
        CODE = "code"
        STAFF = "staff"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=5, choices=Source.choices)
    device = models.CharField(max_length=64, blank=True, help_text="keyed hash of the phone's cookie")
    marked_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "session"], name="present_once_per_session")]


class Decision(models.Model):
    """Pass or not, with the figures and a copy of the rule that was applied."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="decision")
    passed = models.BooleanField()
    rule = models.JSONField(help_text="the rule as it stood, with its source")
    figures = models.JSONField(help_text="hours, post-test, missions as they stood")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")


class Signatory(models.Model):
    """Who signs the certificates of a programme, in this order."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    name_th = models.CharField(max_length=200)
    title_th = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "position"], name="one_signatory_per_position")]


class Certificate(models.Model):
    """A certificate (วุฒิบัตร): everything on it is frozen at issue."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=40, unique=True)
    verify_code = models.CharField(max_length=40, unique=True, default=secret_token)
    name = models.CharField(max_length=200)
    programme_name = models.CharField(max_length=200)
    cohort_name = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    dates = models.CharField(max_length=200)
    signatories = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(revoked_at__isnull=True), name="one_valid_certificate"),
            models.CheckConstraint(condition=Q(revoked_at__isnull=True) | ~Q(revoked_reason=""), name="revoked_with_a_reason"),
        ]
