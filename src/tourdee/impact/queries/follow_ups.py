"""Questions about the questions after the course."""

from django.db.models import Q, QuerySet

from tourdee.people.models import User
from tourdee.programme import queries as programme

from ..models import FollowUp


def follow_ups_seen_by(user: User, *, words: str = "") -> QuerySet[FollowUp]:
    """Those of the officer's own offices, the one due first before the others; ``words`` of the name or the cohort."""
    cohorts = programme.cohorts_seen_by(user).order_by().values("pk")
    rows = FollowUp.objects.filter(enrolment__cohort__in=cohorts)
    if words:
        name = Q(enrolment__name__icontains=words)
        rows = rows.filter(
            name | Q(enrolment__cohort__name_th__icontains=words) | Q(enrolment__cohort__name_en__icontains=words)
        )
    return rows.select_related("enrolment__cohort", "enrolment__user", "recorded_by").order_by("due_on", "id")


def own_follow_ups(user: User) -> QuerySet[FollowUp]:
    """Those that a learner is asked."""
    return FollowUp.objects.filter(enrolment__user=user).select_related("enrolment__cohort").order_by("due_on")


def follow_up_of(user: User, public_id: str) -> FollowUp | None:
    """One, if this person may answer it: the learner, or an officer of the office."""
    own = own_follow_ups(user).filter(public_id=public_id).first()
    return own or follow_ups_seen_by(user).filter(public_id=public_id).first()


def due_unanswered(user: User) -> FollowUp | None:
    """The newest question that waits for this learner's own answer."""
    return own_follow_ups(user).filter(answered_at__isnull=True).order_by("-due_on").first()
