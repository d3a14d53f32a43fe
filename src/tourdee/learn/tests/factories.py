"""Rows for tests: small ones by hand, the real curriculum by its command."""

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tourdee.learn import actions, queries
from tourdee.learn.models import Attempt, Lesson, Mission, Question, Quiz, Topic
from tourdee.people.models import User


def load_real() -> None:
    """The curriculum as it is shipped."""
    call_command("load_curriculum", verbosity=0)


def make_topic(number: int = 1, **values: Any) -> Topic:
    """A topic with one lesson in both languages."""
    values = {"slug": f"topic-{number}", "title_th": f"หัวข้อ {number}", "title_en": f"Topic {number}", **values}
    values = {"summary_th": "สรุป", "summary_en": "Summary", "team": "etda-ecommerce", **values}
    topic = Topic.objects.create(number=number, **values)
    make_lesson(topic, 1)
    return topic


def make_lesson(topic: Topic, number: int, languages: tuple[str, ...] = ("th", "en")) -> None:
    """A lesson, the same number in each language."""
    for language in languages:
        Lesson.objects.create(
            topic=topic, number=number, language=language, title=f"Lesson {topic.number}.{number} {language}",
            summary="Summary", minutes=10, html='<h2 id="part-1">Part</h2><p>Text</p>',
            contents=[{"id": "part-1", "title": "Part"}], checksum=f"{topic.number}-{number}-{language}",
        )  # fmt: skip


def make_quiz(slug: str, topic: Topic, questions: int = 5, *, kind: str = Quiz.Kind.CHECK) -> Quiz:
    """A quiz whose right answer is always the second of three."""
    quiz = Quiz.objects.create(slug=slug, kind=kind, topic=topic if kind == Quiz.Kind.CHECK else None)
    for position in range(1, questions + 1):
        Question.objects.create(
            quiz=quiz, topic=topic, slug=f"{slug}-{position}", position=position,
            text_th=f"คำถาม {position}", text_en=f"Question {position}",
            choices=[{"th": f"ก{n}", "en": f"Choice {n}", "correct": n == 1} for n in range(3)],
            explanation_th=f"เพราะ {position}", explanation_en=f"Because {position}",
        )  # fmt: skip
    return quiz


def make_course_tests(topic: Topic, questions: int = 4) -> tuple[Quiz, Quiz]:
    """Both forms of the pre- and post-test."""
    return tuple(make_quiz(f"course-test-{form}", topic, questions, kind=Quiz.Kind.COURSE_TEST) for form in "ab")  # type: ignore[return-value]  # two of them


def answers(quiz: Quiz, right: int) -> dict[str, int]:
    """Answers of which so many are right."""
    return {
        question.slug: question.correct if place < right else (question.correct + 1) % len(question.choices)
        for place, question in enumerate(quiz.questions.all())
    }


def take(user: User, purpose: str, right: int, *, at: datetime, quiz: Quiz | None = None, key: str = "") -> Attempt:
    """Hand in a quiz with so many right answers."""
    quiz = quiz or queries.course_test_for(user, purpose)
    assert quiz is not None
    key = key or f"key-{Attempt.objects.count()}"
    return actions.hand_in(user=user, quiz=quiz, purpose=purpose, answers=answers(quiz, right), key=key, at=at)


def make_mission(topic: Topic, slug: str = "a-mission", **values: Any) -> Mission:
    """A mission that is sent in, unless said otherwise."""
    values = {"position": 1, "title_th": f"ภารกิจ {slug}", "title_en": f"Mission {slug}", **values}
    values = {"how_th": "ทำแบบนี้\nแล้วส่ง", "how_en": "Do this\nThen send it", "evidence": "submission", **values}
    return Mission.objects.create(topic=topic, slug=slug, **values)


def submit(user: User, mission: Mission, *, at: datetime, **values: str) -> Any:
    """Send a mission in."""
    sent = {"link": "https://example.org/post", "picture": "", "note": "", **values}
    return actions.submit_mission(user=user, mission=mission, at=at, **sent)


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    """A small real JPEG."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#0f766e").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def sheet_values(**changes: Any) -> dict[str, Any]:
    """The boat trip of the lesson of topic 3."""
    return {
        "name": "ล่องเรือบางบัว", "kind": "tour", "units": 8, "price_satang": 89_000, "fee_percent": 0, "wanted_percent": 20,
        "fixed_costs": [{"name": "เรือ", "satang": 150_000}, {"name": "น้ำมัน", "satang": 40_000},
                        {"name": "ค่าแรง", "satang": 120_000}, {"name": "อื่น ๆ", "satang": 10_000}],
        "unit_costs": [{"name": "อาหารและอื่น ๆ", "satang": 30_000}],
        **changes,
    }  # fmt: skip
