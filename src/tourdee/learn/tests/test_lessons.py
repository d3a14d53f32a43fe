"""The course, a topic, a lesson."""

import pytest

from tourdee.learn.models import LessonRead

from .factories import load_real, make_course_tests, make_lesson, make_mission, make_quiz, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    topics = [make_topic(number) for number in (1, 2, 3)]
    for topic in topics:
        make_quiz(f"check-{topic.slug}", topic)
        make_mission(topic, f"mission-{topic.number}")
    make_course_tests(topics[0])
    return topics


def test_a_visitor_is_asked_to_sign_in(client, course):
    for url in ("/learn/", "/learn/topic-1/", "/learn/topic-1/1/", "/learn/topic-1/check/", "/learn/test/pre/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"?next={url}")


def test_the_course_shows_its_topics_and_the_next_step(client_of, owner, course):
    page = client_of(owner).get("/learn/")
    assert [one.topic.slug for one in page.context["progress"].topics] == ["topic-1", "topic-2", "topic-3"]
    assert page.context["step"].kind == "pre"
    assert page.content.decode().count('class="btn btn-primary') == 1


def test_before_the_curriculum_is_loaded_the_page_says_so(client_of, owner):
    page = client_of(owner).get("/en/learn/")
    assert page.status_code == 200
    assert "The lessons are being prepared" in page.content.decode()


@pytest.mark.parametrize("topics", [1, 3])
def test_the_course_takes_the_same_queries_for_one_topic_and_for_three(
    client_of, owner, topics, django_assert_num_queries
):
    for number in range(1, topics + 1):
        topic = make_topic(number)
        make_quiz(f"check-{topic.slug}", topic)
        make_mission(topic, f"mission-{number}")
    client = client_of(owner)
    client.get("/learn/")
    with django_assert_num_queries(9):  # session, user, roles for the tabs, and six for the progress
        client.get("/learn/")


def test_a_topic_shows_lessons_in_the_language_of_the_page(client_of, owner, course):
    client = client_of(owner)
    assert [lesson.title for lesson in client.get("/learn/topic-1/").context["lessons"]] == ["Lesson 1.1 th"]
    assert [lesson.title for lesson in client.get("/en/learn/topic-1/").context["lessons"]] == ["Lesson 1.1 en"]


def test_a_lesson_offers_itself_in_the_other_language(client_of, owner, course):
    thai = client_of(owner).get("/learn/topic-1/1/").content.decode()
    assert '<a href="/en/learn/topic-1/1/" lang="en" hreflang="en">Read in English</a>' in thai
    english = client_of(owner).get("/en/learn/topic-1/1/").content.decode()
    assert '<a href="/learn/topic-1/1/" lang="th" hreflang="th">อ่านภาษาไทย</a>' in english


def test_a_lesson_that_is_missing_in_english_is_shown_in_thai(client_of, owner, course):
    make_lesson(course[0], 2, languages=("th",))
    page = client_of(owner).get("/en/learn/topic-1/2/")
    assert page.context["lesson"].title == "Lesson 1.2 th"
    assert '<article lang="th"' in page.content.decode()
    assert "Read in English" not in page.content.decode()


def test_a_lesson_leads_to_the_ones_before_and_after(client_of, owner, course):
    page = client_of(owner).get("/learn/topic-2/1/").context["page"]
    assert (page.previous.topic.slug, page.following.topic.slug) == ("topic-1", "topic-3")
    first = client_of(owner).get("/learn/topic-1/1/").context["page"]
    assert (first.previous, first.following.topic.slug) == (None, "topic-2")


def test_looking_at_a_lesson_does_not_mean_that_it_was_read(client_of, owner, course):
    client_of(owner).get("/learn/topic-1/1/")
    assert LessonRead.objects.count() == 0
    assert client_of(owner).get("/learn/topic-1/1/read/").status_code == 405


def test_having_read_leads_to_the_check(client_of, owner, course):
    answer = client_of(owner).post("/learn/topic-1/1/read/")
    assert answer["Location"] == "/learn/topic-1/check/"
    assert list(LessonRead.objects.values_list("user", "topic__slug", "number")) == [(owner.pk, "topic-1", 1)]


def test_having_read_leads_to_the_next_lesson_where_there_is_one(client_of, owner, course):
    make_lesson(course[0], 2)
    assert client_of(owner).post("/learn/topic-1/1/read/")["Location"] == "/learn/topic-1/2/"
    assert client_of(owner).post("/learn/topic-1/2/read/")["Location"] == "/learn/topic-1/check/"


def test_a_lesson_is_read_once(client_of, owner, course):
    client = client_of(owner)
    client.post("/learn/topic-1/1/read/")
    first = LessonRead.objects.get()
    client.post("/en/learn/topic-1/1/read/")
    assert list(LessonRead.objects.values_list("pk", "at")) == [(first.pk, first.at)]


@pytest.mark.parametrize(
    "path", ["no-such-topic/", "topic-1/2/", "topic-1/99999999999999999999/", "no-such/check/", "topic-1/1/nothing/"]
)
def test_what_does_not_exist_is_not_found(client_of, owner, course, path):
    assert client_of(owner).get(f"/learn/{path}").status_code == 404


def test_what_does_not_exist_cannot_be_read(client_of, owner, course):
    assert client_of(owner).post("/learn/topic-1/2/read/").status_code == 404
    assert LessonRead.objects.count() == 0


def test_every_shipped_lesson_is_shown_with_its_pictures(client_of, owner):
    load_real()
    client = client_of(owner)
    for prefix in ("", "/en"):
        for number, slug in enumerate(("platforms", "line-oa", "basics", "facebook-page", "market", "content",
                                       "photos", "legal", "good-crowds"), 1):  # fmt: skip
            page = client.get(f"{prefix}/learn/{slug}/1/").content.decode()
            assert "lesson:" not in page
            assert page.count(f'src="/static/learn/lessons/{number:02}-') == page.count("/static/learn/lessons/") > 0
            assert page.count('loading="lazy"') == page.count("/static/learn/lessons/")


def test_a_lesson_page_is_light(client_of, owner):
    import gzip

    load_real()
    page = client_of(owner).get("/learn/basics/1/").content
    assert len(gzip.compress(page)) < 14_000
