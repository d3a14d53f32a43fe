"""Brings the rows of the curriculum in line with its files; what learners did stays."""

from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction

from tourdee.learn.files.shapes import Curriculum, MissionText, QuestionText, TopicText
from tourdee.learn.models import Lesson, Mission, Question, Quiz, Topic

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Changes:
    """What a loading did, as names of things: ``lesson platforms/1/th``. Empty lists: all was as it should be."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@transaction.atomic
def load_curriculum(*, curriculum: Curriculum) -> Changes:
    """Make topics, lessons, quizzes and missions what the files say; all of it or nothing. Twice changes nothing.

    A lesson or question that vanished from the files goes; what was read and handed in stays. A mission that vanished
    and that somebody has begun is retired: it is asked of nobody any more and stays with those who did it.
    """
    changes = Changes()
    topics = _topics(curriculum.topics, changes)
    for text in curriculum.topics:
        topic = topics[text.number]
        _lessons(topic, text, changes)
        check = _put(
            Quiz,
            {"topic": topic},
            {"slug": f"check-{text.slug}", "kind": Quiz.Kind.CHECK},
            f"quiz {text.slug}",
            changes,
        )
        _questions(check, text.questions, topics, changes)
    for name, questions in curriculum.forms.items():
        form = _put(Quiz, {"slug": f"course-test-{name}"}, {"kind": Quiz.Kind.COURSE_TEST}, f"quiz {name}", changes)
        _questions(form, questions, topics, changes)
    _missions(curriculum.missions, topics, changes)
    return changes


def _topics(texts: list[TopicText], changes: Changes) -> dict[int, Topic]:
    """A topic is known by its number: with another slug it is still the same topic, and progress stays with it."""
    _free_slugs(texts)
    topics = {}
    for text in texts:
        values = {**_both("title", text.title), **_both("summary", text.summary)}
        values |= {"slug": text.slug, "minutes": text.minutes, "team": text.team}
        topics[text.number] = _put(Topic, {"number": text.number}, values, f"topic {text.slug}", changes)
    return topics


def _free_slugs(texts: list[TopicText]) -> None:
    """Two topics that swap their slugs must not meet on the way: slugs that move are parked first."""
    wanted = {text.number: text.slug for text in texts}
    for topic in Topic.objects.all():
        if wanted.get(topic.number, topic.slug) != topic.slug:
            Quiz.objects.filter(topic=topic, kind=Quiz.Kind.CHECK).update(slug=f"parked-{topic.number}")
            Topic.objects.filter(pk=topic.pk).update(slug=f"parked-{topic.number}")


def _lessons(topic: Topic, text: TopicText, changes: Changes) -> None:
    kept = []
    for lesson in text.lessons:
        values = asdict(lesson)
        key = {"topic": topic, "number": values.pop("number"), "language": values.pop("language")}
        name = f"lesson {topic.slug}/{lesson.number}/{lesson.language}"
        kept.append(_put(Lesson, key, values, name, changes).pk)
    for lost in Lesson.objects.filter(topic=topic).exclude(pk__in=kept):
        changes.removed.append(f"lesson {topic.slug}/{lost.number}/{lost.language}")
        lost.delete()


def _questions(quiz: Quiz, texts: list[QuestionText], topics: dict[int, Topic], changes: Changes) -> None:
    kept = []
    for position, text in enumerate(texts, 1):
        fields = {**_both("text", text.text), **_both("explanation", text.explanation)}
        fields |= {"topic": topics[text.topic], "position": position, "choices": text.choices}
        kept.append(_put(Question, {"quiz": quiz, "slug": text.slug}, fields, f"question {text.slug}", changes).pk)
    for lost in Question.objects.filter(quiz=quiz).exclude(pk__in=kept):
        changes.removed.append(f"question {lost.slug}")
        lost.delete()


def _missions(texts: list[MissionText], topics: dict[int, Topic], changes: Changes) -> None:
    kept = []
    for position, text in enumerate(texts, 1):
        values = {
            **_both("title", text.title),
            **_both("how", text.how),
            "topic": topics[text.topic],
            "position": position,
        }
        values |= {"evidence": text.evidence, "required": text.required, "waits_for_others": text.waits_for_others}
        values |= {"link_name": text.link_name, "retired": False}
        kept.append(_put(Mission, {"slug": text.slug}, values, f"mission {text.slug}", changes).pk)
    for lost in Mission.objects.filter(retired=False).exclude(pk__in=kept):
        changes.removed.append(f"mission {lost.slug}")
        if lost.progress.exists():
            Mission.objects.filter(pk=lost.pk).update(retired=True)
        else:
            lost.delete()


def _both(name: str, texts: dict[str, str]) -> dict[str, Any]:
    return {f"{name}_{language}": text for language, text in texts.items()}


def _put(model: type[Row], key: dict[str, Any], values: dict[str, Any], name: str, changes: Changes) -> Row:
    """The row of a key with these values; written only where it differs."""
    row, is_new = model._default_manager.get_or_create(**key, defaults=values)
    if is_new:
        changes.new.append(name)
        return row
    different = [field_name for field_name, value in values.items() if getattr(row, field_name) != value]
    if different:
        for field_name in different:
            setattr(row, field_name, values[field_name])
        row.save(update_fields=different)
        changes.changed.append(name)
    return row
