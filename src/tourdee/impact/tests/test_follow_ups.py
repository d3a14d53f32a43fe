"""The questions after the course: when they are asked, who may answer, what becomes of an answer."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine
from tourdee.events import FollowUpDue, PersonErased, publish
from tourdee.programme.tests.factories import make_programme

from ..actions import answer_follow_up, months_after, plan_follow_ups
from ..models import FollowUp
from ..periodic import ask_again
from ..queries import due_unanswered
from .factories import asked, decided, make_finished_cohort, make_learner

pytestmark = pytest.mark.django_db

MORE, LESS, NONE = FollowUp.Answer.EARNS_MORE, FollowUp.Answer.EARNS_LESS, FollowUp.Answer.NONE


@pytest.fixture
def cohort(office):
    """Over since 12 August 2026."""
    return make_finished_cohort(office)


@pytest.fixture
def passer(cohort, officer):
    """Somebody who passed."""
    learner = make_learner(cohort, "มะลิ ดอกไม้")
    decided(learner, officer)
    return learner


@pytest.fixture
def question(passer):
    """What the passer is asked after three months."""
    return asked(passer, NONE)


@pytest.fixture
def stranger_office(other_office, other_officer):
    """A question of the other office."""
    cohort = make_finished_cohort(other_office, programme=make_programme(other_office))
    learner = make_learner(cohort, "นกขมิ้น ลับเฉพาะ")
    decided(learner, other_officer)
    return asked(learner, NONE)


def planned():
    return list(FollowUp.objects.order_by("enrolment_id", "months").values_list("months", "due_on"))


# ------------------------------------------------------------------ when
@pytest.mark.parametrize(
    ("ended", "months", "due"),
    [
        (date(2026, 8, 12), 3, date(2026, 11, 12)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 10, 31), 6, date(2027, 4, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
    ],
)
def test_months_after_a_months_end(ended, months, due):
    assert months_after(ended, months) == due


def test_a_question_is_planned_on_the_day_on_which_it_is_due(passer):
    assert plan_follow_ups(at=at_bangkok(date(2026, 11, 11), 23)) == 0
    assert plan_follow_ups(at=at_bangkok(date(2026, 11, 12), 0)) == 1
    assert planned() == [(3, date(2026, 11, 12))]


def test_a_course_that_ended_at_a_months_end_is_asked_on_the_last_of_february(office, officer):
    learner = make_learner(make_finished_cohort(office, ends_on=date(2026, 11, 30)), "มะลิ")
    decided(learner, officer)
    assert plan_follow_ups(at=at_bangkok(date(2027, 2, 27), 12)) == 0
    assert plan_follow_ups(at=at_bangkok(date(2027, 2, 28), 12)) == 1


def test_planning_twice_is_planning_once(passer, at):
    assert (plan_follow_ups(at=at), plan_follow_ups(at=at)) == (1, 0)
    assert planned() == [(3, date(2026, 11, 12))]


def test_an_answer_outlives_the_next_planning(passer, at):
    plan_follow_ups(at=at)
    FollowUp.objects.update(answer=MORE, answered_at=at)
    assert plan_follow_ups(at=at_bangkok(date(2027, 8, 12), 9)) == 2
    assert list(FollowUp.objects.order_by("months").values_list("months", "answer")) == [
        (3, "earns_more"), (6, "none"), (12, "none"),
    ]  # fmt: skip


def test_only_who_passed_and_kept_the_seat_is_asked(cohort, officer, passer, at):
    decided(make_learner(cohort, "ไม่ผ่าน"), officer, passed=False)
    make_learner(cohort, "ไม่ตัดสิน")
    gone = make_learner(cohort, "คืนที่นั่ง")
    decided(gone, officer)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    plan_follow_ups(at=at)
    assert list(FollowUp.objects.values_list("enrolment__name", flat=True)) == ["มะลิ ดอกไม้"]


@pytest.mark.parametrize("learners", [1, 3])
def test_planning_asks_the_database_as_often_for_three_as_for_one(
    learners, cohort, officer, at, django_assert_num_queries
):
    for number in range(learners):
        decided(make_learner(cohort, f"ผู้เรียน {number}"), officer)
    with django_assert_num_queries(6 + learners):  # one task for each message
        plan_follow_ups(at=at)


# ------------------------------------------------------------------ the message
def test_a_learner_is_written_to_once_in_thai(passer, at, deliver_events, settings):
    ask_again(at)
    ask_again(at)
    deliver_events()
    (letter,) = mail.outbox
    row = FollowUp.objects.get()
    assert letter.to == [passer.user.email]
    assert letter.subject == "หลังเรียนจบแล้ว เป็นอย่างไรบ้าง"
    assert letter.body.startswith("เรียน คุณมะลิ ดอกไม้\n\nผ่านไป 3 เดือนแล้วหลังจบหลักสูตร")
    assert f"{settings.SITE_URL}/office/impact/follow-ups/{row.public_id}/" in letter.body


def test_a_learner_who_reads_english_is_written_to_in_english(passer, at, deliver_events, settings):
    passer.user.language = "en"
    passer.user.save(update_fields=["language"])
    ask_again(at)
    deliver_events()
    (letter,) = mail.outbox
    assert letter.subject == "How is it going since the course?"
    assert "3 months have passed since the course." in letter.body
    assert f"{settings.SITE_URL}/en/office/impact/follow-ups/{FollowUp.objects.get().public_id}/" in letter.body


def test_a_learner_without_e_mail_gets_an_sms(passer, at, deliver_events, caplog):
    passer.user.email = None
    passer.user.save(update_fields=["email"])
    caplog.set_level("INFO", "tourdee.people.sms")
    ask_again(at)
    deliver_events()
    assert mail.outbox == []
    assert "TourDee: หลังเรียนจบเป็นอย่างไรบ้าง มีคำถามเดียว ตอบที่ http" in caplog.text


def test_who_has_three_new_questions_at_once_is_written_to_about_the_last(passer, deliver_events):
    assert plan_follow_ups(at=at_bangkok(date(2027, 9, 1), 9)) == 3
    deliver_events()
    (letter,) = mail.outbox
    assert FollowUp.objects.get(months=12).public_id in letter.body


def test_a_message_that_is_delivered_twice_is_sent_once(question, deliver_events):
    happened = FollowUpDue(user=question.enrolment.user.public_id, follow_up=question.public_id)
    publish(happened)
    publish(happened)
    deliver_events()
    assert len(mail.outbox) == 1


def test_who_has_answered_meanwhile_is_not_written_to(passer, officer, at, deliver_events):
    ask_again(at)
    answer_follow_up(follow_up=FollowUp.objects.get(), answer=MORE, income_satang=None, note="", by=officer, at=at)
    deliver_events()
    assert mail.outbox == []


def test_a_planning_that_fails_tells_nobody(passer, at, monkeypatch):
    monkeypatch.setattr("tourdee.impact.actions.publish", lambda _happened: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        plan_follow_ups(at=at)
    assert (FollowUp.objects.count(), DBTaskResult.objects.count()) == (0, 0)


# ------------------------------------------------------------------ answers
def test_an_answer_is_kept_with_a_line_of_audit(question, client_of):
    learner = question.enrolment.user
    page = client_of(learner).post(
        reverse("follow_up", args=[question.public_id]),
        {"answer": "earns_more", "income_satang": "๑๒,๕๐๐", "note": "ลูกค้าจองผ่านลิงก์"},
    )
    assert (page.status_code, page["Location"]) == (302, reverse("my_follow_ups"))
    question.refresh_from_db()
    assert (question.answer, question.income_satang, question.note) == ("earns_more", 1250000, "ลูกค้าจองผ่านลิงก์")
    assert question.recorded_by == learner
    line = AuditLine.objects.get(act="follow_up.answered")
    assert (line.actor, line.text) == (learner.public_id, "ติดตามผล 3 เดือน: มะลิ ดอกไม้ earns_more")


def test_a_later_answer_replaces_the_first_and_both_are_in_the_audit(question, officer, client_of):
    address = reverse("follow_up", args=[question.public_id])
    client_of(question.enrolment.user).post(address, {"answer": "earns_less"})
    page = client_of(officer).post(address, {"answer": "earns_more"})
    assert page["Location"] == reverse("follow_ups")
    question.refresh_from_db()
    assert (question.answer, question.recorded_by) == ("earns_more", officer)
    lines = AuditLine.objects.filter(act="follow_up.answered").order_by("pk")
    assert [line.data for line in lines] == [{"answer": "earns_less"}, {"answer": "earns_more"}]


def test_the_answer_given_before_stands_in_the_form(question, client_of, at):
    FollowUp.objects.update(answer=LESS, note="ช่วงฝนแขกน้อย", answered_at=at)
    html = client_of(question.enrolment.user).get(reverse("follow_up", args=[question.public_id])).content.decode()
    assert "ช่วงฝนแขกน้อย" in html
    assert 'value="earns_less"' in html.split("checked")[0].rsplit("<input", 1)[1]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_question_exists_for_the_learner_and_the_own_office_only(
    method, question, stranger_office, officer, other_officer, instructor, stranger, teammate, client_of
):
    def status(user, row):
        ask = getattr(client_of(user), method)
        return ask(reverse("follow_up", args=[row.public_id]), {"answer": "earns_more"}).status_code

    done = 200 if method == "get" else 302
    assert [status(user, question) for user in (question.enrolment.user, officer)] == [done, done]
    foreign = [other_officer, instructor, stranger, teammate, stranger_office.enrolment.user]
    FollowUp.objects.update(answer=NONE)
    assert [status(user, question) for user in foreign] == [404] * 5
    assert status(officer, stranger_office) == 404
    assert list(FollowUp.objects.values_list("answer", flat=True)) == ["none", "none"]


def test_an_unknown_question_is_not_found(officer, client_of):
    assert client_of(officer).get(reverse("follow_up", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"answer": "", "note": "ยังไม่แน่ใจ"}, "answer"),
        ({"answer": "none", "note": "ยังไม่แน่ใจ"}, "answer"),
        ({"answer": "rich", "note": "ยังไม่แน่ใจ"}, "answer"),
        ({"answer": "earns_more", "income_satang": "-5", "note": "ยังไม่แน่ใจ"}, "income_satang"),
        ({"answer": "earns_more", "income_satang": "เยอะ", "note": "ยังไม่แน่ใจ"}, "income_satang"),
        ({"answer": "earns_more", "income_satang": "1e9", "note": "ยังไม่แน่ใจ"}, "income_satang"),
        ({"answer": "earns_more", "income_satang": "9" * 30, "note": "ยังไม่แน่ใจ"}, "income_satang"),
    ],
)
def test_bad_input_is_refused_at_the_field_and_what_was_typed_is_kept(typed, field, question, client_of):
    page = client_of(question.enrolment.user).post(reverse("follow_up", args=[question.public_id]), typed)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    html = page.content.decode()
    assert "ยังไม่แน่ใจ" in html
    if typed.get("income_satang"):
        assert f'value="{typed["income_satang"]}"' in html
    question.refresh_from_db()
    assert (question.answer, question.answered_at) == ("none", None)


def test_a_model_field_posted_along_is_ignored(question, client_of):
    """Mass assignment: whose question it is and when it is due cannot be typed."""
    typed = {"answer": "earns_more", "months": "12", "enrolment": "999", "public_id": "mine", "recorded_by": "999"}
    client_of(question.enrolment.user).post(reverse("follow_up", args=[question.public_id]), typed)
    after = FollowUp.objects.get()
    assert (after.months, after.enrolment, after.public_id) == (3, question.enrolment, question.public_id)
    assert after.recorded_by == question.enrolment.user


def test_words_of_somebody_forgotten_go_and_the_count_stays(question, deliver_events):
    FollowUp.objects.update(answer=MORE, note="โทรหาสมศรี 081-000-0000")
    publish(PersonErased(user=question.enrolment.user.public_id))
    deliver_events()
    question.refresh_from_db()
    assert (question.note, question.answer) == ("", "earns_more")


# ------------------------------------------------------------------ lists
def test_the_officers_list_shows_the_own_office_and_who_has_not_answered(question, stranger_office, officer, client_of):
    cohort = question.enrolment.cohort
    asked(make_learner(cohort, "ตอบแล้ว จ้า"), LESS)
    client = client_of(officer)
    open_ones = client.get(reverse("follow_ups"))
    assert [row.enrolment.name for row in open_ones.context["page"]] == ["มะลิ ดอกไม้"]
    every_one = client.get(reverse("follow_ups"), {"show": "all"})
    assert [row.enrolment.name for row in every_one.context["page"]] == ["มะลิ ดอกไม้", "ตอบแล้ว จ้า"]
    html = every_one.content.decode()
    assert "รายได้ลดลง" in html
    assert "ลับเฉพาะ" not in html


def test_the_officers_list_is_searched_by_name_and_cohort(question, officer, client_of):
    asked(make_learner(question.enrolment.cohort, "บัว นาข้าว"), NONE)
    client = client_of(officer)

    def found(words):
        return [row.enrolment.name for row in client.get(reverse("follow_ups"), {"q": words}).context["page"]]

    assert found("นาข้าว") == ["บัว นาข้าว"]
    assert found(question.enrolment.cohort.name_th) == ["มะลิ ดอกไม้", "บัว นาข้าว"]
    assert found("ไม่มีใคร") == []
    assert found("\0\u202e%") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_officers_list_asks_as_often_for_three_as_for_one(
    rows, cohort, officer, client_of, django_assert_num_queries
):
    for number in range(rows):
        asked(make_learner(cohort, f"ผู้เรียน {number}"), NONE)
    client = client_of(officer)
    client.get(reverse("follow_ups"))
    with django_assert_num_queries(6):
        client.get(reverse("follow_ups"))


def test_a_page_beyond_the_last_is_the_last(question, officer, client_of):
    client = client_of(officer)
    for typed in ("99", "x", "-1"):
        page = client.get(reverse("follow_ups"), {"page": typed})
        assert [row.enrolment.name for row in page.context["page"]] == ["มะลิ ดอกไม้"]


def test_the_learners_list_is_the_learners_own(question, stranger_office, client_of):
    page = client_of(question.enrolment.user).get(reverse("my_follow_ups"))
    assert list(page.context["rows"]) == [question]
    empty = client_of(make_learner(question.enrolment.cohort, "ใหม่").user).get(reverse("my_follow_ups"))
    assert "ยังไม่มีคำถาม" in empty.content.decode()


@pytest.mark.parametrize("who", ["stranger", "instructor", "teammate"])
def test_the_list_of_calls_does_not_exist_for_others(who, request, client_of):
    assert client_of(request.getfixturevalue(who)).get(reverse("follow_ups")).status_code == 404


def test_the_newest_unanswered_question_waits_for_the_learner(question, passer, at):
    assert due_unanswered(passer.user) == question
    later = asked(passer, NONE, months=6, due_on=date(2026, 11, 20))
    assert due_unanswered(passer.user) == later
    FollowUp.objects.update(answered_at=at)
    assert due_unanswered(passer.user) is None


def test_who_is_not_signed_in_is_asked_to(client, question):
    for address in ("follow_ups", "my_follow_ups"):
        assert client.get(reverse(address))["Location"].startswith(reverse("account_login"))
    answer = client.post(reverse("follow_up", args=[question.public_id]), {"answer": "earns_more"})
    assert answer["Location"].startswith(reverse("account_login"))
