"""Questions about topics and lessons."""

from dataclasses import dataclass

from django.db.models import Q

from tourdee.learn.models import Lesson, LessonRead, Topic
from tourdee.people.models import Organisation, User


@dataclass(frozen=True)
class LessonPage:
    """A lesson in one language with what stands around it."""

    lesson: Lesson
    is_read: bool
    other_language: str  # "" where the lesson is in this language alone
    previous: Lesson | None
    following: Lesson | None


def lesson_page(user: User, topic: Topic, number: int, language: str) -> LessonPage | None:
    """A lesson in the wanted language, in Thai where that is missing; ``None`` where there is no such lesson."""
    here = list(Lesson.objects.filter(topic=topic, number=number).order_by("language"))
    lesson = _in_language(here, language)
    if lesson is None:
        return None
    others = [one.language for one in here if one.language != lesson.language]
    around = Lesson.objects.filter(language=lesson.language).select_related("topic")
    before = Q(topic__number__lt=topic.number) | Q(topic=topic, number__lt=number)
    after = Q(topic__number__gt=topic.number) | Q(topic=topic, number__gt=number)
    return LessonPage(
        lesson=lesson,
        is_read=LessonRead.objects.filter(user=user, topic=topic, number=number).exists(),
        other_language=others[0] if others else "",
        previous=around.filter(before).order_by("-topic__number", "-number").first(),
        following=around.filter(after).order_by("topic__number", "number").first(),
    )


def _in_language(lessons: list[Lesson], language: str) -> Lesson | None:
    for wanted in (language, "th"):
        for lesson in lessons:
            if lesson.language == wanted:
                return lesson
    return None


def team_of(topic: Topic) -> Organisation | None:
    """The organisation whose team teaches the topic, if it is known here."""
    return Organisation.objects.filter(slug=topic.team).first()
