"""Applying and withdrawing: the acts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.crypto import unseal
from tourdee.core.models import AuditLine
from tourdee.people.models import Consent, User
from tourdee.programme import actions, queries
from tourdee.programme.models import Application, Cohort

from .factories import answers, make_application, make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
Status = Application.Status


def test_an_application_keeps_the_citizen_id_sealed(office, owner, at):
    cohort = make_cohort(office)
    made = actions.submit_application(cohort=cohort, user=owner, answers=answers(citizen_id="1101700230708"), at=at)
    row = Application.objects.get()
    assert row == made
    assert (row.status, row.submitted_at, row.entered_by) == (Status.SUBMITTED, at, None)
    assert "1101700230708" not in row.citizen_id_sealed + row.citizen_id_hash
    assert unseal(row.citizen_id_sealed) == "1101700230708"
    assert queries.masked_citizen_id(row) == "x-xxxx-xxxxx-70-8"
    assert list(Consent.objects.values_list("user", "purpose", "at")) == [(owner.pk, "application", at)]


def test_applying_twice_leads_to_the_first_application(office, owner, at):
    cohort = make_cohort(office)
    first = actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=at)
    with pytest.raises(actions.AlreadyApplied) as known:
        actions.submit_application(cohort=cohort, user=owner, answers=answers(name="อีกชื่อ"), at=at)
    assert known.value.application == first
    assert Application.objects.get().name == first.name


def test_a_second_click_between_look_and_insert_leads_to_the_first_too(office, owner, at, monkeypatch):
    cohort = make_cohort(office)
    first = make_application(cohort, owner, at=at)
    monkeypatch.setattr(queries, "application_to", lambda cohort, user: None)
    with pytest.raises(actions.AlreadyApplied) as known:
        actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=at)
    assert known.value.application == first


def test_the_same_citizen_id_from_another_account_is_taken_and_flagged(office, owner, teammate, at):
    cohort = make_cohort(office)
    one = actions.submit_application(cohort=cohort, user=owner, answers=answers(citizen_id="1101700230708"), at=at)
    two = actions.submit_application(cohort=cohort, user=teammate, answers=answers(citizen_id="1101700230708"), at=at)
    assert queries.sharing_citizen_id(one) == [two]
    flags = {
        one.pk: one.shares_citizen_id for one in queries.applications_matching(cohort, queries.ApplicationSearch())
    }
    assert flags == {one.pk: True, two.pk: True}


@pytest.mark.parametrize("status", [Cohort.Status.DRAFT, Cohort.Status.CLOSED, Cohort.Status.FINISHED])
def test_a_cohort_that_is_not_open_takes_no_application(office, owner, at, status):
    with pytest.raises(actions.ApplicationsClosed):
        actions.submit_application(cohort=make_cohort(office, status=status), user=owner, answers=answers(), at=at)
    assert Application.objects.count() == 0


def test_the_closing_minute_itself_is_too_late(office, owner, at):
    cohort = make_cohort(office, applications_close_at=at)
    with pytest.raises(actions.ApplicationsClosed):
        actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=at)
    earlier = at - timedelta(seconds=1)
    assert actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=earlier).pk


def test_closing_in_the_meantime_counts(office, owner, at):
    cohort = make_cohort(office)
    Cohort.objects.filter(pk=cohort.pk).update(status=Cohort.Status.CLOSED)
    with pytest.raises(actions.ApplicationsClosed):
        actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=at)


def test_a_full_cohort_still_takes_applications_for_the_waiting_list(office, owner, at):
    cohort = make_cohort(office, seats=1)
    make_enrolment(cohort, at=at)
    assert actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=at).status == Status.SUBMITTED


def test_who_withdrew_may_apply_again_at_the_end_of_the_queue(office, owner, at):
    cohort = make_cohort(office)
    first = actions.submit_application(cohort=cohort, user=owner, answers=answers(), at=at)
    actions.withdraw_application(application=first, by=owner, at=at)
    later = at + timedelta(hours=1)
    again = actions.submit_application(cohort=cohort, user=owner, answers=answers(name="สมหญิง ใหม่"), at=later)
    assert (again.pk, again.status, again.name, again.submitted_at) == (first.pk, Status.SUBMITTED, "สมหญิง ใหม่", later)
    assert (again.reason, again.decided_at) == ("", None)


def test_withdrawing_twice_is_refused(office, owner, at):
    application = make_application(make_cohort(office), owner, at=at)
    actions.withdraw_application(application=application, by=owner, at=at)
    with pytest.raises(actions.CannotDecide):
        actions.withdraw_application(application=application, by=owner, at=at)


def test_the_office_enters_the_application_of_somebody_who_telephones(office, officer, at):
    cohort = make_cohort(office, status=Cohort.Status.CLOSED)
    made = actions.enter_application(cohort=cohort, answers=answers(phone="+66898765432"), by=officer, at=at)
    user = User.objects.get(phone="+66898765432")
    assert (made.user, made.entered_by, user.phone_verified, user.name) == (user, officer, False, made.name)
    assert AuditLine.objects.get().act == "application.entered"
    assert Consent.objects.get().user == user


def test_the_phone_number_finds_the_account_that_is_there(office, officer, owner, at):
    made = actions.enter_application(cohort=make_cohort(office), answers=answers(phone=owner.phone), by=officer, at=at)
    assert made.user == owner
    assert User.objects.filter(phone=owner.phone).count() == 1


def test_nobody_is_entered_into_a_finished_cohort(office, officer, at):
    cohort = make_cohort(office, status=Cohort.Status.FINISHED)
    with pytest.raises(actions.ApplicationsClosed):
        actions.enter_application(cohort=cohort, answers=answers(), by=officer, at=at)
    assert User.objects.filter(phone__startswith="+668").count() == 0


def test_forgetting_an_applicant_empties_what_they_said(office, owner, teammate, at):
    cohort = make_cohort(office)
    seated = make_enrolment(cohort, owner, at=at, wants_to_sell="ทริปลับ", works_as="ไกด์")
    other = make_application(cohort, teammate, at=at, wants_to_sell="ผ้าทอ")
    waiting = make_application(make_cohort(office), owner, at=at)
    actions.forget_applicant(user=owner)
    seated.application.refresh_from_db()
    waiting.refresh_from_db()
    other.refresh_from_db()
    said = ("phone", "email", "citizen_id_sealed", "citizen_id_hash", "works_as", "wants_to_sell")
    assert [getattr(seated.application, name) for name in said] == [""] * 6
    assert (seated.application.name, seated.application.status) == (owner.name, Status.SEATED)
    assert (waiting.name, waiting.status) == ("", Status.WITHDRAWN)
    assert (other.wants_to_sell, other.name) == ("ผ้าทอ", teammate.name)


def test_a_seat_of_a_course_that_is_over_stays_on_its_list(office, owner, officer, at, client_of, clock):
    """Else who never came could take themselves out of the results."""
    cohort = make_cohort(office, starts_on=at.date() - timedelta(days=3), ends_on=at.date() - timedelta(days=1))
    seat = make_enrolment(cohort, owner, at=at)
    with pytest.raises(actions.CourseOver):
        actions.withdraw_application(application=seat.application, by=owner, at=at)
    page = reverse("application", args=[seat.application.public_id])
    withdraw = reverse("withdraw_application", args=[seat.application.public_id])
    client = client_of(owner)
    assert withdraw not in client.get(page).content.decode()
    assert client.post(withdraw)["Location"] == page
    seat.refresh_from_db()
    assert (seat.is_active, seat.cohort.seats_left) == (True, 1)
    yesterday = at - timedelta(days=1)
    actions.withdraw_application(application=seat.application, by=owner, at=yesterday)
    seat.refresh_from_db()
    assert seat.is_active is False
