"""Checks, the pre-test and the post-test."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tourdee.core.models import AuditLine
from tourdee.learn import actions, queries
from tourdee.learn.models import Attempt, Question
from tourdee.people.models import User

from .factories import answers, make_course_tests, make_quiz, make_topic, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(1)


@pytest.fixture
def check(topic):
    return make_quiz("check-topic-1", topic)


@pytest.fixture
def tests(topic):
    return make_course_tests(topic)


def posted(client, url, right, **changes):
    """Opens a quiz and hands it in as a browser does."""
    form = client.get(url).context["form"]
    names = [name for name in form.fields if name.startswith("q-")]
    data = {"form_key": form.fields["form_key"].initial}
    data |= {name: "1" if place < right else "0" for place, name in enumerate(names)}
    return client.post(url, {**data, **changes})


# ------------------------------------------------------------------ a check
def test_a_check_is_marked_by_the_server(client_of, owner, check, at):
    answer = posted(client_of(owner), "/learn/topic-1/check/", right=4)
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.total, attempt.percent, attempt.purpose) == (4, 5, 80, "check")
    assert answer["Location"] == f"/learn/results/{attempt.public_id}/"


def test_the_result_of_a_check_explains_every_answer(client_of, owner, check, at):
    attempt = take(owner, "check", 3, at=at, quiz=check)
    page = client_of(owner).get(f"/en/learn/results/{attempt.public_id}/")
    result = page.context["result"]
    assert [one.is_right for one in result.answers] == [True, True, True, False, False]
    text = page.content.decode()
    assert [f"Because {number}" in text for number in range(1, 6)] == [True] * 5
    assert text.count("your answer, right") == 3
    assert text.count("(the right answer)") == 2


@pytest.mark.parametrize(("right", "passed"), [(3, False), (4, True), (5, True)])
def test_a_check_is_passed_with_four_out_of_five(owner, check, at, right, passed):
    assert queries.result_of_attempt(take(owner, "check", right, at=at, quiz=check)).passed is passed


def test_a_check_may_be_taken_as_often_as_one_likes(owner, check, at):
    for _ in range(5):
        take(owner, "check", 2, at=at, quiz=check)
    assert sorted(Attempt.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_an_unanswered_question_is_shown_and_the_other_answers_are_kept(client_of, owner, check):
    client = client_of(owner)
    form = client.get("/en/learn/topic-1/check/").context["form"]
    data = {"form_key": form.fields["form_key"].initial, "q-check-topic-1-1": "1", "q-check-topic-1-2": "2"}
    page = client.post("/en/learn/topic-1/check/", data)
    assert page.context["form"].errors == {
        f"q-check-topic-1-{number}": ["Please choose an answer."] for number in (3, 4, 5)
    }
    assert page.content.decode().count("checked") == 2
    assert Attempt.objects.count() == 0
    assert page.context["form"]["form_key"].value() == data["form_key"]


def test_every_attempt_leaves_an_audit_line_and_an_event(owner, check, at, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    attempt = take(owner, "check", 4, at=at, quiz=check)
    line = AuditLine.objects.get()
    assert (line.act, line.subject_id, line.actor) == ("quiz_handed_in", attempt.public_id, owner.public_id)
    assert line.text == "Handed in check-topic-1: 4 of 5 right (80 %)"
    assert [(event.user, event.test, event.score) for event in told] == [(owner.public_id, "check-topic-1", 80)]


def test_an_old_result_does_not_lie_after_the_questions_were_rewritten(owner, check, at):
    attempt = take(owner, "check", 5, at=at, quiz=check)
    question = Question.objects.first()
    question.choices = [{"th": "ก", "en": "A", "correct": True}, {"th": "ข", "en": "B", "correct": False}]
    question.save()
    result = queries.result_of_attempt(attempt)
    assert (result.attempt.right, result.answers) == (5, [])


# ------------------------------------------------------------------ forms A and B
def test_half_of_the_people_begin_with_a_and_half_with_b_and_then_change_over(tests, db):
    people = [User.objects.create_user(f"learner{n}@example.org") for n in range(40)]
    pre = [queries.course_test_for(one, "pre").slug for one in people]
    post = [queries.course_test_for(one, "post").slug for one in people]
    assert sorted(pre) == ["course-test-a"] * 20 + ["course-test-b"] * 20
    assert all(first != second for first, second in zip(pre, post, strict=True))
    assert pre == [queries.course_test_for(one, "pre").slug for one in people]


# ------------------------------------------------------------------ pre-test, then post-test
def test_the_pre_test_is_taken_once(client_of, owner, tests):
    client = client_of(owner)
    first = posted(client, "/learn/test/pre/", right=2)
    again = client.get("/learn/test/pre/")
    assert again.status_code == 302
    assert again["Location"] == first["Location"]


def test_the_same_form_handed_in_twice_is_the_same_attempt(owner, tests, at):
    first = take(owner, "pre", 2, at=at, key="the-form")
    assert take(owner, "pre", 2, at=at + timedelta(minutes=1), key="the-form") == first
    assert AuditLine.objects.count() == 1
    with pytest.raises(actions.OtherAnswers):
        take(owner, "pre", 3, at=at, key="the-form")


def test_a_second_pre_test_is_refused(owner, tests, at):
    take(owner, "pre", 2, at=at)
    with pytest.raises(actions.NoAttemptsLeft):
        take(owner, "pre", 4, at=at)
    assert queries.pre_test_percent(owner) == 50


def test_the_post_test_comes_after_the_pre_test(client_of, owner, tests, at):
    with pytest.raises(actions.PreTestFirst):
        take(owner, "post", 4, at=at)
    assert client_of(owner).get("/learn/test/post/")["Location"] == "/learn/test/pre/"
    assert Attempt.objects.count() == 0


def test_the_post_test_may_be_taken_three_times_and_the_best_counts(owner, tests, at):
    take(owner, "pre", 1, at=at)
    for right in (2, 3, 1):
        take(owner, "post", right, at=at)
    with pytest.raises(actions.NoAttemptsLeft):
        take(owner, "post", 4, at=at)
    assert queries.post_test_percent(owner) == 75
    assert queries.best_attempt(owner, "post").right == 3


def test_who_has_used_all_attempts_sees_the_best_result(client_of, owner, tests, at):
    take(owner, "pre", 1, at=at)
    best = [take(owner, "post", right, at=at) for right in (1, 3, 2)][1]
    assert client_of(owner).get("/learn/test/post/")["Location"] == f"/learn/results/{best.public_id}/"


def test_the_pre_test_never_shows_the_right_answers(client_of, owner, tests, at):
    attempt = take(owner, "pre", 1, at=at)
    page = client_of(owner).get(f"/en/learn/results/{attempt.public_id}/")
    assert page.context["result"].answers == []
    assert "Because" not in page.content.decode()
    assert [(score.topic.number, score.right, score.total) for score in page.context["result"].topics] == [(1, 1, 4)]


def test_the_post_test_shows_the_right_answers_after_the_last_attempt(owner, tests, at):
    take(owner, "pre", 1, at=at)
    shown = []
    for _ in range(3):
        attempt = take(owner, "post", 2, at=at)
        shown.append(len(queries.result_of_attempt(attempt).answers))
    assert shown == [0, 0, 4]


def test_a_full_score_in_the_post_test_is_explained_at_once(owner, tests, at):
    take(owner, "pre", 1, at=at)
    assert len(queries.result_of_attempt(take(owner, "post", 4, at=at)).answers) == 4


def test_per_cents_are_rounded_down(topic, owner, at):
    make_course_tests(topic, 7)
    take(owner, "pre", 4, at=at)
    assert queries.pre_test_percent(owner) == 57  # 57.14; and 4 of 7 is never 58


def test_only_attempts_since_a_day_count_when_asked_so(owner, tests, at):
    take(owner, "pre", 1, at=at - timedelta(days=40))
    take(owner, "post", 4, at=at - timedelta(days=30))
    take(owner, "post", 2, at=at)
    assert queries.post_test_percent(owner) == 100
    assert queries.post_test_percent(owner, at - timedelta(days=1)) == 50
    assert queries.post_test_percent(owner, at + timedelta(days=1)) is None


def test_forty_learners_take_one_query(tests, at, django_assert_num_queries):
    people = [User.objects.create_user(f"learner{n}@example.org") for n in range(40)]
    for number, one in enumerate(people[:30]):
        take(one, "pre", 1, at=at)
        take(one, "post", number % 5, at=at)
    with django_assert_num_queries(1):
        post = queries.post_test_percents(people, at)
    assert post == {one.pk: 25 * (number % 5) for number, one in enumerate(people[:30])}
    with django_assert_num_queries(1):
        assert set(queries.pre_test_percents(people).values()) == {25}


# ------------------------------------------------------------------ what stands behind the rules
@pytest.mark.parametrize(("purpose", "number"), [("pre", 2), ("post", 4)])
def test_the_database_itself_refuses_one_attempt_too_many(owner, tests, at, purpose, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(user=owner, quiz=tests[0], purpose=purpose, number=number, idempotency_key="x",
                               answers={}, right=0, total=4, at=at)  # fmt: skip


def test_two_attempts_at_the_same_moment_cannot_both_be_the_third(owner, tests, at, monkeypatch):
    take(owner, "pre", 1, at=at)
    take(owner, "post", 1, at=at)
    take(owner, "post", 1, at=at)
    quiz = queries.course_test_for(owner, "post")
    mark = actions.quizzes._mark

    def mark_while_a_rival_hands_in(*given):
        """What another request commits after this one has counted the attempts."""
        Attempt.objects.create(user=owner, quiz=quiz, purpose="post", number=3, idempotency_key="rival",
                               answers={}, right=0, total=4, at=at)  # fmt: skip
        return mark(*given)

    monkeypatch.setattr("tourdee.learn.actions.quizzes._mark", mark_while_a_rival_hands_in)
    with pytest.raises(actions.NoAttemptsLeft):
        take(owner, "post", 4, at=at)


def test_answers_that_do_not_fit_the_quiz_are_refused(owner, check, at):
    good = answers(check, 5)
    first = next(iter(good))
    for bad in (
        {**good, "strange": 0},
        {k: v for k, v in good.items() if k != first},
        {**good, first: 3},
        {**good, first: -1},
    ):
        with pytest.raises(actions.UnknownAnswers):
            actions.hand_in(user=owner, quiz=check, purpose="check", answers=bad, key="k", at=at)
    assert Attempt.objects.count() == 0


def test_another_persons_result_is_not_found(client_of, owner, stranger, check, at):
    attempt = take(owner, "check", 5, at=at, quiz=check)
    assert client_of(stranger).get(f"/learn/results/{attempt.public_id}/").status_code == 404


def test_without_a_curriculum_a_test_leads_back_to_the_course(client_of, owner):
    assert client_of(owner).get("/learn/test/pre/")["Location"] == "/learn/"


@pytest.mark.parametrize("questions", [1, 3])
def test_a_check_takes_the_same_queries_for_one_question_and_for_three(
    client_of, owner, topic, questions, django_assert_num_queries
):
    make_quiz("check-topic-1", topic, questions)
    client = client_of(owner)
    client.get("/learn/topic-1/check/")
    with django_assert_num_queries(7):  # session, user, roles, topic, quiz, questions, their number
        client.get("/learn/topic-1/check/")
