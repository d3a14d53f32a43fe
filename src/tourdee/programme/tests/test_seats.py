"""Seats are given once, passed on, and never one too many."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from tourdee.core.models import AuditLine
from tourdee.programme import actions, queries
from tourdee.programme.actions import seats
from tourdee.programme.models import Application, Attendance, Cohort, Enrolment

from .factories import make_application, make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
Status = Application.Status


def seat(application, by, at):
    return actions.seat_applicant(application=application, by=by, reason="ตรงกลุ่มเป้าหมาย", at=at)


def taken(cohort):
    cohort.refresh_from_db()
    return cohort.seats_taken, cohort.enrolments.filter(is_active=True).count()


def test_a_seat_is_given_with_the_lowest_free_number_and_a_line_in_the_log(office, officer, at):
    cohort = make_cohort(office, seats=3)
    first = make_application(cohort, at=at)
    enrolment = seat(first, officer, at)
    first.refresh_from_db()
    assert (enrolment.seat_number, enrolment.name, enrolment.user) == (1, first.name, first.user)
    assert (first.status, first.reason, first.decided_by, first.decided_at) == (
        Status.SEATED, "ตรงกลุ่มเป้าหมาย", officer, at,
    )  # fmt: skip
    assert taken(cohort) == (1, 1)
    line = AuditLine.objects.get(act="seat.given")
    assert (line.subject_id, line.actor, line.data["seat"]) == (first.public_id, officer.public_id, 1)


def test_the_number_of_a_freed_seat_is_given_again(office, officer, at):
    cohort = make_cohort(office, seats=3)
    applications = [make_application(cohort, at=at) for _ in range(4)]
    for application in applications[:3]:
        seat(application, officer, at)
    actions.undo_decision(application=applications[1], by=officer, reason="ผิดคน", at=at)
    assert seat(applications[3], officer, at).seat_number == 2


def test_a_full_cohort_gives_no_seat_and_leaves_everything_as_it_was(office, officer, at):
    cohort = make_cohort(office, seats=1)
    seat(make_application(cohort, at=at), officer, at)
    late = make_application(cohort, at=at)
    with pytest.raises(actions.CohortFull):
        seat(late, officer, at)
    late.refresh_from_db()
    assert late.status == Status.SUBMITTED
    assert taken(cohort) == (1, 1)


def test_a_rival_who_takes_the_last_seat_between_check_and_update_wins_alone(office, officer, at, monkeypatch):
    """The officer's act has looked (one seat left); before its UPDATE another act takes that seat."""
    cohort = make_cohort(office, seats=1)
    mine, rival = make_application(cohort, at=at), make_application(cohort, at=at)
    look = seats.hold_cohort

    def look_then_be_overtaken(known):
        seen = look(known)
        if not rival.refresh_from_db() and rival.status == Status.SUBMITTED:
            Application.objects.filter(pk=rival.pk).update(status=Status.SEATED)
            Cohort.objects.filter(pk=cohort.pk).update(seats_taken=F("seats_taken") + 1)
        return seen

    monkeypatch.setattr(seats, "hold_cohort", look_then_be_overtaken)
    with pytest.raises(actions.CohortFull):
        seat(mine, officer, at)
    assert not Enrolment.objects.filter(application=mine).exists()


