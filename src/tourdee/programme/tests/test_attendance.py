"""The staff's register: ticks, lateness, hours, the wall, and who may see what."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.programme import actions, queries
from tourdee.programme.models import Attendance, Session

from .factories import make_cohort, make_enrolment, make_session
from .pages import english

pytestmark = pytest.mark.django_db


def present(enrolment, **values) -> actions.Mark:
    return actions.Mark(enrolment=enrolment, present=True, **values)


def recorded() -> list[tuple[str, str, int]]:
    return list(
        Attendance.objects.order_by("enrolment__seat_number").values_list("enrolment__name", "status", "minutes")
    )


def as_typed(client, session: Session, **changes: object) -> dict[str, object]:
    """What a browser sends for the register as it is shown now, with these boxes changed (False: unticked)."""
    form = client.get(reverse("attendance_session", args=[session.public_id])).context["form"]
    data = {name: form[name].initial for name in form.fields}
    data.update(changes)
    return {name: ("on" if value is True else value) for name, value in data.items() if value not in (False, None)}


# ------------------------------------------------------------------ the rule
@pytest.mark.parametrize(
    ("late", "away", "minutes"), [(0, 0, 180), (15, 0, 180), (16, 0, 179), (15, 30, 150), (60, 60, 75), (0, 180, 0)]
)
def test_what_a_presence_counts_for(session, seat, officer, at, late, away, minutes):
    mark = present(seat, late_minutes=late, away_minutes=away)
    actions.save_register(session=session, marks=[mark], by=officer, at=at)
    assert queries.hours_of(seat) == minutes


def test_the_check_in_opens_by_itself_half_an_hour_before_and_closes_at_the_end(session):
    window = queries.check_in_window(session)
    assert window.opens_at == session.starts_at - timedelta(minutes=30)
    assert window.counts_from == session.starts_at
    assert window.closes_at == session.ends_at


def test_an_early_opening_makes_nobody_late(session, seat, officer, at):
    actions.open_check_in(session=session, by=officer, at=at)
    session.refresh_from_db()
    window = queries.check_in_window(session)
    assert (window.opens_at, window.counts_from, window.closes_at) == (at, session.starts_at, session.ends_at)


def test_a_late_opening_moves_the_beginning_and_forgives_who_waited(session, seat, owner, officer, seats):
    came = session.starts_at + timedelta(minutes=25)
    actions.check_in(session=session, user=owner, source="qr", device="a", arrived_at=came, at=came)
    assert queries.hours_of(seat) == 170
    begins = session.starts_at + timedelta(minutes=40)
    actions.open_check_in(session=session, by=officer, at=begins)
    session.refresh_from_db()
    assert queries.hours_of(seat) == 180
    window = queries.check_in_window(session)
    assert (window.counts_from, window.closes_at) == (begins, begins + timedelta(hours=3))
    later = begins + timedelta(minutes=20)
    mark = actions.check_in(session=session, user=seats(1)[0].user, source="qr", device="b", arrived_at=later, at=later)
    assert (mark.late_minutes, mark.minutes) == (20, 175)


def test_opening_twice_within_a_minute_is_once(session, officer, at):
    actions.open_check_in(session=session, by=officer, at=at)
    actions.open_check_in(session=session, by=officer, at=at + timedelta(seconds=20))
    session.refresh_from_db()
    assert session.opened_at == at
    assert AuditLine.objects.filter(act="session.opened").count() == 1


def test_a_check_in_is_opened_by_hand_only_on_its_day(session, officer, client_of, clock):
    clock.now = session.starts_at - timedelta(days=1)
    answer = client_of(officer).post(english("attendance_open", session.public_id), follow=True)
    assert "only on the day of the half-day" in answer.content.decode()
    session.refresh_from_db()
    assert session.opened_at is None


# ------------------------------------------------------------------ the register
def test_the_staff_save_the_register_as_one_form(session, seats, officer, client_of, clock):
    ann, ben, cho = seats(3)
    client = client_of(officer)
    data = as_typed(
        client,
        session,
        **{f"present_{ann.public_id}": True, f"present_{ben.public_id}": True},
        **{f"late_{ben.public_id}": "๓๐", f"away_{ben.public_id}": "10", f"note_{ben.public_id}": "รถเสีย"},
    )
    answer = client.post(english("attendance_session", session.public_id), data, follow=True)
    assert "2 lines were saved." in answer.content.decode()
    assert recorded() == [(ann.name, "present", 180), (ben.name, "present", 155)]
    mark = Attendance.objects.get(enrolment=ben)
    assert (mark.source, mark.marked_by, mark.note, mark.late_minutes, mark.away_minutes) == (
        "staff", officer, "รถเสีย", 30, 10,
    )  # fmt: skip
    assert AuditLine.objects.filter(act="attendance.marked").count() == 2
    assert queries.presence_at(session) == queries.Presence(present=2, expected=3)
    assert cho.name in client.get(english("attendance_session", session.public_id)).content.decode()


def test_saving_twice_is_saving_once(session, seat, officer, client_of, clock):
    client = client_of(officer)
    data = as_typed(client, session, **{f"present_{seat.public_id}": True})
    for _ in range(2):
        client.post(english("attendance_session", session.public_id), data)
    assert AuditLine.objects.filter(act="attendance.marked").count() == 1


def test_a_learner_who_checks_in_while_the_register_lies_open_is_not_unticked(
    session, seat, owner, seats, officer, client_of, clock
):
    other = seats(1)[0]
    client = client_of(officer)
    data = as_typed(client, session, **{f"present_{other.public_id}": True})
    clock.now = session.starts_at
    actions.check_in(session=session, user=owner, source="qr", device="a", arrived_at=clock.now, at=clock.now)
    client.post(english("attendance_session", session.public_id), data)
    assert recorded() == [(seat.name, "present", 180), (other.name, "present", 180)]
    assert Attendance.objects.get(enrolment=seat).source == "qr"


def test_taking_a_tick_away_records_absence(session, seat, officer, client_of, clock, at):
    actions.save_register(session=session, marks=[present(seat)], by=officer, at=at)
    client = client_of(officer)
    data = as_typed(client, session, **{f"present_{seat.public_id}": False})
    client.post(english("attendance_session", session.public_id), data)
    assert recorded() == [(seat.name, "absent", 0)]


@pytest.mark.parametrize("typed", ["181", "-1", "1.5", "abc", "²"])
def test_impossible_minutes_are_refused_at_the_field_and_kept(session, seat, officer, client_of, clock, typed):
    client = client_of(officer)
    data = as_typed(client, session, **{f"present_{seat.public_id}": True, f"late_{seat.public_id}": typed})
    page = client.post(english("attendance_session", session.public_id), data).content.decode()
    assert "Please look at the fields marked below." in page
    assert f'value="{typed}"' in page
    assert recorded() == []


def test_all_present_ticks_who_is_unknown_and_leaves_the_absent(session, seats, officer, client_of, clock, at):
    ann, ben, cho = seats(3)
    away = actions.Mark(enrolment=ben, present=False, note="ป่วย")
    actions.save_register(session=session, marks=[present(ann, late_minutes=20), away], by=officer, at=at)
    client_of(officer).post(english("attendance_all_present", session.public_id))
    assert recorded() == [(ann.name, "present", 175), (ben.name, "absent", 0), (cho.name, "present", 180)]


def test_the_staff_confirm_who_shared_a_phone(session, seats, officer, client_of, clock):
    ann, ben = seats(2)
    late = session.starts_at + timedelta(minutes=20)
    for one in (ann, ben):
        actions.check_in(session=session, user=one.user, source="qr", device="same", arrived_at=late, at=late)
    client = client_of(officer)
    page = client.get(english("attendance_register", session.cohort.slug)).content.decode()
    assert "Are these people here?" in page
    assert f"phone of {ann.name}" in page
    mark = Attendance.objects.get(enrolment=ben)
    for _ in range(2):
        client.post(english("attendance_confirm", mark.public_id))
    assert recorded() == [(ann.name, "present", 175), (ben.name, "present", 175)]
    assert AuditLine.objects.filter(act="attendance.marked").count() == 1
    assert (
        "Are these people here?" not in client.get(english("attendance_register", session.cohort.slug)).content.decode()
    )


def test_a_learner_of_another_cohort_cannot_be_marked(office, session, officer, at):
    foreign = make_enrolment(make_cohort(office), at=at)
    with pytest.raises(actions.NotInThisCohort):
        actions.save_register(session=session, marks=[present(foreign)], by=officer, at=at)
    assert recorded() == []


def test_each_change_is_told(session, seat, officer, at, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    actions.save_register(session=session, marks=[present(seat)], by=officer, at=at)
    assert [(one.user, one.session, one.minutes) for one in told] == [(seat.user.public_id, session.public_id, 180)]


# ------------------------------------------------------------------ hours
def test_hours_are_counted_over_all_half_days(cohort, seats, officer, at):
    sessions = [make_session(cohort, number=n, hour=hour) for n, hour in ((1, 9), (2, 13))]
    ann, ben, cho = seats(3)
    actions.save_register(session=sessions[0], marks=[present(ann), present(ben, late_minutes=30)], by=officer, at=at)
    actions.save_register(session=sessions[1], marks=[present(ann)], by=officer, at=at)
    assert queries.hours_of_all([ann, ben, cho]) == {ann.pk: 360, ben.pk: 165, cho.pk: 0}
    register = queries.register_of_cohort(cohort)
    assert [(line.hours, line.percent) for line in register.lines] == [
        (Decimal("6.00"), 100), (Decimal("2.75"), 45), (Decimal("0.00"), 0),
    ]  # fmt: skip
    assert register.hours == Decimal("6.00")


@pytest.mark.parametrize("number", [1, 3])
def test_the_registers_take_the_same_queries_for_any_number_of_learners(
    number, session, seats, officer, client_of, clock, django_assert_num_queries, at
):
    marks = [present(one) for one in seats(number)]
    actions.save_register(session=session, marks=marks, by=officer, at=at)
    client = client_of(officer)
    with django_assert_num_queries(11):
        client.get(english("attendance_register", session.cohort.slug))
    with django_assert_num_queries(11):
        client.get(english("attendance_session", session.public_id))
    with django_assert_num_queries(8):
        client.get(english("attendance_wall_live", session.public_id))


def test_the_tables_say_what_the_screen_says(session, seats, officer, client_of, clock, at):
    ann, ben = seats(2)
    actions.save_register(session=session, marks=[present(ann, late_minutes=30)], by=officer, at=at)
    client = client_of(officer)
    cohort = session.cohort
    page = client.get(english("attendance_register", cohort.slug)).content.decode()
    assert "2.75" in page
    text = client.get(english("attendance_export", cohort.slug, "csv")).content.decode("utf-8-sig")
    expected = [
        ["Seat", "Name", "1. 23 Nov 2026", "Hours", "Per cent"],
        ["1", ann.name, "2.75", "2.75", "91"],
        ["2", ben.name, "", "0.00", "0"],
    ]
    assert list(csv.reader(io.StringIO(text))) == expected
    book = openpyxl.load_workbook(io.BytesIO(client.get(english("attendance_export", cohort.slug, "xlsx")).content))
    assert [[cell.value for cell in row] for row in book.active.rows][1] == [1, ann.name, 2.75, 2.75, 91]
    assert client.get(english("attendance_export", cohort.slug, "pdf")).status_code == 404
