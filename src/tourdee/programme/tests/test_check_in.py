"""The learner's own check-in: by QR, by spoken code, and every way to cheat that we know of."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tourdee.core.models import AuditLine
from tourdee.programme import actions, queries
from tourdee.programme.models import Attendance

from .factories import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(session, clock):
    """The clock stands at the beginning of the half-day."""
    clock.now = session.starts_at
    return clock.now


def link(session, at) -> str:
    """The address behind the QR at that moment, in English."""
    with override("en"):
        return reverse("check_in", args=[session.public_id, queries.link_token(session, at)])


def code_page() -> str:
    with override("en"):
        return reverse("check_in_code")


def recorded() -> list[tuple[str, str, int, int]]:
    return list(Attendance.objects.order_by("pk").values_list("enrolment__name", "status", "minutes", "late_minutes"))


def test_a_signed_in_learner_checks_in_with_one_tap(session, seat, start, owner, client_of):
    client = client_of(owner)
    page = client.get(link(session, start))
    assert "I am here" in page.content.decode()
    answer = client.post(link(session, start))
    assert answer.headers["Location"] == f"/en/in/{session.public_id}/done/"
    assert recorded() == [(seat.name, "present", 180, 0)]
    done = client.get(answer.headers["Location"]).content.decode()
    assert "You are checked in" in done
    assert "Hours so far: <b>3</b> of 3" in done


def test_a_cold_phone_signs_in_and_comes_back_to_the_same_check_in(session, seat, clock, start, owner):
    client = Client()
    address = link(session, start)
    answer = client.get(address)
    assert answer.headers["Location"] == f"/en/account/login/?next={address}"
    clock.forward(minutes=14)
    client.force_login(owner)
    assert "I am here" in client.get(address).content.decode()
    client.post(address)
    assert Attendance.objects.get().at == start
    assert recorded() == [(seat.name, "present", 180, 0)]


def test_a_remembered_scan_ends_after_a_quarter_of_an_hour(session, seat, clock, start, owner):
    client = Client()
    address = link(session, start)
    client.get(address)
    clock.forward(minutes=15, seconds=1)
    client.force_login(owner)
    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410
    assert recorded() == []


def test_an_early_scan_is_held_until_the_check_in_opens(session, seat, clock, owner, client_of):
    clock.now = session.starts_at - timedelta(minutes=50)
    client = client_of(owner)
    address = link(session, clock.now)
    page = client.get(address).content.decode()
    assert "You are early. The check-in opens at 12:30." in page
    assert "I am here" not in page
    client.post(address)
    assert recorded() == []
    clock.forward(minutes=21)
    assert "I am here" in client.get(address).content.decode()
    client.post(address)
    assert recorded() == [(seat.name, "present", 180, 0)]


def test_twice_is_once(session, seat, clock, start, owner, client_of):
    client = client_of(owner)
    client.post(link(session, start))
    clock.forward(minutes=40)
    client.post(link(session, clock.now))
    assert client.get(link(session, clock.now)).headers["Location"].endswith("/done/")
    assert recorded() == [(seat.name, "present", 180, 0)]
    assert AuditLine.objects.filter(act="attendance.checked_in").count() == 1


def test_looking_changes_nothing(session, seat, start, owner, client_of):
    client = client_of(owner)
    for address in (link(session, start), code_page()):
        client.get(address)
    assert recorded() == []
    assert AuditLine.objects.count() == 0


def test_who_has_no_seat_gets_a_kind_word_and_no_row(session, seat, start, stranger, client_of):
    client = client_of(stranger)
    address = link(session, start)
    assert "You are not on the list of this class" in client.get(address).content.decode()
    assert "You are not on the list of this class" in client.post(address).content.decode()
    assert seat.name not in client.get(address).content.decode()
    assert recorded() == []


def test_an_unknown_half_day_is_not_found(client, db):
    assert client.get("/in/nosuchsession222/token/").status_code == 404


def test_minutes_late_beyond_the_grace_are_taken_off(session, seat, start, owner, at):
    for late, minutes in ((15, 180), (16, 179), (75, 120), (179, 16)):
        Attendance.objects.all().delete()
        arrived = start + timedelta(minutes=late)
        mark = actions.check_in(session=session, user=owner, source="qr", device="d", arrived_at=arrived, at=arrived)
        assert (mark.late_minutes, mark.minutes) == (late, minutes)


def test_the_staff_word_absent_cannot_be_undone_by_a_phone(session, seat, start, owner, officer, client_of):
    mark = actions.Mark(enrolment=seat, present=False)
    actions.save_register(session=session, marks=[mark], by=officer, at=start)
    client = client_of(owner)
    assert client.get(link(session, start)).headers["Location"].endswith("/done/")
    answer = client.post(link(session, start), follow=True)
    assert "The staff have recorded you as absent" in answer.content.decode()
    assert recorded() == [(seat.name, "absent", 0, 0)]


# ------------------------------------------------------------------ abuse 39: QR attendance
def test_abuse_39_a_photo_of_the_qr_is_worthless_after_a_minute(session, seat, clock, start, owner, client_of):
    address = link(session, start)
    clock.forward(seconds=59)
    assert client_of(owner).get(address).status_code == 200
    clock.forward(seconds=1)
    answer = client_of(owner).get(address)
    assert answer.status_code == 410
    assert "This code has changed already" in answer.content.decode()
    assert client_of(owner).post(address).status_code == 410
    assert recorded() == []


def test_abuse_39_a_token_replayed_from_yesterday_is_refused(cohort, session, seat, start, owner, client_of):
    yesterday = link(session, start - timedelta(days=1))
    assert client_of(owner).post(yesterday).status_code == 410
    morning = make_session(cohort, number=2, hour=9)
    foreign = reverse("check_in", args=[session.public_id, queries.link_token(morning, start)])
    assert client_of(owner).post(foreign).status_code == 410
    assert recorded() == []


@pytest.mark.parametrize("forged", ["AAAAAAAAAAAAAAAA", "x", "ก" * 16, "0" * 300])
def test_abuse_39_a_forged_token_is_refused(session, seat, start, owner, client_of, forged):
    address = reverse("check_in", args=[session.public_id, forged])
    assert client_of(owner).get(address).status_code == 410
    assert client_of(owner).post(address).status_code == 410
    assert recorded() == []


def test_abuse_39_one_phone_counts_for_one_person_only(session, seat, seats, start, owner):
    phone = Client()
    learners = [seat, *seats(3)]
    for learner in learners:
        phone.force_login(learner.user)
        phone.post(link(session, start))
        assert phone.get(reverse("check_in_done", args=[session.public_id])).status_code == 200
    assert [(status, minutes) for _name, status, minutes, _late in recorded()] == [
        ("present", 180),
        ("to_confirm", 0),
        ("to_confirm", 0),
        ("to_confirm", 0),
    ]
    assert [mark.enrolment for mark in queries.marks_to_confirm(session.cohort)] == learners[1:]


def test_abuse_39_a_remembered_scan_works_only_on_the_phone_that_scanned(session, seat, clock, start, owner):
    in_the_room, at_home = Client(), Client()
    in_the_room.get(link(session, start))
    clock.forward(minutes=5)
    at_home.cookies["check_in_scan"] = in_the_room.cookies["check_in_scan"].value
    at_home.force_login(owner)
    assert at_home.post(link(session, start)).status_code == 410
    at_home.cookies["device"] = in_the_room.cookies["device"].value  # all of the phone's marks: then it is that phone
    assert at_home.post(link(session, start)).status_code == 302


def test_abuse_39_a_changed_scan_cookie_is_refused(session, seat, clock, start, owner):
    phone = Client()
    phone.get(link(session, start))
    clock.forward(minutes=20)
    value = phone.cookies["check_in_scan"].value
    phone.cookies["check_in_scan"] = value.replace(str(int(start.timestamp())), str(int(clock.now.timestamp())))
    phone.force_login(owner)
    assert phone.post(link(session, start)).status_code == 410


def test_abuse_39_the_time_and_name_that_a_phone_sends_are_not_heard(session, seat, start, owner, teammate, client_of):
    make_enrolment(session.cohort, teammate, at=start)
    data = {"user": teammate.public_id, "at": "2026-11-23T12:00", "minutes": "999", "enrolment": "1"}
    client_of(owner).post(link(session, start), data)
    assert recorded() == [(seat.name, "present", 180, 0)]


def test_abuse_39_a_late_scan_is_refused_after_the_end(session, seat, clock, owner, client_of):
    clock.now = session.ends_at
    assert client_of(owner).get(link(session, clock.now)).status_code == 200
    clock.forward(seconds=1)
    page = client_of(owner).get(link(session, clock.now)).content.decode()
    assert "The check-in of this half-day is closed" in page
    client_of(owner).post(link(session, clock.now))
    assert recorded() == []


# ------------------------------------------------------------------ the spoken code
def thai_digits(code: str) -> str:
    return code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


@pytest.mark.parametrize("typed", [lambda code: code, thai_digits, lambda code: f"{code[:3]} {code[3:]}"])
def test_the_spoken_code_checks_in(session, seat, start, owner, client_of, typed):
    answer = client_of(owner).post(code_page(), {"code": typed(queries.spoken_code(session, start))})
    assert answer.headers["Location"] == f"/en/in/{session.public_id}/done/"
    assert Attendance.objects.get().source == "code"


def test_a_spoken_code_holds_for_a_minute_and_a_half(session, seat, clock, start, owner, client_of):
    code = queries.spoken_code(session, start)
    clock.forward(seconds=90)
    answer = client_of(owner).post(code_page(), {"code": code})
    assert "This is not the code that is on the wall now" in answer.content.decode()
    assert f'value="{code}"' in answer.content.decode()
    clock.forward(seconds=-1)
    assert client_of(owner).post(code_page(), {"code": code}).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "१२३४५६", "-12345"])
def test_a_code_that_is_no_code_is_refused_at_the_field(session, seat, start, owner, client_of, typed):
    answer = client_of(owner).post(code_page(), {"code": typed})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_the_code_of_a_class_of_others_checks_nobody_in(office, session, seat, start, owner, client_of):
    foreign = make_session(make_cohort(office, starts_on=start.date()), hour=13)
    answer = client_of(owner).post(code_page(), {"code": queries.spoken_code(foreign, start)})
    assert "This is not the code that is on the wall now" in answer.content.decode()
    assert recorded() == []


def test_guessing_the_code_ends_after_ten_tries(session, seat, start, owner, teammate, client_of):
    make_enrolment(session.cohort, teammate, at=start)
    code = queries.spoken_code(session, start)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    client = client_of(owner)
    for _ in range(10):
        client.post(code_page(), {"code": wrong})
    answer = client.post(code_page(), {"code": code})
    assert "Too many tries" in answer.content.decode()
    assert recorded() == []
    client_of(teammate).post(code_page(), {"code": code})
    assert [line[0] for line in recorded()] == [teammate.name]


def test_a_code_typed_too_early_says_when_it_opens(session, seat, clock, owner, client_of):
    clock.now = session.starts_at - timedelta(hours=1)
    answer = client_of(owner).post(code_page(), {"code": queries.spoken_code(session, clock.now)})
    assert "You are early. The check-in opens at 12:30." in answer.content.decode()
    assert recorded() == []


def test_the_done_page_of_others_is_not_found(session, seat, start, owner, stranger, client_of):
    client_of(owner).post(link(session, start))
    address = reverse("check_in_done", args=[session.public_id])
    assert client_of(owner).get(address).status_code == 200
    assert client_of(stranger).get(address).status_code == 404
