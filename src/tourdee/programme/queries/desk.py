"""What an officer has to do today."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.people.models import User

from ..models import Application, Attendance, Certificate, Cohort, Enrolment, Session
from .cohorts import CohortCounts, cohorts_seen_by, counts_of
from .timetable import sessions_with_topics


@dataclass(frozen=True)
class OfficeTodo:
    """What waits for an officer: of their own offices only."""

    new_applications: int = 0
    waiting: int = 0
    seats_left: int = 0
    cohorts: list[tuple[Cohort, CohortCounts]] = field(default_factory=list)
    sessions_today: list[Session] = field(default_factory=list)
    after: list["AfterCourse"] = field(default_factory=list)


@dataclass(frozen=True)
class AfterCourse:
    """What is left to do in a cohort once its half-days are held: check-ins that wait for the staff's word, learners
    without a decision, and those who passed and hold no certificate."""

    cohort: Cohort
    to_confirm: int
    undecided: int
    uncertified: int


def after_course(cohorts: QuerySet[Cohort], at: datetime) -> list[AfterCourse]:
    """Those of these cohorts in which something of it waits, the first that ended before the others (one query). Nobody
    is to be decided before the last half-day is over."""
    ahead = Session.objects.filter(cohort=OuterRef("cohort"), ends_at__gt=at)
    seats = Enrolment.objects.filter(cohort=OuterRef("pk"), is_active=True)
    valid = Certificate.objects.filter(enrolment=OuterRef("pk"), revoked_at__isnull=True)
    waiting = Attendance.objects.filter(session__cohort=OuterRef("pk"), status=Attendance.Status.TO_CONFIRM)
    counted = cohorts.annotate(
        to_confirm=_how_many(waiting.filter(enrolment__is_active=True), "session__cohort"),
        undecided=_how_many(
            seats.filter(~Exists(ahead), decision__isnull=True, cohort__ends_on__lte=bangkok_day(at)), "cohort"
        ),
        uncertified=_how_many(seats.filter(~Exists(valid), decision__passed=True), "cohort"),
    )
    rows = counted.filter(Q(to_confirm__gt=0) | Q(undecided__gt=0) | Q(uncertified__gt=0)).order_by("ends_on", "pk")
    return [AfterCourse(row, row.to_confirm, row.undecided, row.uncertified) for row in rows]


def _how_many(rows: QuerySet[Any], of: str) -> Coalesce:
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def office_todo(user: User, at: datetime) -> OfficeTodo:
    """Counts over the cohorts that are not finished, those cohorts, today's half-days, and what is left to do after a
    course, also in cohorts that are finished (six queries)."""
    cohorts = list(cohorts_seen_by(user).exclude(status=Cohort.Status.FINISHED).order_by("starts_on"))
    counts = counts_of(cohorts)
    return OfficeTodo(
        new_applications=sum(one.submitted for one in counts.values()),
        waiting=sum(one.waiting for one in counts.values()),
        seats_left=sum(cohort.seats_left for cohort in cohorts if cohort.status == Cohort.Status.OPEN),
        cohorts=[(cohort, counts[cohort.pk]) for cohort in cohorts],
        sessions_today=_sessions_on(cohorts, at),
        after=after_course(cohorts_seen_by(user), at),
    )


def new_applications(user: User, limit: int = 5) -> list[Application]:
    """The applications that have waited longest for a decision."""
    cohorts = cohorts_seen_by(user).order_by().values("pk")
    undecided = Application.objects.filter(cohort__in=cohorts, status=Application.Status.SUBMITTED)
    return list(undecided.select_related("cohort").order_by("submitted_at", "id")[:limit])


def _sessions_on(cohorts: list[Cohort], at: datetime) -> list[Session]:
    start = at_bangkok(bangkok_day(at), 0)
    today = Session.objects.filter(cohort__in=cohorts, starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return list(sessions_with_topics(today).select_related("cohort"))
