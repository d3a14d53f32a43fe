"""Waiting list, refusal and undoing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tourdee.core.models import AuditLine
from tourdee.programme import actions, queries
from tourdee.programme.models import Application, Certificate, Decision

from .factories import make_application, make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
Status = Application.Status


def wait(application, by, at):
    actions.put_on_waiting_list(application=application, by=by, reason="เต็ม", at=at)
    application.refresh_from_db()
    return application


def names(cohort):
    return [one.name for one in queries.waiting_list(cohort)]


def test_the_waiting_list_keeps_the_order_of_the_decisions(office, officer, at):
    cohort = make_cohort(office)
    people = [make_application(cohort, at=at, name=name) for name in "กขค"]
    for application in (people[2], people[0], people[1]):
        wait(application, officer, at)
    assert names(cohort) == ["ค", "ก", "ข"]
    assert [queries.waiting_place(Application.objects.get(pk=one.pk)) for one in people] == [2, 3, 1]


def test_moving_on_the_list_is_never_silent(office, officer, at):
    cohort = make_cohort(office)
    people = [wait(make_application(cohort, at=at, name=name), officer, at) for name in "กขค"]
    with pytest.raises(actions.NeedsReason):
        actions.move_on_waiting_list(application=people[2], place=1, by=officer, reason="", at=at)
    assert names(cohort) == ["ก", "ข", "ค"]
    actions.move_on_waiting_list(application=people[2], place=1, by=officer, reason="พร้อมทันที", at=at)
    assert names(cohort) == ["ค", "ก", "ข"]
    line = AuditLine.objects.get(act="application.moved")
    assert (line.subject_id, line.actor) == (people[2].public_id, officer.public_id)
    assert (line.data["before"], line.data["after"], line.data["reason"]) == (3, 1, "พร้อมทันที")


def test_a_place_beyond_the_end_is_the_end(office, officer, at):
    cohort = make_cohort(office)
    people = [wait(make_application(cohort, at=at, name=name), officer, at) for name in "กข"]
    actions.move_on_waiting_list(application=people[0], place=99, by=officer, reason="ตกลงกัน", at=at)
    assert names(cohort) == ["ข", "ก"]


def test_who_does_not_wait_cannot_be_moved(office, officer, at):
    application = make_application(make_cohort(office), at=at)
    with pytest.raises(actions.CannotDecide):
        actions.move_on_waiting_list(application=application, place=1, by=officer, reason="x", at=at)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 8)), max_size=6))
def test_the_list_moves_like_a_list_of_python(office, officer, at, moves):
    """Whatever is moved wherever, and however often, the list is the one that a plain list would be."""
    cohort = make_cohort(office)
    people = [wait(make_application(cohort, at=at, name=name), officer, at) for name in "กขคงจ"]
    model = ["ก", "ข", "ค", "ง", "จ"]
    for who, place in moves:
        actions.move_on_waiting_list(application=people[who], place=place, by=officer, reason="x", at=at)
        model.remove(people[who].name)
        model.insert(min(max(place, 1), 5) - 1, people[who].name)
        assert names(cohort) == model


def test_a_refusal_keeps_its_reason_and_can_be_taken_back(office, officer, at):
    application = make_application(make_cohort(office), at=at)
    actions.refuse_application(application=application, by=officer, reason="ไม่ตรงกลุ่ม", at=at)
    application.refresh_from_db()
    assert (application.status, application.reason) == (Status.REFUSED, "ไม่ตรงกลุ่ม")
    actions.undo_decision(application=application, by=officer, reason="มีข้อมูลใหม่", at=at)
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED
    acts = list(AuditLine.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["application.refused", "application.undone"]


def test_who_has_a_seat_is_not_refused_but_undone_first(office, officer, at):
    enrolment = make_enrolment(make_cohort(office), at=at)
    with pytest.raises(actions.CannotDecide):
        actions.refuse_application(application=enrolment.application, by=officer, reason="x", at=at)


def test_who_withdrew_is_not_decided_about(office, officer, at):
    application = make_application(make_cohort(office), at=at, status=Status.WITHDRAWN)
    for act in (actions.seat_applicant, actions.put_on_waiting_list, actions.refuse_application, actions.undo_decision):
        with pytest.raises(actions.CannotDecide):
            act(application=application, by=officer, reason="x", at=at)


def test_a_learner_with_a_result_keeps_the_seat(office, officer, at):
    enrolment = make_enrolment(make_cohort(office), at=at)
    Decision.objects.create(enrolment=enrolment, passed=True, rule={}, figures={}, decided_at=at, decided_by=officer)
    with pytest.raises(actions.AlreadyJudged):
        actions.undo_decision(application=enrolment.application, by=officer, reason="x", at=at)


def test_a_learner_with_a_certificate_keeps_the_seat(office, officer, at):
    enrolment = make_enrolment(make_cohort(office), at=at)
    Certificate.objects.create(enrolment=enrolment, number="1", name="x", programme_name="x", cohort_name="x", hours=18,
                               dates="x", signatories=[], issued_at=at, issued_by=officer)  # fmt: skip
    with pytest.raises(actions.AlreadyJudged):
        actions.undo_decision(application=enrolment.application, by=officer, reason="x", at=at)
