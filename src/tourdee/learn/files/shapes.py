"""What the files say, once they are found to be in order."""

from dataclasses import dataclass
from typing import Any

LANGUAGES = ("th", "en")
Both = dict[str, str]  # language → text


class BadCurriculum(Exception):
    """The files are not in order; ``problems`` lists every fault with the place where it stands."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class LessonText:
    """One lesson in one language."""

    number: int
    language: str
    title: str
    summary: str
    minutes: int
    html: str
    contents: list[dict[str, str]]
    checksum: str


@dataclass(frozen=True)
class QuestionText:
    """One question with its choices, exactly one of them correct."""

    slug: str
    topic: int
    text: Both
    choices: list[dict[str, Any]]
    explanation: Both


@dataclass(frozen=True)
class TopicText:
    """One topic: its lessons in both languages and the questions of its check."""

    number: int
    slug: str
    title: Both
    summary: Both
    minutes: int
    team: str
    lessons: list[LessonText]
    questions: list[QuestionText]


@dataclass(frozen=True)
class MissionText:
    """One mission and the topic whose homework it is."""

    slug: str
    topic: int
    title: Both
    how: Both
    evidence: str
    required: bool
    waits_for_others: bool
    link_name: str


@dataclass(frozen=True)
class Curriculum:
    """All of it. ``forms`` maps ``a`` and ``b`` to the questions of that form of the pre- and post-test."""

    topics: list[TopicText]
    forms: dict[str, list[QuestionText]]
    missions: list[MissionText]
