"""What learners did in the learn room, for the tests of who passes."""

from datetime import datetime
from itertools import count

from tourdee.learn.models import Attempt, Mission, MissionProgress, Quiz
from tourdee.people.models import User

from .factories import make_topics

_next = count(1)


def make_missions(number: int = 2) -> list[Mission]:
    """Required missions of the first topic."""
    topic = make_topics()[0]
    return [
        Mission.objects.create(
            slug=f"mission-{place}",
            topic=topic,
            position=place,
            title_th=f"ภารกิจ {place}",
            title_en=f"Mission {place}",
            how_th="ทำ",
            how_en="Do",
            evidence="event",
        )
        for place in range(1, number + 1)
    ]


def take_post_test(user: User, percent: int, *, at: datetime) -> Attempt:
    """A handed-in post-test of a hundred questions."""
    quiz, _created = Quiz.objects.get_or_create(slug="course-test-a", defaults={"kind": Quiz.Kind.COURSE_TEST})
    return Attempt.objects.create(
        user=user,
        quiz=quiz,
        purpose=Attempt.Purpose.POST,
        number=Attempt.objects.filter(user=user, purpose=Attempt.Purpose.POST).count() + 1,
        idempotency_key=f"attempt-{next(_next)}",
        answers={},
        right=percent,
        total=100,
        at=at,
    )


def do_missions(user: User, missions: list[Mission], *, at: datetime) -> None:
    for mission in missions:
        MissionProgress.objects.create(user=user, mission=mission, status=MissionProgress.Status.DONE, at=at)