def test_the_database_itself_refuses_a_seat_too_many(office):
    cohort = make_cohort(office, seats=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(seats_taken=2)


def test_two_clicks_on_seat_give_one_seat(office, officer, at):
    cohort = make_cohort(office)
    application = make_application(cohort, at=at)
    stale = Application.objects.get(pk=application.pk)
    seat(application, officer, at)
    with pytest.raises(actions.CannotDecide):
        seat(stale, officer, at)
    assert taken(cohort) == (1, 1)


def test_every_decision_needs_a_reason(office, officer, at):
    cohort = make_cohort(office)
    application = make_application(cohort, at=at)
    for act in (actions.seat_applicant, actions.put_on_waiting_list, actions.refuse_application, actions.undo_decision):
        with pytest.raises(actions.NeedsReason):
            act(application=application, by=officer, reason="  ", at=at)
    assert taken(cohort) == (0, 0)
    assert AuditLine.objects.count() == 0


def test_the_database_itself_refuses_a_refusal_without_a_reason(office, at):
    application = make_application(make_cohort(office), at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(status=Status.REFUSED)


def test_several_are_seated_together_in_the_order_in_which_they_applied(office, officer, at):
    cohort = make_cohort(office, seats=3)
    later = make_application(cohort, at=at)
    earlier = make_application(cohort, at=at - timedelta(hours=1))
    number = actions.seat_applicants(cohort=cohort, applications=[later, earlier], by=officer, reason="ครบ", at=at)
    assert number == 2
    assert [one.application for one in queries.seat_list(cohort)] == [earlier, later]


def test_more_ticked_than_seats_left_seats_nobody(office, officer, at):
    cohort = make_cohort(office, seats=2)
    seat(make_application(cohort, at=at), officer, at)
    ticked = [make_application(cohort, at=at) for _ in range(2)]
    with pytest.raises(actions.CohortFull) as refused:
        actions.seat_applicants(cohort=cohort, applications=ticked, by=officer, reason="ครบ", at=at)
    assert refused.value.left == 1
    assert taken(cohort) == (1, 1)


def test_one_who_cannot_be_seated_stops_the_whole_list(office, officer, at):
    cohort = make_cohort(office, seats=3)
    fine, refused = make_application(cohort, at=at), make_application(cohort, at=at)
    actions.refuse_application(application=refused, by=officer, reason="ไม่ตรงกลุ่ม", at=at)
    with pytest.raises(actions.CannotDecide):
        actions.seat_applicants(cohort=cohort, applications=[fine, refused], by=officer, reason="ครบ", at=at)
    assert taken(cohort) == (0, 0)


def test_one_citizen_id_holds_one_place(office, officer, at):
    cohort = make_cohort(office, seats=3)
    one = make_application(cohort, at=at, citizen_id="1101700230708")
    two = make_application(cohort, at=at, citizen_id="1101700230708")
    seat(one, officer, at)
    with pytest.raises(actions.SamePersonHasPlace):
        seat(two, officer, at)
    with pytest.raises(actions.SamePersonHasPlace):
        actions.put_on_waiting_list(application=two, by=officer, reason="เต็ม", at=at)
    assert taken(cohort) == (1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=two.pk).update(status=Status.SEATED)


def test_a_withdrawn_seat_passes_to_the_first_who_waits(office, officer, at):
    cohort = make_cohort(office, seats=1)
    holder, second, first = (make_application(cohort, at=at) for _ in range(3))
    seat(holder, officer, at)
    for waiting in (first, second):
        actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    actions.withdraw_application(application=holder, by=holder.user, at=at)
    for application in (holder, first, second):
        application.refresh_from_db()
    assert (holder.status, first.status, second.status) == (Status.WITHDRAWN, Status.SEATED, Status.WAITING)
    assert first.decided_by is None
    assert queries.waiting_place(second) == 1
    assert taken(cohort) == (1, 1)
    assert Enrolment.objects.get(application=first).seat_number == 1


def test_a_seat_freed_by_undoing_passes_on_too(office, officer, at):
    cohort = make_cohort(office, seats=1)
    holder, waiting = make_application(cohort, at=at), make_application(cohort, at=at)
    seat(holder, officer, at)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    actions.undo_decision(application=holder, by=officer, reason="ผิดคน", at=at)
    for application in (holder, waiting):
        application.refresh_from_db()
    assert (holder.status, waiting.status) == (Status.SUBMITTED, Status.SEATED)
    assert taken(cohort) == (1, 1)


def test_the_seat_of_a_no_show_passes_on_until_the_end_of_the_first_day(office, officer, at):
    cohort = make_cohort(office, seats=1, starts_on=date(2026, 11, 23))
    gone = make_enrolment(cohort, at=at)
    waiting = make_application(cohort, at=at)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    successor = actions.replace_no_show(enrolment=gone, by=officer, reason="ไม่มา", at=at)
    gone.application.refresh_from_db()
    assert gone.application.status == Status.NO_SHOW
    assert (successor.application, successor.seat_number) == (waiting, gone.seat_number)
    assert taken(cohort) == (1, 1)


def test_after_the_first_day_a_freed_seat_stays_free(office, officer, at):
    cohort = make_cohort(office, seats=1, starts_on=date(2026, 11, 22))
    gone = make_enrolment(cohort, at=at)
    waiting = make_application(cohort, at=at)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    assert actions.replace_no_show(enrolment=gone, by=officer, reason="ไม่มา", at=at) is None
    waiting.refresh_from_db()
    assert waiting.status == Status.WAITING
    assert taken(cohort) == (0, 0)


def test_who_was_present_keeps_the_seat(office, officer, at):
    cohort = make_cohort(office)
    enrolment = make_enrolment(cohort, at=at)
    Attendance.objects.create(enrolment=enrolment, session=make_session(cohort), minutes=180, source="staff", at=at)
    with pytest.raises(actions.AlreadyAttended):
        actions.undo_decision(application=enrolment.application, by=officer, reason="ผิดคน", at=at)
    with pytest.raises(actions.AlreadyAttended):
        actions.replace_no_show(enrolment=enrolment, by=officer, reason="ไม่มา", at=at)
    with pytest.raises(actions.AlreadyAttended):
        actions.withdraw_application(application=enrolment.application, by=enrolment.user, at=at)
    enrolment.application.refresh_from_db()
    assert enrolment.application.status == Status.SEATED
    assert taken(cohort) == (1, 1)


def test_who_comes_back_gets_a_seat_in_the_same_enrolment(office, officer, at):
    cohort = make_cohort(office, seats=1)
    application = make_application(cohort, at=at)
    before = seat(application, officer, at)
    actions.undo_decision(application=application, by=officer, reason="ผิดคน", at=at)
    assert seat(application, officer, at).pk == before.pk
    assert taken(cohort) == (1, 1)


def test_a_stranger_cohort_is_not_touched_by_passing_a_seat(office, officer, at):
    cohort, other = make_cohort(office, seats=1), make_cohort(office, seats=1)
    waiting = make_application(other, at=at)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    assert actions.pass_freed_seat(cohort=cohort, at=at) is None
    waiting.refresh_from_db()
    assert waiting.status == Status.WAITING


def test_seat_acts_hold_the_row_of_their_cohort(office, officer, at):
    """On PostgreSQL the first statement about the cohort locks it; on SQLite the transaction itself does."""
    cohort = make_cohort(office)
    application = make_application(cohort, at=at)
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as statements:
        seat(application, officer, at)
    about = [one["sql"] for one in statements if '"programme_cohort"' in one["sql"]]
    assert about[0].startswith("SELECT")
    assert about[1].startswith('UPDATE "programme_cohort" SET "seats_taken" = ("programme_cohort"."seats_taken" + 1)')
    if connection.vendor == "postgresql":
        assert about[0].endswith("FOR UPDATE")
