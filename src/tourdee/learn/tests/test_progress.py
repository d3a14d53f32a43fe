"""How far somebody has come, and the one next step."""

import pytest
from django.utils import translation

from tourdee import events
from tourdee.learn import actions, queries
from tourdee.learn.models import Mission

from .factories import make_course_tests, make_mission, make_quiz, make_topic, submit, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """Two topics, each with a lesson, a check and a required mission; the second waits for others as well."""
    topics = [make_topic(1), make_topic(2)]
    for topic in topics:
        make_quiz(f"check-{topic.slug}", topic)
    make_mission(topics[0], "shop-opened", evidence="event")
    make_mission(topics[1], "a-post")
    make_mission(topics[1], "papers-complete", evidence="event", waits_for_others=True, position=2)
    make_mission(topics[1], "extra", required=False, position=3)
    make_course_tests(topics[0])
    return topics


def step(user):
    with translation.override("th"):
        found = queries.next_step(user)
    return found.kind, found.url


def tick(user, slug, at):
    event = events.ShopOpened(user=user.public_id, shop="s")
    actions.complete_mission_by_event(user_public_id=user.public_id, slug=slug, event=event, at=at)


def test_the_next_step_walks_through_the_whole_course(course, owner, instructor, at):
    assert step(owner) == ("pre", "/learn/test/pre/")
    take(owner, "pre", 1, at=at)
    assert step(owner) == ("lesson", "/learn/topic-1/1/")
    actions.mark_lesson_read(user=owner, topic=course[0], number=1, at=at)
    assert step(owner) == ("check", "/learn/topic-1/check/")
    take(owner, "check", 3, at=at, quiz=course[0].check_quiz)
    assert step(owner) == ("check", "/learn/topic-1/check/")
    take(owner, "check", 4, at=at, quiz=course[0].check_quiz)
    assert step(owner) == ("mission", "/learn/missions/shop-opened/")
    tick(owner, "shop-opened", at)
    actions.mark_lesson_read(user=owner, topic=course[1], number=1, at=at)
    take(owner, "check", 5, at=at, quiz=course[1].check_quiz)
    assert step(owner) == ("mission", "/learn/missions/a-post/")
    sent = submit(owner, Mission.objects.get(slug="a-post"), at=at)
    assert step(owner) == ("post", "/learn/test/post/")
    actions.return_mission(progress=sent, reviewer=instructor, seen=at, comment="More", at=at)
    assert step(owner) == ("mend", "/learn/missions/a-post/")
    sent = submit(owner, Mission.objects.get(slug="a-post"), at=at)
    actions.accept_mission(progress=sent, reviewer=instructor, seen=at, comment="", at=at)
    take(owner, "post", 4, at=at)
    assert step(owner) == ("wait", "/learn/missions/papers-complete/")
    tick(owner, "papers-complete", at)
    assert step(owner) == ("finished", "/learn/missions/")
    assert queries.progress_of(owner).percent == 100


def test_without_a_curriculum_there_is_no_step(owner):
    assert step(owner) == ("nothing", "/learn/")


def test_the_progress_of_a_beginner(course, owner):
    progress = queries.progress_of(owner)
    assert (progress.lessons, progress.lessons_read, progress.checks_passed) == (2, 0, 0)
    assert (progress.pre_percent, progress.post_percent, progress.post_attempts) == (None, None, 0)
    assert progress.required_missions == (0, 3)
    assert progress.percent == 0
    assert [one.is_begun for one in progress.topics] == [False, False]


def test_progress_counts_what_was_done(course, owner, at):
    take(owner, "pre", 2, at=at)
    actions.mark_lesson_read(user=owner, topic=course[0], number=1, at=at)
    take(owner, "check", 5, at=at, quiz=course[0].check_quiz)
    take(owner, "check", 1, at=at, quiz=course[0].check_quiz)
    tick(owner, "shop-opened", at)
    progress = queries.progress_of(owner)
    first, second = progress.topics
    assert (first.is_read, first.check_percent, first.check_passed, first.missions_done, first.is_done) == (
        True, 100, True, 1, True,
    )  # fmt: skip
    assert (second.is_begun, second.is_done) == (False, False)
    assert (progress.pre_percent, progress.percent) == (50, 100 * 4 // 9)


def test_nobodys_progress_is_mixed_with_anothers(course, owner, teammate, at):
    take(teammate, "pre", 4, at=at)
    actions.mark_lesson_read(user=teammate, topic=course[0], number=1, at=at)
    take(teammate, "check", 5, at=at, quiz=course[0].check_quiz)
    tick(teammate, "shop-opened", at)
    assert queries.progress_of(owner).percent == 0


def test_reading_a_lesson_that_is_no_longer_there_does_not_count(course, owner, at):
    actions.mark_lesson_read(user=owner, topic=course[0], number=7, at=at)
    assert queries.progress_of(owner).lessons_read == 0


def test_progress_takes_six_queries(course, owner, at, django_assert_num_queries):
    take(owner, "pre", 1, at=at)
    with django_assert_num_queries(6):
        queries.progress_of(owner)
