"""What is left to do once a course is held: said to the officer, until it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.programme import actions, queries
from tourdee.programme.models import Attendance, Cohort, Decision

from .factories import make_cohort, make_enrolment, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def left(cohort, at):
    """(to confirm, undecided, uncertified), nothing where nothing is left."""
    found = queries.after_course(Cohort.objects.filter(pk=cohort.pk), at)
    return [(one.to_confirm, one.undecided, one.uncertified) for one in found]


@pytest.fixture
def evening(at):
    """After the half-day of the conftest, which ends at 16 o'clock."""
    return at + timedelta(hours=4, minutes=1)


def test_nobody_is_to_be_decided_before_the_last_half_day_is_over(cohort, session, seats, at, evening):
    seats(2)
    assert left(cohort, at) == []
    assert left(cohort, evening) == [(0, 2, 0)]
    make_session(cohort, number=2, day=cohort.ends_on + timedelta(days=1))
    assert left(cohort, evening) == []


def test_decisions_then_certificates_then_nothing(cohort, session, seats, seat, signed, passed, officer, evening):
    failed, undecided = seats(2)
    passed(seat)
    passed(failed, outcome=False)
    assert left(cohort, evening) == [(0, 1, 1)]
    passed(undecided, outcome=False)
    assert left(cohort, evening) == [(0, 0, 1)]
    [certificate] = actions.issue_certificates(cohort=cohort, by=officer, at=evening)
    assert left(cohort, evening) == []
    actions.revoke_certificate(certificate=certificate, reason="ชื่อผิด", by=officer, at=evening)
    assert left(cohort, evening) == [(0, 0, 1)]


def test_a_check_in_that_waits_for_the_staff_is_left_at_any_hour(cohort, session, seat, at):
    row = {"session": session, "source": "qr", "at": at, "minutes": 0, "status": Attendance.Status.TO_CONFIRM}
    Attendance.objects.create(enrolment=seat, **row)
    assert left(cohort, at) == [(1, 0, 0)]


def test_a_seat_that_was_given_back_is_not_waited_for(cohort, session, seat, evening):
    type(seat).objects.update(is_active=False)
    assert left(cohort, evening) == []


def test_a_finished_cohort_whose_learners_were_forgotten_is_still_named(
    office, officer, seat, cohort, session, evening
):
    Cohort.objects.update(status=Cohort.Status.FINISHED)
    todo = queries.office_todo(officer, evening)
    assert (todo.cohorts, [one.cohort for one in todo.after]) == ([], [cohort])


@pytest.mark.parametrize("number", [1, 3])
def test_one_question_however_many_cohorts(number, office, at, django_assert_num_queries):
    for _ in range(number):
        past = make_cohort(office, starts_on=at.date() - timedelta(days=9), seats=5)
        make_enrolment(past, at=at)
    with django_assert_num_queries(1):
        assert len(queries.after_course(Cohort.objects.all(), at)) == number


def test_the_cohorts_own_page_says_it_too(cohort, session, seat, passed, officer, client_of, clock):
    client = client_of(officer)
    page = reverse("office_cohort", args=[cohort.slug])
    assert reverse("decisions", args=[cohort.slug]) not in next_steps(client, page)
    clock.forward(hours=5)
    assert reverse("decisions", args=[cohort.slug]) in next_steps(client, page)
    passed(seat)
    assert reverse("certificates", args=[cohort.slug]) in next_steps(client, page)
    assert Decision.objects.count() == 1


def next_steps(client, page) -> str:
    """The part of the page that says what to do next."""
    text = client.get(page).content.decode()
    return text.split('id="next"')[1].split("</section>")[0]
