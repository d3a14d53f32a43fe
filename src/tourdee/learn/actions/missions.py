"""Homework: proved by the learner's shop, or sent in and looked at by an instructor."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from tourdee import events
from tourdee.core import audit, pictures
from tourdee.learn.models import Mission, MissionProgress
from tourdee.people.models import User

Status = MissionProgress.Status


class CannotSubmit(Exception):
    """The mission is done already, or is not one that is sent in."""


class CannotReview(Exception):
    """Somebody reviewed it already, or the learner has sent something newer than what the reviewer saw."""


@transaction.atomic
def complete_mission_by_event(
    *, user_public_id: str, slug: str, event: events.Event, at: datetime
) -> MissionProgress | None:
    """Tick a mission off because of what happened. ``None`` where there is nothing to tick: done before, no such
    mission in this curriculum, or nobody of that id."""
    user = User.objects.filter(public_id=user_public_id).first()
    mission = Mission.objects.filter(slug=slug, retired=False).first()
    if user is None or mission is None:
        return None
    done = {"status": Status.DONE, "at": at}
    progress, is_new = MissionProgress.objects.get_or_create(user=user, mission=mission, defaults=done)
    undone = MissionProgress.objects.filter(pk=progress.pk)
    undone = undone if is_new else undone.exclude(status=Status.DONE)
    proof = {"event": type(event).__name__, **asdict(event)}
    if not undone.update(**done, evidence=proof):
        return None
    progress.refresh_from_db()
    _done(progress, at=at, actor=None, because=f"proved by {proof['event']}", data=proof)
    return progress


@transaction.atomic
def submit_mission(
    *, user: User, mission: Mission, link: str, picture: str, note: str, at: datetime
) -> MissionProgress:
    """Send in a link or a picture (path of a stored one), or send in something better. Raises CannotSubmit.

    A picture that was sent before stays while no new one comes, and is deleted when a new one takes its place.
    """
    if mission.evidence != Mission.Evidence.SUBMISSION or mission.retired:
        raise CannotSubmit
    mine = MissionProgress.objects.filter(user=user, mission=mission)
    earlier = mine.values_list("picture", flat=True).first() or ""
    if not (link or picture or earlier):
        raise CannotSubmit
    sent: dict[str, Any] = {"link": link, "picture": picture or earlier, "note": note}
    sent |= {"status": Status.SUBMITTED, "at": at}
    progress, is_new = MissionProgress.objects.get_or_create(user=user, mission=mission, defaults=sent)
    if not is_new and not mine.exclude(status=Status.DONE).update(**sent):
        raise CannotSubmit
    if earlier and picture:
        transaction.on_commit(lambda: pictures.discard(earlier))
    progress.refresh_from_db()
    return progress


@transaction.atomic
def accept_mission(*, progress: MissionProgress, reviewer: User, seen: datetime, comment: str, at: datetime) -> None:
    """Accept what was sent in at ``seen``. Raises CannotReview."""
    _review(progress, reviewer=reviewer, seen=seen, status=Status.DONE, comment=comment, at=at)
    _done(progress, at=at, actor=reviewer, because="accepted by an instructor", data={"comment": comment})


@transaction.atomic
def return_mission(*, progress: MissionProgress, reviewer: User, seen: datetime, comment: str, at: datetime) -> None:
    """Send back what was sent in at ``seen``, with a comment that says what to mend. Raises CannotReview."""
    if not comment:
        raise CannotReview
    _review(progress, reviewer=reviewer, seen=seen, status=Status.RETURNED, comment=comment, at=at)
    audit.record(
        "mission_returned",
        subject=progress,
        actor=reviewer,
        at=at,
        text=f"Mission {progress.mission.slug} was returned: {comment}",
        data={"mission": progress.mission.slug, "comment": comment},
    )
    events.publish(events.MissionReturned(user=progress.user.public_id, mission=progress.mission.slug))


def _review(
    progress: MissionProgress, *, reviewer: User, seen: datetime, status: str, comment: str, at: datetime
) -> None:
    """One conditional change: of two reviewers one succeeds, and nobody accepts what they have not seen."""
    waiting = MissionProgress.objects.filter(pk=progress.pk, status=Status.SUBMITTED, at=seen)
    if not waiting.update(status=status, comment=comment, reviewed_by=reviewer, at=at):
        raise CannotReview
    progress.refresh_from_db()


def _done(progress: MissionProgress, *, at: datetime, actor: User | None, because: str, data: dict[str, Any]) -> None:
    audit.record(
        "mission_done",
        subject=progress,
        actor=actor,
        at=at,
        text=f"Mission {progress.mission.slug} is done, {because}",
        data={"mission": progress.mission.slug, **data},
    )
    events.publish(events.MissionDone(user=progress.user.public_id, mission=progress.mission.slug))
