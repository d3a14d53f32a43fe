"""What a learner hears of passing: the rule, how far they are, the decision, and what is missing."""

import pytest
from django.core import mail
from django.urls import reverse

from tourdee.programme import actions, queries
from tourdee.programme.listeners import tell_not_passed
from tourdee.programme.models import Decision

from .learning import do_missions, make_missions, take_post_test
from .pages import english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def half(session, seat, officer, at):
    """The owner was there for half of the half-day and took the post-test; of two missions none is done."""
    missions = make_missions(2)
    mark = actions.Mark(enrolment=seat, present=True, away_minutes=90)
    actions.save_register(session=session, marks=[mark], by=officer, at=at)
    take_post_test(seat.user, 70, at=at)
    return missions


def page_of(seat, client_of):
    return client_of(seat.user).get(english("application", seat.application.public_id)).content.decode()


def test_a_learner_sees_the_rule_its_source_and_how_far_they_are(seat, half, client_of):
    page = page_of(seat, client_of)
    for said in (
        "1.50 of 3 hours (50 %)",
        "At least 80 % of the hours",
        "70 % in the post-test",
        "0 of 2 required missions",
    ):
        assert said in page, said
    assert queries.pass_rule_of(seat.cohort).source in page
    assert reverse("missions") in page
    assert "/learn/test/post/" not in page  # 70 of 60 per cent: nothing to do there
    assert "Decided on" not in page


def test_before_the_course_the_rule_stands_there_already(seat, client_of):
    page = page_of(seat, client_of)
    assert "0 of 0 hours (0 %)" in page
    assert "Post-test not taken yet" in page
    assert "/learn/test/post/" in page


def test_who_has_no_seat_is_told_no_rule(seat, owner, officer, at, client_of):
    actions.undo_decision(application=seat.application, by=officer, reason="ผิดคน", at=at)
    assert "What it takes to pass" not in page_of(seat, client_of)


def test_who_did_not_pass_reads_when_it_was_decided_and_what_to_do(seat, half, officer, at, client_of):
    actions.decide(enrolment=seat, by=officer, at=at)
    page = page_of(seat, client_of)
    assert "Decided on" in page
    assert "Bring what is missing below" in page
    take_all(seat, half, officer, at)
    assert "Meanwhile nothing is missing: ask the office to decide again." in page_of(seat, client_of)
    actions.decide(enrolment=seat, by=officer, at=at)
    assert "You have passed: decided on" in page_of(seat, client_of)


def take_all(seat, missions, officer, at):
    mark = actions.Mark(enrolment=seat, present=True)
    actions.save_register(session=seat.cohort.sessions.get(), marks=[mark], by=officer, at=at)
    do_missions(seat.user, missions, at=at)


def test_who_holds_a_certificate_is_led_to_it(certificate, seat, client_of):
    page = page_of(seat, client_of)
    assert "your certificate is ready" in page
    assert reverse("my_certificates") in page


@pytest.mark.parametrize("language", ["th", "en"])
def test_who_did_not_pass_is_written_to_with_what_is_missing(language, seat, half, officer, at, deliver_events):
    seat.user.language = language
    seat.user.save()
    actions.decide(enrolment=seat, by=officer, at=at)
    deliver_events()
    [letter] = mail.outbox
    missing = {"th": "เวลาเข้าอบรม, ภารกิจ", "en": "hours, missions"}[language]
    prefix = {"th": "", "en": "/en"}[language]
    assert letter.to == ["owner@example.org"]
    assert missing in letter.body
    assert f"http://testserver{prefix}/applications/{seat.application.public_id}/#result" in letter.body


def test_who_passed_hears_of_it_with_the_certificate_only(session, seat, signed, officer, at, deliver_events):
    take_post_test(seat.user, 100, at=at)
    take_all(seat, [], officer, at)
    actions.decide(enrolment=seat, by=officer, at=at)
    deliver_events()
    assert mail.outbox == []
    actions.issue_certificates(cohort=seat.cohort, by=officer, at=at)
    deliver_events()
    assert len(mail.outbox) == 1


def test_what_was_decided_otherwise_since_is_not_told(seat, half, officer, at, deliver_events):
    actions.decide(enrolment=seat, by=officer, at=at)
    Decision.objects.update(passed=True)
    deliver_events()
    assert mail.outbox == []


def test_a_letter_that_is_delivered_twice_is_sent_once(seat, half, officer, at, deliver_events, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    actions.decide(enrolment=seat, by=officer, at=at)
    [happened] = told
    tell_not_passed(happened)
    assert len(mail.outbox) == 0  # it waits in the outbox of the same transaction
    deliver_events()
    assert len(mail.outbox) == 1


def test_the_newest_seat_that_was_not_passed_is_found_and_nobody_elses(seat, seats, passed, owner, teammate):
    assert queries.not_passed(owner) is None
    passed(*seats(1), outcome=False)
    assert queries.not_passed(owner) is None
    passed(seat, outcome=False)
    assert (queries.not_passed(owner), queries.not_passed(teammate)) == (seat, None)
    Decision.objects.filter(enrolment=seat).update(passed=True)
    assert queries.not_passed(owner) is None
