"""Questions about the questions after the course."""

from django.db.models import QuerySet

from tourdee.people.models import User
from tourdee.programme import queries as programme

from ..models import FollowUp


def follow_ups_seen_by(user: User) -> QuerySet[FollowUp]:
    """Those of the officer's own offices, the one due first before the others."""
    cohorts = programme.cohorts_seen_by(user).order_by().values("pk")
    rows = FollowUp.objects.filter(enrolment__cohort__in=cohorts)
    return rows.select_related("enrolment__cohort", "enrolment__user", "recorded_by").order_by("due_on", "id")


def own_follow_ups(user: User) -> QuerySet[FollowUp]:
    """Those that a learner is asked."""
    return FollowUp.objects.filter(enrolment__user=user).select_related("enrolment__cohort").order_by("due_on")


def follow_up_of(user: User, public_id: str, *, officer: bool) -> FollowUp | None:
    """One, if this person may answer it: the learner, or an officer of the office."""
    rows = follow_ups_seen_by(user) if officer else own_follow_ups(user)
    return rows.filter(public_id=public_id).first()
