"""Applicants are told, in their language, once, and only what still holds."""

import pytest
from django.core import mail

from tourdee import events
from tourdee.people.models import User
from tourdee.programme import actions
from tourdee.programme.listeners import tell_decision
from tourdee.programme.models import Application

from .factories import answers, make_application, make_cohort, make_enrolment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(monkeypatch):
    """The text messages that were sent: number and text."""
    messages: list[tuple[str, str]] = []
    monkeypatch.setattr("tourdee.people.actions.messages.send_sms", lambda *, to, text: messages.append((to, text)))
    return messages


def test_an_applicant_is_thanked_with_a_link(office, owner, at, deliver_events):
    cohort = make_cohort(office, name_th="รุ่นทดสอบ")
    made = actions.submit_application(cohort=cohort, user=owner, answers=answers(name="นางสาวสมหญิง ใจดี"), at=at)
    deliver_events()
    [letter] = mail.outbox
    assert letter.to == ["owner@example.org"]
    assert f"http://testserver/applications/{made.public_id}/" in letter.body
    assert "รุ่นทดสอบ" in letter.body
    assert "นางสาวสมหญิง ใจดี" in letter.body


def test_a_decision_is_told_in_the_applicants_language(office, owner, officer, at, deliver_events):
    owner.language = "en"
    owner.save()
    one = make_application(make_cohort(office, name_en="Test cohort"), owner, at=at)
    actions.refuse_application(application=one, by=officer, reason="เพราะเต็มแล้ว & ไม่ตรงกลุ่ม", at=at)
    deliver_events()
    [letter] = mail.outbox
    assert letter.subject == "About your application"
    assert "Test cohort" in letter.body
    assert "เพราะเต็มแล้ว & ไม่ตรงกลุ่ม" in letter.body
    assert f"http://testserver/en/applications/{one.public_id}/" in letter.body


def test_who_has_only_a_phone_gets_a_text_message(office, officer, at, deliver_events, sent):
    person = User.objects.create_user(phone="+66898765432", name="บุญมี")
    one = make_application(make_cohort(office), person, at=at)
    actions.seat_applicant(application=one, by=officer, reason="ครบ", at=at)
    deliver_events()
    assert mail.outbox == []
    [(number, text)] = sent
    assert number == "+66898765432"
    assert text.startswith("TourDee: ")
    assert text.endswith(f"http://testserver/applications/{one.public_id}/")


def test_the_next_in_line_is_told_of_the_freed_seat(office, owner, teammate, officer, at, deliver_events):
    cohort = make_cohort(office, seats=1)
    holder = make_enrolment(cohort, owner, at=at)
    waiting = make_application(cohort, teammate, at=at)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    deliver_events()
    mail.outbox.clear()
    actions.withdraw_application(application=holder.application, by=owner, at=at)
    deliver_events()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["owner@example.org", "teammate@example.org"]


def test_what_no_longer_holds_is_not_told(office, owner, officer, at, deliver_events):
    one = make_application(make_cohort(office), owner, at=at)
    actions.refuse_application(application=one, by=officer, reason="ผิด", at=at)
    actions.undo_decision(application=one, by=officer, reason="ขออภัย", at=at)
    actions.seat_applicant(application=one, by=officer, reason="ครบ", at=at)
    deliver_events()
    assert len(mail.outbox) == 1
    assert "ขออภัย" not in mail.outbox[0].body


def test_an_event_that_comes_twice_is_told_once(office, owner, officer, at, deliver_events):
    one = make_application(make_cohort(office), owner, at=at)
    actions.refuse_application(application=one, by=officer, reason="เต็ม", at=at)
    deliver_events()
    happened = events.ApplicationDecided(application=one.public_id, status="refused")
    events.publish(happened)
    events.publish(happened)
    deliver_events()
    assert len(mail.outbox) == 2


def test_an_application_that_is_gone_is_no_error():
    tell_decision(events.ApplicationDecided(application="nothere", status="seated"))
    assert mail.outbox == []


def test_who_is_forgotten_leaves_no_answers(office, owner, at, deliver_events):
    one = make_application(make_cohort(office), owner, at=at, wants_to_sell="ทริปลับ")
    events.publish(events.PersonErased(user=owner.public_id))
    deliver_events()
    one.refresh_from_db()
    assert (one.wants_to_sell, one.phone, one.citizen_id_hash) == ("", "", "")
    assert one.status == Application.Status.WITHDRAWN
