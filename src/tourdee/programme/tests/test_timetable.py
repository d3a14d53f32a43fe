"""Half-days: made, changed, copied; what does not fit is said; instructors see their own."""

from datetime import date

import pytest
from django.urls import reverse

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine
from tourdee.people.models import Membership, User
from tourdee.programme import actions, queries
from tourdee.programme.actions import SessionDetails, TaughtTopic
from tourdee.programme.models import Attendance, Session, SessionTopic

from .factories import make_cohort, make_enrolment, make_programme, make_session, make_session_topic, make_topics

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 14)


@pytest.fixture
def cohort(office, partner):
    programme = make_programme(office, hours=6)
    programme.partners.add(partner)
    return make_cohort(office, programme=programme, slug="c", starts_on=MONDAY)


def details(*topics, hour=9, day=MONDAY, hours=3):
    return SessionDetails(starts_at=at_bangkok(day, hour), ends_at=at_bangkok(day, hour + hours), topics=topics)


def warned(cohort):
    return [(one.kind, one.session.number if one.session else None) for one in
            queries.timetable_warnings(cohort, queries.timetable(cohort))]  # fmt: skip


def test_half_days_are_numbered_by_the_clock(cohort, officer, at):
    actions.add_session(cohort=cohort, details=details(hour=13), by=officer, at=at)
    actions.add_session(cohort=cohort, details=details(hour=9), by=officer, at=at)
    afternoon, morning = Session.objects.get(starts_at__hour=13), Session.objects.get(starts_at__hour=9)
    assert (morning.number, afternoon.number, morning.minutes) == (1, 2, 180)
    actions.change_session(session=morning, details=details(hour=17, hours=2), by=officer, at=at)
    morning.refresh_from_db()
    afternoon.refresh_from_db()
    assert (afternoon.number, morning.number, morning.minutes) == (1, 2, 120)
    actions.delete_session(session=afternoon, by=officer, at=at)
    morning.refresh_from_db()
    assert morning.number == 1
    assert list(AuditLine.objects.order_by("pk").values_list("act", flat=True)) == [
        "session.added", "session.added", "session.changed", "session.deleted",
    ]  # fmt: skip


def test_an_instructor_teaches_only_for_their_team(cohort, office, partner, instructor, officer, at):
    topic = make_topics()[0]
    foreign = TaughtTopic(topic=topic, minutes=60, team=office, instructor=instructor)
    with pytest.raises(actions.NotOfTheTeam):
        actions.add_session(cohort=cohort, details=details(foreign), by=officer, at=at)
    assert Session.objects.count() == 0
    own = TaughtTopic(topic=topic, minutes=60, team=partner, instructor=instructor)
    made = actions.add_session(cohort=cohort, details=details(own), by=officer, at=at)
    assert made.topics.get().instructor == instructor


def test_a_half_day_with_recorded_presence_stays(cohort, officer, at):
    session = make_session(cohort)
    Attendance.objects.create(
        enrolment=make_enrolment(cohort, at=at), session=session, minutes=180, source="staff", at=at
    )
    with pytest.raises(actions.AlreadyRecorded):
        actions.delete_session(session=session, by=officer, at=at)
    assert Session.objects.count() == 1


def test_a_timetable_that_fits_warns_of_nothing(cohort, partner, instructor):
    for number, hour in ((1, 9), (2, 13)):
        make_session_topic(make_session(cohort, number=number, hour=hour), partner, instructor)
    assert warned(cohort) == []


def test_overlapping_half_days_are_named(cohort, partner):
    for number, hour in ((1, 9), (2, 11)):
        make_session_topic(make_session(cohort, number=number, hour=hour), partner)
    assert warned(cohort) == [("overlap", 2)]


def test_hours_that_are_not_the_programmes_are_named(cohort, partner):
    make_session_topic(make_session(cohort), partner, minutes=120)
    assert warned(cohort) == [("hours", None), ("topics", 1)]


