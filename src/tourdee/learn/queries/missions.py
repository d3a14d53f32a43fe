"""Questions about missions and how people stand with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tourdee.learn.models import Mission, MissionProgress
from tourdee.people.models import User

Status = MissionProgress.Status


class MissionCount(NamedTuple):
    """So many of the required missions are done, so many are required."""

    done: int
    required: int


@dataclass(frozen=True)
class MissionState:
    """A mission and how one person stands with it; ``progress`` is ``None`` before anything happened."""

    mission: Mission
    progress: MissionProgress | None

    @property
    def status(self) -> str:
        """``open``, ``submitted``, ``returned`` or ``done``."""
        return self.progress.status if self.progress else "open"

    @property
    def is_done(self) -> bool:
        return self.status == Status.DONE

    @property
    def needs_me(self) -> bool:
        """Whether it is this person's turn: not begun, or returned."""
        return self.status in {"open", Status.RETURNED}


def missions_of(user: User) -> list[MissionState]:
    """All missions of the course in order with this person's progress, and retired ones that they have done."""
    progress = {one.mission_id: one for one in MissionProgress.objects.filter(user=user)}
    missions = Mission.objects.select_related("topic").order_by("topic__number", "position")
    states = [MissionState(mission, progress.get(mission.pk)) for mission in missions]
    return [state for state in states if not state.mission.retired or state.is_done]


def mission_of(user: User, slug: str) -> MissionState | None:
    """One mission with this person's progress; ``None`` where there is no such mission."""
    mission = Mission.objects.select_related("topic").filter(slug=slug, retired=False).first()
    if mission is None:
        return None
    return MissionState(mission, MissionProgress.objects.filter(user=user, mission=mission).first())


def required_missions_done(user: User) -> MissionCount:
    """How many of the required missions this person has done, and how many there are."""
    return missions_done([user])[user.pk]


def missions_done(users: Iterable[User]) -> dict[int, MissionCount]:
    """Row id of the user → required missions done and required. Two queries for any number of people."""
    ids = [user.pk for user in users]
    required = list(Mission.objects.filter(required=True, retired=False).values_list("pk", flat=True))
    done = dict.fromkeys(ids, 0)
    finished = MissionProgress.objects.filter(user__in=ids, mission__in=required, status=Status.DONE)
    for user_id in finished.values_list("user_id", flat=True):
        done[user_id] += 1
    return {user_id: MissionCount(count, len(required)) for user_id, count in done.items()}
