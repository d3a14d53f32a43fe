"""Reads a curriculum folder: all of it is looked at before anything is believed."""

import hashlib
import re
from pathlib import Path
from typing import Any

import yaml

from . import prose
from .checking import check_whole
from .shapes import LANGUAGES, BadCurriculum, Curriculum, LessonText, MissionText, QuestionText, TopicText
from .sheets import Sheet

LESSON_NAME = re.compile(r"lesson-([1-9][0-9]?)\.(th|en)\.md")
FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
VIEW_BOX = re.compile(r'viewBox="0 0 ([0-9]+) ([0-9]+)"')
EVIDENCE = {"event", "submission"}


def read_curriculum(folder: Path, pictures: Path) -> Curriculum:
    """The curriculum of a folder; ``pictures`` holds the lessons' SVGs. Raises BadCurriculum with every fault found."""
    problems: list[str] = []
    sizes = _sizes(pictures)
    folders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    topics = [_topic(path, sizes, problems) for path in folders]
    by_number = {topic.number: topic for topic in topics}
    tests = Sheet.of_file(folder / "tests.yaml", problems)
    forms = Sheet(tests.data.get("forms", {}), f"{tests.where}: forms", problems)
    curriculum = Curriculum(
        topics=[by_number[number] for number in sorted(by_number)],
        forms={name.lower(): _questions(forms, name, None) for name in ("A", "B")},
        missions=[_mission(row) for row in Sheet.of_file(folder / "missions.yaml", problems).rows("missions")],
    )
    problems += check_whole(curriculum, topics)
    if problems:
        raise BadCurriculum(problems)
    return curriculum


def _sizes(pictures: Path) -> dict[str, tuple[int, int]]:
    """Width and height of each picture, from its view box."""
    found = {
        path.name: VIEW_BOX.search(path.read_text(encoding="utf-8")[:500]) for path in sorted(pictures.glob("*.svg"))
    }
    return {name: (int(box[1]), int(box[2])) for name, box in found.items() if box}


def _topic(folder: Path, sizes: prose.Sizes, problems: list[str]) -> TopicText:
    sheet = Sheet.of_file(folder / "topic.yaml", problems)
    number = sheet.whole("number", 1, 99)
    return TopicText(
        number=number,
        slug=sheet.text("slug"),
        title=sheet.both("title"),
        summary=sheet.both("summary"),
        minutes=sheet.whole("minutes", 1, 1080),
        team=sheet.text("team"),
        lessons=_lessons(folder, sizes, problems),
        questions=_questions(Sheet.of_file(folder / "check.yaml", problems), "questions", number),
    )


def _lessons(folder: Path, sizes: prose.Sizes, problems: list[str]) -> list[LessonText]:
    files = {path: LESSON_NAME.fullmatch(path.name) for path in sorted(folder.glob("*.md"))}
    problems += [
        f"{folder.name}/{path.name}: should be named lesson-1.th.md" for path, name in files.items() if not name
    ]
    lessons = [_lesson(path, int(name[1]), name[2], sizes, problems) for path, name in files.items() if name]
    for number in sorted({lesson.number for lesson in lessons}) or [1]:
        here = {lesson.language for lesson in lessons if lesson.number == number}
        missing = [language for language in LANGUAGES if language not in here]
        problems += [f"{folder.name}: lesson {number} is missing in {language}" for language in missing]
    return lessons


def _lesson(path: Path, number: int, language: str, sizes: prose.Sizes, problems: list[str]) -> LessonText:
    where = f"{path.parent.name}/{path.name}"
    source = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    parts = FRONT_MATTER.fullmatch(source)
    if not parts:
        problems.append(f"{where}: should begin with front matter between two lines of ---")
    front = Sheet(_yaml(parts[1]) if parts else {}, where, problems)
    rendered = prose.render(parts[2] if parts else "", sizes)
    problems += [f"{where}: {problem}" for problem in rendered.problems]
    if not rendered.html.strip():
        problems.append(f"{where}: has no text")
    return LessonText(
        number=number,
        language=language,
        title=front.text("title"),
        summary=front.text("summary"),
        minutes=front.whole("minutes", 1, 180),
        html=rendered.html,
        contents=rendered.contents,
        checksum=hashlib.sha256(source.encode()).hexdigest(),
    )


def _yaml(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None


def _questions(sheet: Sheet, key: str, topic: int | None) -> list[QuestionText]:
    """The questions of a list; ``topic=None`` where each says its own."""
    return [
        QuestionText(
            slug=row.text("id"),
            topic=topic or row.whole("topic", 1, 99),
            text=row.both("text"),
            choices=_choices(row),
            explanation=row.both("explanation"),
        )
        for row in sheet.rows(key)
    ]


def _choices(question: Sheet) -> list[dict[str, Any]]:
    rows = question.rows("choices")
    choices = [
        {**{language: row.text(language) for language in LANGUAGES}, "correct": row.flag("correct", False)}
        for row in rows
    ]
    if not 2 <= len(choices) <= 6:
        question.wrong("should have two to six choices")
    if sum(bool(choice["correct"]) for choice in choices) != 1:
        question.wrong("should have exactly one correct choice")
    return choices


def _mission(row: Sheet) -> MissionText:
    evidence = row.text("evidence")
    if evidence not in EVIDENCE:
        row.wrong("evidence should be event or submission")
    return MissionText(
        slug=row.text("slug"),
        topic=row.whole("topic", 1, 99),
        title=row.both("title"),
        how=row.both("how"),
        evidence=evidence,
        required=row.flag("required", True),
        waits_for_others=row.flag("waits_for_others", False),
        link_name=row.text("link_name") if "link_name" in row.data else "",
    )
