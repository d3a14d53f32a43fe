"""Questions of those who look at what learners sent in.

An instructor sees what was sent in for topics that a team of theirs teaches, whoever sent it. Officers do not review:
which learners are theirs is known upstream only, and another office's learners must not be seen.
"""

from typing import Any

from django.db.models import Q, QuerySet

from tourdee.learn.models import MissionProgress
from tourdee.people.models import Membership, User

Status = MissionProgress.Status


def reviewable(user: User) -> QuerySet[MissionProgress]:
    """What this person may look at and judge: everything ever sent in for the topics of their teams, except by
    themselves."""
    sent_in = MissionProgress.objects.select_related("mission__topic", "user").filter(_teaches(user))
    return sent_in.exclude(user=user).exclude(link="", picture="")


def reviews_waiting(user: User) -> int:
    """How many submissions wait for this person's teams."""
    return reviewable(user).filter(status=Status.SUBMITTED).count()


def evidence_visible_to(user: User) -> QuerySet[MissionProgress]:
    """Whose pictures this person may see: their own and those that they may judge."""
    return MissionProgress.objects.exclude(picture="").filter(Q(user=user) | _teaches(user))


def _teaches(user: Any) -> Q:
    teams = Membership.objects.filter(user=user, role=Membership.Role.INSTRUCTOR).values("organisation__slug")
    return Q(mission__topic__team__in=teams)