def test_half_days_outside_the_days_and_on_holidays_are_named(cohort, partner):
    for number, day in ((1, date(2026, 12, 31)), (2, date(2027, 1, 4))):
        make_session_topic(make_session(cohort, number=number, day=day), partner)
    assert warned(cohort) == [("outside", 1), ("holiday", 1), ("outside", 2)]


def test_an_instructor_in_two_places_at_once_is_named_even_in_another_offices_cohort(
    cohort, other_office, partner, instructor
):
    elsewhere = make_cohort(other_office, starts_on=MONDAY)
    make_session_topic(make_session(elsewhere, hour=10), partner, instructor)
    make_session_topic(make_session(cohort, hour=9), partner, instructor)
    make_session_topic(make_session(cohort, number=2, hour=13), partner, instructor)
    [warning] = queries.timetable_warnings(cohort, queries.timetable(cohort))
    assert (warning.kind, warning.session.number, warning.name) == ("instructor", 1, "วิทยากร มานะ")


def test_half_days_that_only_touch_do_not_clash(cohort, other_office, partner, instructor):
    make_session_topic(make_session(make_cohort(other_office, starts_on=MONDAY), hour=12), partner, instructor)
    for number, hour in ((1, 9), (2, 15)):
        make_session_topic(make_session(cohort, number=number, hour=hour), partner, instructor)
    assert warned(cohort) == []


def test_warnings_cost_the_same_for_one_and_three_half_days(cohort, partner, instructor, django_assert_num_queries):
    make_session_topic(make_session(cohort), partner, instructor)
    with django_assert_num_queries(3):
        queries.timetable_warnings(cohort, queries.timetable(cohort))
    for number in (2, 3):
        make_session_topic(make_session(cohort, number=number, hour=9 + 3 * number), partner, instructor)
    with django_assert_num_queries(3):
        queries.timetable_warnings(cohort, queries.timetable(cohort))


def test_a_timetable_is_copied_onto_working_days_without_instructors(cohort, office, officer, partner, instructor, at):
    for number, (day, hour) in enumerate(
        ((date(2026, 11, 23), 9), (date(2026, 11, 23), 13), (date(2026, 11, 25), 9)), 1
    ):
        make_session_topic(make_session(cohort, number=number, day=day, hour=hour), partner, instructor)
    friday = make_cohort(office, starts_on=date(2026, 12, 4))
    assert actions.copy_timetable(source=cohort, cohort=friday, by=officer, at=at) == 3
    copied = queries.timetable(friday)
    # Saturday, Sunday and the substitute holiday of 7 December lie between.
    assert [one.starts_at for one in copied] == [
        at_bangkok(date(2026, 12, 4), 9), at_bangkok(date(2026, 12, 4), 13), at_bangkok(date(2026, 12, 8), 9),
    ]  # fmt: skip
    assert [one.instructor for session in copied for one in session.topics.all()] == [None] * 3
    with pytest.raises(actions.HasTimetable):
        actions.copy_timetable(source=cohort, cohort=friday, by=officer, at=at)


# ------------------------------------------------------------------ pages
def typed(*lines, **values):
    """What the form of a half-day sends: five lines, the unused ones empty."""
    data = {"day": "14/12/2569", "starts": "09:00", "ends": "12.00", "venue_th": "", "venue_en": ""}
    data |= {"topics-TOTAL_FORMS": "5", "topics-INITIAL_FORMS": "0"}
    for number in range(5):
        line = lines[number] if number < len(lines) else ("", "", "", "")
        for name, value in zip(("topic", "minutes", "team", "instructor"), line, strict=True):
            data[f"topics-{number}-{name}"] = value
    return data | values


@pytest.fixture
def desk(client_of, officer, clock):
    return client_of(officer)


