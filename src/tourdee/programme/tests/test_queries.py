"""What other rooms ask."""

from datetime import date, timedelta

import pytest

from tourdee.programme import actions, queries
from tourdee.programme.models import Application, Cohort

from .factories import make_application, make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db


def test_the_offices_todo_counts_only_its_own(office, other_office, officer, at):
    mine = make_cohort(office, seats=5, starts_on=at.date())
    foreign = make_cohort(other_office, seats=7, starts_on=at.date())
    for cohort in (mine, foreign, foreign):
        make_application(cohort, at=at)
    make_enrolment(mine, at=at)
    waiting = make_application(mine, at=at)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    today, tomorrow = make_session(mine), make_session(mine, number=2, day=at.date() + timedelta(days=1))
    make_session(foreign)
    todo = queries.office_todo(officer, at)
    assert (todo.new_applications, todo.waiting, todo.seats_left) == (1, 1, 4)
    assert [(cohort, counts.applied) for cohort, counts in todo.cohorts] == [(mine, 3)]
    assert todo.sessions_today == [today]
    assert tomorrow not in todo.sessions_today
    assert [one.cohort for one in queries.new_applications(officer)] == [mine]


def test_a_finished_cohort_is_no_work_any_more(office, officer, at):
    cohort = make_cohort(office)
    make_application(cohort, at=at)
    Cohort.objects.update(status=Cohort.Status.FINISHED)
    assert queries.office_todo(officer, at) == queries.OfficeTodo()


def test_who_works_for_no_office_has_no_todo(office, owner, instructor, at):
    make_application(make_cohort(office), at=at)
    assert queries.office_todo(owner, at) == queries.OfficeTodo()
    assert queries.office_todo(instructor, at) == queries.OfficeTodo()


def test_the_todo_costs_the_same_for_one_and_three_cohorts(office, officer, at, django_assert_num_queries):
    make_session(make_cohort(office, starts_on=at.date()))
    with django_assert_num_queries(5):
        queries.office_todo(officer, at)
    for _ in range(2):
        make_session(make_cohort(office, starts_on=at.date()))
    with django_assert_num_queries(5):
        assert len(queries.office_todo(officer, at).sessions_today) == 3


def test_a_learners_seats_and_next_half_day(office, owner, teammate, at):
    cohort = make_cohort(office, starts_on=at.date(), ends_on=at.date() + timedelta(days=2))
    enrolment = make_enrolment(cohort, owner, at=at)
    make_application(make_cohort(office), owner, at=at)
    morning, afternoon = make_session(cohort, hour=9), make_session(cohort, number=2, hour=13)
    assert queries.enrolments_of(owner) == [enrolment]
    assert queries.enrolments_of(teammate) == []
    assert queries.next_session_of(owner, at - timedelta(hours=1)) == morning
    assert queries.next_session_of(owner, at) == afternoon
    assert queries.next_session_of(owner, at + timedelta(days=9)) is None
    assert queries.next_session_of(teammate, at) is None


def test_a_given_up_seat_is_no_seat(office, owner, at):
    cohort = make_cohort(office)
    enrolment = make_enrolment(cohort, owner, at=at)
    make_session(cohort)
    actions.withdraw_application(application=enrolment.application, by=owner, at=at)
    assert queries.enrolments_of(owner) == []
    assert queries.next_session_of(owner, at) is None
    assert [one.status for one in queries.applications_of(owner)] == ["withdrawn"]


def test_counts_of_cohorts_name_every_status(office, at):
    cohort = make_cohort(office)
    for status in Application.Status.values:
        number = 1 if status == "waiting" else None
        make_application(cohort, at=at, status=status, reason="x", waiting_number=number)
    make_application(cohort, at=at)
    counts = queries.cohort_counts(cohort)
    assert counts == queries.CohortCounts(
        applied=7, submitted=2, seated=1, waiting=1, refused=1, withdrawn=1, no_show=1
    )
    assert queries.cohort_counts(make_cohort(office)) == queries.CohortCounts()


def test_open_cohorts_are_those_that_take_applications_now(office, at):
    open_one = make_cohort(office, starts_on=date(2026, 12, 7))
    for values in ({"status": "draft"}, {"status": "closed"}, {"applications_close_at": at}):
        make_cohort(office, **values)
    assert queries.cohorts_open(at) == [open_one]
