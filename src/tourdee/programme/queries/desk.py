"""What an officer has to do today."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.people.models import User

from ..models import Application, Cohort, Session
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


def office_todo(user: User, at: datetime) -> OfficeTodo:
    """Counts over the cohorts that are not finished, those cohorts, and today's half-days (five queries)."""
    cohorts = list(cohorts_seen_by(user).exclude(status=Cohort.Status.FINISHED).order_by("starts_on"))
    counts = counts_of(cohorts)
    return OfficeTodo(
        new_applications=sum(one.submitted for one in counts.values()),
        waiting=sum(one.waiting for one in counts.values()),
        seats_left=sum(cohort.seats_left for cohort in cohorts if cohort.status == Cohort.Status.OPEN),
        cohorts=[(cohort, counts[cohort.pk]) for cohort in cohorts],
        sessions_today=_sessions_on(cohorts, at),
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