def test_an_officer_adds_and_changes_a_half_day(desk, cohort, partner, instructor):
    make_topics()
    line = ("basics", "120", partner.slug, instructor.public_id)
    response = desk.post(reverse("new_session", args=["c"]), typed(line, ("market", "60", partner.slug, "")))
    assert response.url == reverse("office_timetable", args=["c"])
    session = Session.objects.get()
    assert (session.starts_at, session.ends_at, session.minutes) == (at_bangkok(MONDAY, 9), at_bangkok(MONDAY, 12), 180)
    assert list(session.topics.values_list("topic__slug", "minutes", "instructor", "position")) == [
        ("basics", 120, instructor.pk, 1), ("market", 60, None, 2),
    ]  # fmt: skip
    url = reverse("edit_session", args=[session.public_id])
    shown = desk.get(url)
    assert shown.context["topics"][0].initial["instructor"] == instructor.public_id
    desk.post(url, typed(("legal", "180", partner.slug, ""), venue_th="ห้อง 2"))
    session.refresh_from_db()
    assert (session.venue_th, SessionTopic.objects.get().topic.slug) == ("ห้อง 2", "legal")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (("basics", "", "etda-ecommerce", ""), "minutes"),
        (("basics", "60", "", ""), "team"),
        (("", "60", "etda-ecommerce", ""), "topic"),
        (("basics", "60", "dsd", "WHO"), "instructor"),
        (("basics", "60", "stranger-team", ""), "team"),
        (("nonsense", "60", "etda-ecommerce", ""), "topic"),
        (("basics", "9999", "etda-ecommerce", ""), "minutes"),
    ],
)
def test_a_bad_line_is_refused_at_its_field(desk, cohort, partner, instructor, line, field):
    make_topics()
    line = tuple(instructor.public_id if value == "WHO" else value for value in line)
    page = desk.post(reverse("new_session", args=["c"]), typed(line))
    assert field in page.context["topics"][0].errors
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("ends", "09:00"), ("ends", "08:00"), ("day", "32/1/2569"), ("starts", "x")]
)
def test_a_bad_time_is_refused_at_its_field(desk, cohort, field, value):
    page = desk.post(reverse("new_session", args=["c"]), typed(**{field: value}))
    assert list(page.context["form"].errors) == [field]
    assert Session.objects.count() == 0


def test_instructors_of_other_teams_are_not_offered(desk, cohort, partner, instructor, other_office):
    outsider = User.objects.create_user("outsider@example.org", name="คนนอก")
    Membership.objects.create(user=outsider, organisation=other_office, role="instructor")
    page = desk.get(reverse("new_session", args=["c"])).content.decode()
    assert instructor.public_id in page
    assert outsider.public_id not in page


def test_the_copy_button_offers_only_the_offices_own_timetables(desk, cohort, office, other_office):
    own, foreign = make_cohort(office, slug="own"), make_cohort(other_office, slug="foreign")
    make_session(own)
    make_session(foreign)
    page = desk.get(reverse("office_timetable", args=["c"]))
    assert list(page.context["copy"].cohorts) == ["own"]
    assert desk.post(reverse("copy_timetable", args=["c"]), {"source": "foreign"}).status_code == 404
    assert desk.post(reverse("copy_timetable", args=["c"]), {"source": "own"}).status_code == 302
    assert cohort.sessions.count() == 1


def test_a_half_day_is_deleted_by_post_only(desk, cohort):
    session = make_session(cohort)
    url = reverse("delete_session", args=[session.public_id])
    assert desk.get(url).status_code == 405
    desk.post(url)
    assert Session.objects.count() == 0


def test_an_instructor_sees_only_the_half_days_they_teach(client_of, cohort, office, partner, instructor, clock):
    mine = make_session(cohort, hour=9)
    make_session_topic(mine, partner, instructor)
    make_session_topic(make_session(cohort, number=2, hour=13), partner)
    gone = make_session(make_cohort(office, starts_on=date(2026, 11, 2)))
    make_session_topic(gone, partner, instructor)
    page = client_of(instructor).get(reverse("teaching"))
    assert list(page.context["coming"]) == [mine]
    assert list(page.context["past"]) == [gone]


def test_a_half_day_with_two_own_topics_stands_there_once(cohort, partner, instructor):
    session = make_session(cohort)
    for position in (1, 2):
        make_session_topic(session, partner, instructor, position=position)
    assert list(queries.sessions_taught_by(instructor)) == [session]
