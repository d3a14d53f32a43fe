"""Questions about programmes and cohorts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from tourdee.core.models import AuditLine
from tourdee.people.models import Membership, User

from ..models import Application, Cohort, Programme, Session

ANNOUNCED = (
    "cohort.created", "cohort.changed", "cohort.status", "timetable.copied", "session.added", "session.changed",
    "session.deleted",
)  # fmt: skip


@dataclass(frozen=True)
class CohortCounts:
    """How many applications of a cohort stand where. ``applied`` counts all of them."""

    applied: int = 0
    submitted: int = 0
    seated: int = 0
    waiting: int = 0
    refused: int = 0
    withdrawn: int = 0
    no_show: int = 0


def cohorts_open(at: datetime) -> list[Cohort]:
    """The cohorts that take applications now, the next to start first."""
    return list(_taking_applications(at))


def cohorts_announced(at: datetime) -> QuerySet[Cohort, tuple[str, datetime | None]]:
    """Address and last change of each cohort that takes applications now: when its office last said something else of it
    or of a half-day, by the audit log; ``None`` where the log says nothing."""
    days = Session.objects.filter(cohort=OuterRef(OuterRef("pk"))).values("public_id")
    about_it = Q(subject_type="programme.cohort", subject_id=OuterRef("public_id"))
    about_a_day = Q(subject_type="programme.session", subject_id__in=days)
    lines = AuditLine.objects.filter(about_it | about_a_day, act__in=ANNOUNCED).order_by("-at")
    return _taking_applications(at).values_list("slug", Subquery(lines.values("at")[:1]))


def _taking_applications(at: datetime) -> QuerySet[Cohort]:
    return public_cohorts().filter(status=Cohort.Status.OPEN, applications_close_at__gt=at)


def public_cohorts() -> QuerySet[Cohort]:
    """What anybody may see: everything but drafts."""
    return Cohort.objects.exclude(status=Cohort.Status.DRAFT).select_related("programme__office")


def programmes_seen_by(user: User) -> QuerySet[Programme]:
    """The programmes of the offices this person works for; no others exist for them."""
    return Programme.objects.filter(office__in=_offices(user)).select_related("office").order_by("name_th")


def cohorts_seen_by(user: User) -> QuerySet[Cohort]:
    """The cohorts of the offices this person works for, the newest first."""
    seen = Cohort.objects.filter(programme__office__in=_offices(user))
    return seen.select_related("programme__office").order_by("-starts_on", "-id")


def cohorts_matching(user: User, *, words: str = "", status: str = "", programme: str = "") -> QuerySet[Cohort]:
    """The officer's cohorts by words of the name or venue, status, and programme (slug)."""
    found = cohorts_seen_by(user)
    if words:
        found = found.filter(
            Q(name_th__icontains=words)
            | Q(name_en__icontains=words)
            | Q(venue_th__icontains=words)
            | Q(venue_en__icontains=words)
        )
    if status:
        found = found.filter(status=status)
    return found.filter(programme__slug=programme) if programme else found


def cohort_counts(cohort: Cohort) -> CohortCounts:
    """The counts of one cohort."""
    return counts_of([cohort]).get(cohort.pk, CohortCounts())


def counts_of(cohorts: Iterable[Cohort]) -> dict[int, CohortCounts]:
    """The counts of several cohorts by row id, in one query."""
    by_cohort: dict[int, Counter[str]] = {cohort.pk: Counter() for cohort in cohorts}
    rows = (
        Application.objects.filter(cohort__in=list(by_cohort))
        .order_by()
        .values_list("cohort", "status")
        .annotate(n=Count("id"))
    )
    for cohort, status, number in rows:
        by_cohort[cohort].update({status: number, "applied": number})
    return {cohort: CohortCounts(**counts) for cohort, counts in by_cohort.items()}


def _offices(user: User) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(user=user, role=Membership.Role.OFFICER).values("organisation")
