"""The wall, the sign-in sheet, and who may see and keep a register."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.programme import actions, queries
from tourdee.programme.models import Attendance, Session

from .factories import make_session, make_session_topic
from .pages import english

pytestmark = pytest.mark.django_db


def recorded() -> list[tuple[str, str, int]]:
    return list(
        Attendance.objects.order_by("enrolment__seat_number").values_list("enrolment__name", "status", "minutes")
    )


# ------------------------------------------------------------------ the wall
def test_the_wall_counts_live_and_changes_its_code_every_half_minute(session, seats, officer, client_of, clock):
    clock.now = session.starts_at
    seats(2)
    client = client_of(officer)
    page = client.get(english("attendance_wall", session.public_id)).content.decode()
    assert "Checked in 0/2" in page
    assert f'data-refresh-url="{english("attendance_wall_live", session.public_id)}"' in page
    code = queries.spoken_code(session, clock.now)
    assert f"{code[:3]} {code[3:]}" in page
    clock.forward(seconds=30)
    learner = seats(1)[0]
    actions.check_in(session=session, user=learner.user, source="qr", device="a", arrived_at=clock.now, at=clock.now)
    live = client.get(english("attendance_wall_live", session.public_id)).content.decode()
    assert "Checked in 1/3" in live
    new = queries.spoken_code(session, clock.now)
    assert new != code
    assert f"{new[:3]} {new[3:]}" in live


def test_the_wall_can_be_opened_early_by_hand(session, officer, client_of, clock):
    clock.now = session.starts_at - timedelta(hours=2)
    client = client_of(officer)
    assert "The check-in opens at 12:30" in client.get(english("attendance_wall", session.public_id)).content.decode()
    answer = client.post(english("attendance_open", session.public_id), follow=True)
    assert "The check-in is open." in answer.content.decode()
    assert "The check-in opens at" not in answer.content.decode()


def test_the_wall_shows_no_code_after_the_end(session, officer, client_of, clock):
    clock.now = session.ends_at + timedelta(seconds=1)
    page = client_of(officer).get(english("attendance_wall", session.public_id)).content.decode()
    assert "The check-in of this half-day is closed." in page
    assert "qr-code" not in page


def test_the_sign_in_sheet_names_everybody_and_no_personal_number(session, seats, officer, client_of, clock):
    learners = seats(3)
    page = client_of(officer).get(english("sign_in_sheet", session.public_id)).content.decode()
    assert [one.name in page for one in learners] == [True, True, True]
    assert [one.application.phone in page for one in learners] == [False, False, False]


# ------------------------------------------------------------------ who may
def pages_of(session: Session, mark: Attendance) -> list[tuple[str, str]]:
    slug, number = session.cohort.slug, session.public_id
    return [
        ("get", reverse("attendance_wall", args=[number])),
        ("get", reverse("attendance_wall_live", args=[number])),
        ("post", reverse("attendance_open", args=[number])),
        ("get", reverse("attendance_session", args=[number])),
        ("post", reverse("attendance_session", args=[number])),
        ("post", reverse("attendance_all_present", args=[number])),
        ("get", reverse("sign_in_sheet", args=[number])),
        ("post", reverse("attendance_confirm", args=[mark.public_id])),
        ("get", reverse("attendance_register", args=[slug])),
        ("get", reverse("attendance_export", args=[slug, "csv"])),
        ("get", reverse("attendance_export", args=[slug, "xlsx"])),
    ]


@pytest.fixture
def shared(session, seats, clock):
    """A check-in that waits for the staff's word."""
    clock.now = session.starts_at
    for one in seats(2):
        mark = actions.check_in(
            session=session, user=one.user, source="qr", device="same", arrived_at=clock.now, at=clock.now
        )
    return mark


@pytest.mark.parametrize("who", ["other_officer", "owner", "stranger", "instructor"])
def test_the_registers_of_others_are_not_found(who, session, seat, shared, client_of, request):
    client = client_of(request.getfixturevalue(who))
    before = recorded()
    answers = [getattr(client, method)(address).status_code for method, address in pages_of(session, shared)]
    assert answers == [404] * 11
    assert recorded() == before
    session.refresh_from_db()
    assert session.opened_at is None


def test_who_is_not_signed_in_is_asked_to(session, shared, client):
    answers = {client.get(address).status_code for method, address in pages_of(session, shared) if method == "get"}
    assert answers == {302}


def test_an_instructor_keeps_the_register_of_own_half_days_only(
    session, cohort, shared, partner, instructor, client_of
):
    make_session_topic(session, partner, instructor)
    other = make_session(cohort, number=2, hour=9)
    client = client_of(instructor)
    assert client.get(reverse("attendance_wall", args=[session.public_id])).status_code == 200
    assert client.post(reverse("attendance_all_present", args=[session.public_id])).status_code == 302
    assert [status for _name, status, _minutes in recorded()] == ["present", "present"]
    assert client.get(reverse("attendance_session", args=[other.public_id])).status_code == 404
    assert client.post(reverse("attendance_all_present", args=[other.public_id])).status_code == 404
    assert client.get(reverse("attendance_register", args=[cohort.slug])).status_code == 404


@pytest.mark.parametrize("name", ["attendance_open", "attendance_all_present"])
def test_a_look_never_marks(name, session, seat, officer, client_of, clock):
    assert client_of(officer).get(reverse(name, args=[session.public_id])).status_code == 405
    assert recorded() == []
