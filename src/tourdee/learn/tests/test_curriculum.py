"""Loading the curriculum: all or nothing, twice without effect, progress kept."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tourdee.learn import actions
from tourdee.learn.files import read_curriculum
from tourdee.learn.models import Attempt, Lesson, LessonRead, Mission, MissionProgress, Question, Quiz, Topic

from .factories import submit, take

ROOM = Path(__file__).resolve().parents[1]
PICTURES = ROOM / "static" / "learn" / "lessons"
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(ROOM / "curriculum", tmp_path / "curriculum"))


def load(folder=ROOM / "curriculum"):
    return actions.load_curriculum(curriculum=read_curriculum(folder, PICTURES))


def swap(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_first_loading_makes_everything():
    load()
    assert Topic.objects.count() == 9
    assert Lesson.objects.count() == 18
    assert Quiz.objects.count() == 11
    assert Question.objects.count() == 9 * 6 + 36
    assert Mission.objects.filter(required=True).count() == 5


def test_the_second_loading_changes_nothing(django_assert_max_num_queries):
    load()
    before = list(Question.objects.values_list("pk", flat=True))
    changes = load()
    assert (changes.new, changes.changed, changes.removed) == ([], [], [])
    assert list(Question.objects.values_list("pk", flat=True)) == before


def test_what_changed_is_named(folder):
    load()
    swap(folder / "03-basics" / "lesson-1.th.md", "จากต้นน้ำถึงปลายน้ำ", "จากภูเขาถึงทะเล")
    swap(folder / "missions.yaml", "Open your shop", "Open your own shop")
    changes = load(folder)
    assert (changes.new, changes.changed, changes.removed) == ([], ["lesson basics/1/th", "mission shop-opened"], [])
    assert Lesson.objects.get(topic__slug="basics", language="th").title == "จากภูเขาถึงทะเล และราคาที่ไม่ขาดทุน"


def test_a_lesson_that_vanished_goes_and_its_reading_stays(folder, owner, at):
    for language in ("th", "en"):
        source = folder / "01-platforms" / f"lesson-1.{language}.md"
        shutil.copy(source, folder / "01-platforms" / f"lesson-2.{language}.md")
    load(folder)
    topic = Topic.objects.get(slug="platforms")
    actions.mark_lesson_read(user=owner, topic=topic, number=2, at=at)
    changes = load()
    assert changes.removed == ["lesson platforms/2/en", "lesson platforms/2/th"]
    assert list(LessonRead.objects.values_list("user", "topic", "number")) == [(owner.pk, topic.pk, 2)]


def test_a_topic_with_a_new_name_keeps_its_progress(folder, owner, at):
    load()
    topic = Topic.objects.get(number=3)
    actions.mark_lesson_read(user=owner, topic=topic, number=1, at=at)
    take(owner, "check", 6, at=at, quiz=topic.check_quiz)
    swap(folder / "03-basics" / "topic.yaml", "slug: basics", "slug: from-the-source")
    load(folder)
    assert LessonRead.objects.get().topic.slug == "from-the-source"
    assert Attempt.objects.get().quiz.slug == "check-from-the-source"


def test_two_topics_can_swap_their_names(folder):
    load()
    swap(folder / "03-basics" / "topic.yaml", "slug: basics", "slug: market")
    swap(folder / "05-market" / "topic.yaml", "slug: market", "slug: basics")
    load(folder)
    assert Topic.objects.get(slug="market").number == 3
    assert Topic.objects.get(slug="basics").number == 5
    assert Quiz.objects.get(slug="check-basics").topic.number == 5


def test_a_question_that_vanished_goes_and_the_attempt_stays(folder, owner, at):
    load()
    attempt = take(owner, "check", 6, at=at, quiz=Quiz.objects.get(slug="check-basics"))
    first = Question.objects.filter(quiz__slug="check-basics").first().slug
    swap(folder / "03-basics" / "check.yaml", f"id: {first}", "id: something-new")
    assert load(folder).removed == [f"question {first}"]
    attempt.refresh_from_db()
    assert (attempt.right, attempt.total) == (6, 6)


def test_a_mission_that_vanished_goes_or_retires_if_somebody_did_it(folder, owner, at):
    load()
    submit(owner, Mission.objects.get(slug="target-group-sheet"), at=at)
    swap(folder / "missions.yaml", "slug: target-group-sheet", "slug: customer-page")
    swap(folder / "missions.yaml", "slug: first-content-post", "slug: first-four-part-post")
    changes = load(folder)
    assert changes.new == ["mission customer-page", "mission first-four-part-post"]
    assert sorted(changes.removed) == ["mission first-content-post", "mission target-group-sheet"]
    assert MissionProgress.objects.get().mission.retired is True
    assert not Mission.objects.filter(slug="first-content-post").exists()


def test_a_mission_that_returns_is_asked_again(folder, owner, at):
    load()
    submit(owner, Mission.objects.get(slug="target-group-sheet"), at=at)
    swap(folder / "missions.yaml", "slug: target-group-sheet", "slug: customer-page")
    load(folder)
    load()
    assert MissionProgress.objects.get().mission.retired is False


def test_one_wrong_file_and_nothing_is_loaded(folder):
    (folder / "09-good-crowds" / "lesson-1.en.md").unlink()
    with pytest.raises(CommandError, match="good-crowds: lesson 1 is missing in en"):
        call_command("load_curriculum", folder=folder)
    assert Topic.objects.count() == 0


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch):
    curriculum = read_curriculum(ROOM / "curriculum", PICTURES)
    monkeypatch.setattr("tourdee.learn.actions.curriculum._missions", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.load_curriculum(curriculum=curriculum)
    assert Topic.objects.count() == 0


def test_the_command_says_what_it_did():
    out = StringIO()
    call_command("load_curriculum", stdout=out)
    call_command("load_curriculum", stdout=out)
    new = 9 + 18 + 11 + 90 + 14
    assert out.getvalue().splitlines() == [
        f"Curriculum: {new} new, 0 changed, 0 removed.",
        "Curriculum: 0 new, 0 changed, 0 removed.",
    ]


def test_the_command_names_each_change_when_asked_and_is_silent_when_told(folder):
    load()
    swap(folder / "missions.yaml", "Open your shop", "Open your own shop")
    out = StringIO()
    call_command("load_curriculum", folder=folder, verbosity=2, stdout=out)
    assert out.getvalue().splitlines() == [
        "changed: mission shop-opened",
        "Curriculum: 0 new, 1 changed, 0 removed.",
    ]
    silence = StringIO()
    call_command("load_curriculum", verbosity=0, stdout=silence)
    assert silence.getvalue() == ""
