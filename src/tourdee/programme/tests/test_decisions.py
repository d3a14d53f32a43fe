"""Who passes: the rule, its dates, the copy that a decision keeps, and the desk."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from tourdee.core.models import AuditLine, DatedSetting
from tourdee.programme import actions, queries
from tourdee.programme.models import Decision

from .factories import make_cohort
from .learning import do_missions, make_missions, take_post_test
from .pages import english

pytestmark = pytest.mark.django_db


@pytest.fixture
def missions(db):
    return make_missions(2)


@pytest.fixture
def learner(session, missions, officer, at):
    """``learner(enrolment, …)``: somebody who did so much of the course; by default all of it."""

    def learn(enrolment, *, away: int = 0, percent: int | None = 100, done: int = 2):
        mark = actions.Mark(enrolment=enrolment, present=True, away_minutes=away)
        actions.save_register(session=session, marks=[mark], by=officer, at=at)
        if percent is not None:
            take_post_test(enrolment.user, percent, at=at)
        do_missions(enrolment.user, missions[:done], at=at)
        return enrolment

    return learn


def set_rule(office, officer, at, **values) -> None:
    rule = {
        "valid_from": date(2026, 1, 1),
        "hours_percent": 80,
        "post_test_percent": 60,
        "missions": "required",
        "source": "ระเบียบของหน่วยงาน",
        "confirmed": True,
    }
    actions.set_pass_rule(office=office, by=officer, at=at, **{**rule, **values})


# ------------------------------------------------------------------ the rule applied
@pytest.mark.parametrize(
    ("away", "percent", "done", "missing"),
    [
        (0, 100, 2, []),
        (36, 60, 2, []),  # 144 of 180 minutes are 80 % exactly
        (37, 60, 2, ["hours"]),
        (0, 59, 2, ["post_test"]),
        (0, None, 2, ["post_test"]),
        (0, 100, 1, ["missions"]),
        (180, 0, 0, ["hours", "post_test", "missions"]),
    ],
)
def test_the_rule_decides(seat, learner, officer, at, away, percent, done, missing):
    learner(seat, away=away, percent=percent, done=done)
    line = queries.decision_desk(seat.cohort).lines[0]
    assert line.missing == missing
    decision = actions.decide(enrolment=seat, by=officer, at=at)
    assert decision.passed is not bool(missing)


def test_a_decision_keeps_a_copy_of_rule_and_figures(seat, learner, officer, office, at):
    set_rule(office, officer, at, hours_percent=70)
    learner(seat, away=30, percent=75, done=2)
    decision = actions.decide(enrolment=seat, by=officer, at=at)
    assert (decision.passed, decision.decided_by, decision.decided_at) == (True, officer, at)
    assert decision.rule == {
        "hours_percent": 70,
        "post_test_percent": 60,
        "missions": "required",
        "valid_from": "2026-01-01",
        "source": "ระเบียบของหน่วยงาน",
        "confirmed": True,
    }
    assert decision.figures == {
        "minutes": 150,
        "course_minutes": 180,
        "hours_percent": 83,
        "post_test_percent": 75,
        "missions_done": 2,
        "missions_required": 2,
    }


def test_without_a_rule_of_its_own_the_office_has_the_first_one_marked_as_unconfirmed(seat):
    rule = queries.pass_rule_of(seat.cohort)
    assert (rule.hours_percent, rule.post_test_percent, rule.missions, rule.confirmed) == (80, 60, "required", False)
    assert "ยังไม่ยืนยัน" in rule.source


def test_seeding_the_rules_twice_is_once_and_keeps_what_is_there(db):
    DatedSetting.objects.create(key="pass_rule", valid_from=date(2020, 1, 1), value={"x": 1}, source="own")
    actions.ensure_rules()
    actions.ensure_rules()
    assert sorted(DatedSetting.objects.values_list("key", "source"))[1] == ("pass_rule", "own")
    assert DatedSetting.objects.count() == 2


def test_the_rule_of_the_first_day_holds_for_the_whole_cohort(office, officer, seat, at):
    set_rule(office, officer, at, valid_from=seat.cohort.starts_on, hours_percent=90)
    set_rule(office, officer, at, valid_from=seat.cohort.starts_on + timedelta(days=1), hours_percent=50)
    assert queries.pass_rule_of(seat.cohort).hours_percent == 90


def test_a_rule_of_another_office_does_not_count(other_office, other_officer, seat, at):
    set_rule(other_office, other_officer, at, hours_percent=1)
    assert queries.pass_rule_of(seat.cohort).hours_percent == 80


def test_a_rule_is_not_overwritten(office, officer, seat, at):
    set_rule(office, officer, at, hours_percent=70)
    with pytest.raises(actions.RuleExists):
        set_rule(office, officer, at, hours_percent=10)
    assert queries.pass_rule_of(seat.cohort).hours_percent == 70


def test_a_post_test_from_before_the_course_does_not_count(seat, learner, officer, at):
    learner(seat, percent=None)
    take_post_test(seat.user, 100, at=seat.at - timedelta(seconds=1))
    assert queries.decision_desk(seat.cohort).lines[0].figures.post_test_percent is None
    take_post_test(seat.user, 64, at=seat.at)
    assert queries.decision_desk(seat.cohort).lines[0].figures.post_test_percent == 64


# ------------------------------------------------------------------ deciding
def test_deciding_again_follows_the_figures_until_a_certificate_is_issued(seat, learner, officer, at, missions):
    learner(seat, done=1)
    assert actions.decide(enrolment=seat, by=officer, at=at).passed is False
    do_missions(seat.user, missions[1:], at=at)
    assert queries.decision_desk(seat.cohort).lines[0].is_outdated is True
    assert actions.decide(enrolment=seat, by=officer, at=at).passed is True
    assert Decision.objects.count() == 1
    assert AuditLine.objects.filter(act="decision.made").count() == 2


def test_a_certificate_closes_the_decision(seat, learner, officer, at, signed):
    learner(seat)
    actions.decide(enrolment=seat, by=officer, at=at)
    actions.issue_certificates(cohort=seat.cohort, by=officer, at=at)
    with pytest.raises(actions.HasCertificate):
        actions.decide(enrolment=seat, by=officer, at=at)
    assert actions.decide_all(cohort=seat.cohort, by=officer, at=at) == 0


def test_deciding_all_twice_is_once(seats, learner, officer, at):
    ann, ben, _cho = seats(3)
    learner(ann)
    learner(ben, percent=10)
    cohort = ann.cohort
    assert actions.decide_all(cohort=cohort, by=officer, at=at) == 3
    assert actions.decide_all(cohort=cohort, by=officer, at=at + timedelta(hours=1)) == 0
    outcomes = Decision.objects.order_by("enrolment__seat_number").values_list("passed", "decided_at")
    assert list(outcomes) == [(True, at), (False, at), (False, at)]


def test_each_decision_is_told(seat, learner, officer, at, monkeypatch):
    learner(seat)
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    actions.decide(enrolment=seat, by=officer, at=at)
    assert [(one.user, one.enrolment, one.passed) for one in told] == [
        (seat.user.public_id, seat.public_id, True),
    ]


# ------------------------------------------------------------------ the desk
def test_the_desk_shows_what_is_missing_and_that_the_rule_is_unconfirmed(seats, learner, officer, client_of, clock):
    ann, ben = seats(2)
    learner(ann)
    learner(ben, away=60, percent=40, done=0)
    page = client_of(officer).get(english("decisions", ann.cohort.slug)).content.decode()
    assert "Not confirmed yet" in page
    assert "ค่าเริ่มต้นของระบบ ยังไม่ยืนยัน" in page
    assert "missing: hours, post-test, missions" in page.replace("</span>", "")
    assert "2 (66 %)" in page


def test_the_desk_decides_all_and_one(seats, learner, officer, client_of, clock):
    ann, ben = seats(2)
    learner(ann)
    client = client_of(officer)
    answer = client.post(english("decide_learner", ann.cohort.slug, ann.public_id), follow=True)
    assert f"{ann.name} passed." in answer.content.decode()
    answer = client.post(english("decide_all", ann.cohort.slug), follow=True)
    assert "1 decision was made." in answer.content.decode()
    answer = client.post(english("decide_all", ann.cohort.slug), follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert list(Decision.objects.order_by("enrolment__seat_number").values_list("enrolment", "passed")) == [
        (ann.pk, True),
        (ben.pk, False),
    ]


def test_the_table_says_what_the_screen_says(seats, learner, officer, client_of, clock):
    ann, ben = seats(2)
    learner(ann, away=15, percent=88)
    learner(ben, percent=None, done=1)
    client = client_of(officer)
    client.post(english("decide_all", ann.cohort.slug))
    text = client.get(english("decisions_export", ann.cohort.slug, "csv")).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:] == [
        ["1", ann.name, "2.75", "91", "88", "2", "2", "", "Pass", "Passed", ""],
        ["2", ben.name, "3.00", "100", "", "1", "2", "post-test, missions", "Not yet", "Not passed", ""],
    ]
    book = openpyxl.load_workbook(io.BytesIO(client.get(english("decisions_export", ann.cohort.slug, "xlsx")).content))
    first = [cell.value for cell in list(book.active.rows)[1]]
    assert first == [1, ann.name, 2.75, 91, 88, 2, 2, None, "Pass", "Passed", None]
    figures = [line.figures.hours for line in queries.decision_desk(ann.cohort).lines]
    assert figures == [Decimal("2.75"), Decimal("3.00")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_takes_the_same_queries_for_any_number_of_learners(
    number, seats, learner, officer, client_of, clock, django_assert_num_queries
):
    for one in seats(number):
        learner(one)
    client = client_of(officer)
    with django_assert_num_queries(15):
        client.get(english("decisions", one.cohort.slug))


def test_an_office_sets_its_own_rule_on_the_page(seat, officer, client_of, clock):
    client = client_of(officer)
    address = english("pass_rule", seat.cohort.slug)
    data = {
        "valid_from": "1/11/2569",
        "hours_percent": "๗๕",
        "post_test_percent": "0",
        "missions": "none",
        "source": "คำสั่งที่ 12/2569 ข้อ 4",
        "confirmed": "on",
    }
    assert client.post(address, data).headers["Location"] == english("decisions", seat.cohort.slug)
    rule = queries.pass_rule_of(seat.cohort)
    assert (rule.hours_percent, rule.post_test_percent, rule.missions, rule.confirmed) == (75, 0, "none", True)
    again = client.post(address, data).content.decode()
    assert "There is a rule from this day on already." in again
    assert DatedSetting.objects.count() == 1
    assert AuditLine.objects.filter(act="pass_rule.set").count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [("hours_percent", "101"), ("post_test_percent", "-1"), ("missions", "some"), ("source", "x"), ("valid_from", "?")],
)
def test_an_impossible_rule_is_refused_at_the_field(seat, officer, client_of, clock, field, typed):
    data = {
        "valid_from": "2026-11-01",
        "hours_percent": "80",
        "post_test_percent": "60",
        "missions": "required",
        "source": "คำสั่งที่ 12/2569 ข้อ 4",
    }
    answer = client_of(officer).post(english("pass_rule", seat.cohort.slug), data | {field: typed})
    assert list(answer.context["form"].errors) == [field]
    assert DatedSetting.objects.count() == 0


@pytest.mark.parametrize("who", ["other_officer", "owner", "stranger", "instructor"])
def test_the_desk_of_others_is_not_found(who, seat, learner, client_of, clock, request):
    learner(seat)
    client = client_of(request.getfixturevalue(who))
    slug = seat.cohort.slug
    addresses = [
        ("get", reverse("decisions", args=[slug])),
        ("post", reverse("decide_all", args=[slug])),
        ("post", reverse("decide_learner", args=[slug, seat.public_id])),
        ("get", reverse("decisions_export", args=[slug, "csv"])),
        ("get", reverse("pass_rule", args=[slug])),
        ("post", reverse("pass_rule", args=[slug])),
    ]
    assert [getattr(client, method)(address).status_code for method, address in addresses] == [404] * 6
    assert Decision.objects.count() == 0


def test_a_learner_of_another_cohort_is_not_decided_here(seat, office, officer, client_of, clock):
    other = make_cohort(office)
    answer = client_of(officer).post(reverse("decide_learner", args=[other.slug, seat.public_id]))
    assert answer.status_code == 404
    assert Decision.objects.count() == 0
