"""The curriculum's files: what is refused, and how prose is made safe."""

import shutil
from pathlib import Path

import pytest
import yaml

from tourdee.core.thai import words_of
from tourdee.learn.files import BadCurriculum, read_curriculum
from tourdee.learn.files.prose import render, with_addresses
from tourdee.learn.files.shapes import LANGUAGES

ROOM = Path(__file__).resolve().parents[1]
PICTURES = ROOM / "static" / "learn" / "lessons"
SIZES = {"01-boat.svg": (800, 450)}


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped curriculum, to be spoiled."""
    return Path(shutil.copytree(ROOM / "curriculum", tmp_path / "curriculum"))


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(BadCurriculum) as refused:
        read_curriculum(folder, PICTURES)
    return refused.value.problems


def change(path: Path, edit) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


# ------------------------------------------------------------------ the shipped curriculum
def test_the_shipped_curriculum_is_whole():
    curriculum = read_curriculum(ROOM / "curriculum", PICTURES)
    assert [topic.number for topic in curriculum.topics] == list(range(1, 10))
    assert {name: len(questions) for name, questions in curriculum.forms.items()} == {"a": 18, "b": 18}
    for topic in curriculum.topics:
        assert {(lesson.number, lesson.language) for lesson in topic.lessons} >= {(1, "th"), (1, "en")}
        assert len(topic.questions) >= 5
    assert {mission.topic for mission in curriculum.missions} == set(range(1, 10))


def test_every_lesson_is_a_whole_one():
    """Words as the search cuts them: Thai has no spaces to count by."""
    for topic in read_curriculum(ROOM / "curriculum", PICTURES).topics:
        for language in LANGUAGES:
            file = next((ROOM / "curriculum").glob(f"{topic.number:02d}-*/lesson-1.{language}.md"))
            prose = file.read_text(encoding="utf-8").split("---", 2)[2]
            assert sum(len(words_of(line)) for line in prose.splitlines()) >= 600, file
            assert prose.count("](lesson:") >= 2, file


def test_the_missions_that_the_real_shop_proves_are_these():
    curriculum = read_curriculum(ROOM / "curriculum", PICTURES)
    proved = {mission.slug: mission.topic for mission in curriculum.missions if mission.evidence == "event"}
    assert proved == {
        "shop-opened": 1,
        "first-tour-published": 3,
        "first-order-paid": 3,
        "first-product-three-pictures": 7,
        "papers-complete": 8,
        "rich-menu-live": 2,
        "feed-accepted": 4,
        "same-product-two-channels": 4,
    }


def test_the_text_of_the_first_tour_says_that_a_workshop_counts():
    curriculum = read_curriculum(ROOM / "curriculum", PICTURES)
    first = next(mission for mission in curriculum.missions if mission.slug == "first-tour-published")
    assert "workshop" in first.how["en"]
    assert "เวิร์กช็อป" in first.how["th"]


def test_each_lesson_is_thai_in_thai_and_english_in_english():
    for topic in read_curriculum(ROOM / "curriculum", PICTURES).topics:
        for lesson in topic.lessons:
            thai = sum("\u0e00" <= letter <= "\u0e7f" for letter in lesson.html)
            assert (thai > 2000) == (lesson.language == "th"), f"{topic.slug} {lesson.language}"
    assert LANGUAGES == ("th", "en")


# ------------------------------------------------------------------ what is refused
def test_a_question_with_two_right_choices_is_refused(folder):
    path = folder / "01-platforms" / "check.yaml"
    change(path, lambda data: [choice.update(correct=True) for choice in data["questions"][0]["choices"]])
    name = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"][0]["id"]
    assert problems_of(folder) == [f"01-platforms/check.yaml: {name}: should have exactly one correct choice"]


def test_a_question_without_english_is_refused(folder):
    change(folder / "02-line-oa" / "check.yaml", lambda data: data["questions"][1]["text"].pop("en"))
    assert [problem.split(": ")[-1] for problem in problems_of(folder)] == ["en is missing"]


def test_a_check_with_too_few_questions_is_refused(folder):
    change(folder / "03-basics" / "check.yaml", lambda data: data.update(questions=data["questions"][:4]))
    assert problems_of(folder) == ["topic 3: its check has 4 questions, fewer than 5"]


def test_a_question_with_one_choice_is_refused(folder):
    def leave_one(data):
        question = data["questions"][0]
        question["choices"] = [choice for choice in question["choices"] if choice["correct"]]

    change(folder / "03-basics" / "check.yaml", leave_one)
    assert [problem.split(": ")[-1] for problem in problems_of(folder)] == ["should have two to six choices"]


def test_a_lesson_in_one_language_only_is_refused(folder):
    (folder / "04-facebook-page" / "lesson-1.en.md").unlink()
    assert problems_of(folder) == ["04-facebook-page: lesson 1 is missing in en"]


def test_a_misnamed_lesson_is_refused(folder):
    shutil.copy(folder / "04-facebook-page" / "lesson-1.en.md", folder / "04-facebook-page" / "lesson-2.fr.md")
    assert problems_of(folder) == ["04-facebook-page/lesson-2.fr.md: should be named lesson-1.th.md"]


def test_a_picture_that_does_not_exist_is_refused(folder):
    path = folder / "05-market" / "lesson-1.th.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n![ภาพ](lesson:nowhere.svg)\n", encoding="utf-8")
    assert problems_of(folder) == ["05-market/lesson-1.th.md: there is no picture lesson:nowhere.svg"]


def test_a_lesson_without_front_matter_is_refused(folder):
    (folder / "06-content" / "lesson-1.th.md").write_text("# Hello\n", encoding="utf-8")
    where = "06-content/lesson-1.th.md"
    assert problems_of(folder)[0] == f"{where}: should begin with front matter between two lines of ---"


def test_a_missing_topic_is_refused(folder):
    shutil.rmtree(folder / "09-good-crowds")
    assert problems_of(folder)[0] == "the topics should be numbered 1 to 9, but are [1, 2, 3, 4, 5, 6, 7, 8]"


def test_forms_of_unequal_weight_are_refused(folder):
    change(folder / "tests.yaml", lambda data: data["forms"]["B"].pop(0))
    assert problems_of(folder) == [
        "tests.yaml: topic 1 has unequal numbers of questions in the forms: {'a': 2, 'b': 1}"
    ]


def test_one_question_in_both_forms_is_refused(folder):
    change(folder / "tests.yaml", lambda data: data["forms"]["B"][0].update(id=data["forms"]["A"][0]["id"]))
    name = yaml.safe_load((folder / "tests.yaml").read_text(encoding="utf-8"))["forms"]["A"][0]["id"]
    assert problems_of(folder) == [f"question {name} is there twice"]


def test_a_topic_without_a_mission_is_refused(folder):
    def drop(data):
        data["missions"] = [mission for mission in data["missions"] if mission["topic"] != 5]

    change(folder / "missions.yaml", drop)
    assert problems_of(folder) == ["missions.yaml: topic 5 has no mission"]


def test_a_mission_that_leads_nowhere_is_refused(folder):
    change(folder / "missions.yaml", lambda data: data["missions"][0].update(link_name="no_such_page"))
    assert problems_of(folder) == ["missions.yaml: shop-opened: there is no page named no_such_page"]


def test_a_mission_of_unknown_evidence_is_refused(folder):
    change(folder / "missions.yaml", lambda data: data["missions"][0].update(evidence="hearsay"))
    assert problems_of(folder) == ["missions.yaml: shop-opened: evidence should be event or submission".replace(
        "missions.yaml", "curriculum/missions.yaml")]  # fmt: skip


def test_a_topic_named_like_another_page_is_refused(folder):
    change(folder / "01-platforms" / "topic.yaml", lambda data: data.update(slug="missions"))
    assert problems_of(folder) == ["topic 1: missions is the name of another page"]


def test_broken_yaml_is_named_and_not_fatal(folder):
    (folder / "07-photos" / "topic.yaml").write_text("number: [7\n", encoding="utf-8")
    assert problems_of(folder)[0].startswith("07-photos/topic.yaml: cannot be read: ")


def test_all_faults_are_told_at_once(folder):
    (folder / "04-facebook-page" / "lesson-1.en.md").unlink()
    change(folder / "03-basics" / "check.yaml", lambda data: data.update(questions=data["questions"][:4]))
    assert len(problems_of(folder)) == 2


# ------------------------------------------------------------------ prose
def test_headings_of_the_second_level_get_ids_and_make_the_contents():
    prose = render("## ต้นทุน **จริง**\n\nก\n\n### Small\n\n## Two\n", {})
    assert prose.contents == [{"id": "part-1", "title": "ต้นทุน จริง"}, {"id": "part-2", "title": "Two"}]
    assert prose.html.startswith('<h2 id="part-1">ต้นทุน <strong>จริง</strong></h2>')
    assert "<h3>Small</h3>" in prose.html


def test_a_picture_has_its_size_its_words_and_waits_until_it_is_seen():
    prose = render("![A boat](lesson:01-boat.svg)", SIZES)
    assert prose.html == (
        '<p><img src="lesson:01-boat.svg" alt="A boat" width="800" height="450" loading="lazy"></p>\n'
    )
    assert prose.problems == []


def test_a_picture_without_words_is_a_fault():
    assert render("![](lesson:01-boat.svg)", SIZES).problems == ["01-boat.svg needs words for those who cannot see it"]


def test_the_name_of_a_picture_becomes_its_address():
    html = render("![A boat](lesson:01-boat.svg)", SIZES).html
    shown = with_addresses(html, lambda name: f"/static/learn/lessons/{name}?a=1&b=2")
    assert 'src="/static/learn/lessons/01-boat.svg?a=1&amp;b=2"' in shown


def test_a_wide_table_scrolls_by_finger_and_keyboard():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n", {}).html
    assert html.startswith('<div class="table-wrap" tabindex="0"><table>')
    assert html.rstrip().endswith("</table></div>")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[click](javascript:alert(1))", "<p>[click](javascript:alert(1))</p>\n"),
        ("[click](data:text/html;base64,PHM=)", "<p>[click](data:text/html;base64,PHM=)</p>\n"),
        ("[a](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">a</a></p>\n'),
    ],
)
def test_nothing_hostile_survives_in_a_lesson(written, shown):
    assert render(written, SIZES).html == shown


def test_a_picture_from_elsewhere_is_a_fault():
    assert render("![x](https://elsewhere.example/track.gif)", SIZES).problems == [
        "there is no picture https://elsewhere.example/track.gif"
    ]
