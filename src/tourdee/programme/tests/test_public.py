"""The public page, the application form and the applicant's own pages, as people use them."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from icalendar import Calendar

from tourdee.programme import actions
from tourdee.programme.models import Application, Cohort

from .factories import (
    citizen_id,
    make_application,
    make_cohort,
    make_enrolment,
    make_programme,
    make_session,
    make_session_topic,
)

pytestmark = pytest.mark.django_db
Status = Application.Status


def typed(**values):
    """What a phone sends."""
    return {
        "name": "นางสาวสมหญิง ใจดี",
        "citizen_id": "1-1017-00230-70-8",
        "phone": "081 234 5678",
        "email": "Somying@Example.com",
        "audience_group": "tour_guide",
        "province": "50",
        "works_as": "มัคคุเทศก์",
        "wants_to_sell": "ทริปเดินป่า",
        "income_before": "๑๒,๕๐๐",
        "consent": "on",
        **values,
    }


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def cohort(office, clock):
    return make_cohort(office, seats=2, slug="course-2")


def test_everybody_sees_a_cohort_with_its_seats_and_half_days(client, cohort, partner):
    make_session_topic(make_session(cohort), partner)
    page = client.get(reverse("cohort", args=["course-2"]), HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == 200
    assert page.context["is_open"] is True
    assert [(len(sessions), day.isoformat()) for day, sessions in page.context["days"]] == [(1, "2026-12-07")]
    assert reverse("apply", args=["course-2"]) in page.content.decode()


def test_a_draft_does_not_exist_for_the_public(client, office, clock):
    cohort = make_cohort(office, status=Cohort.Status.DRAFT)
    assert client.get(reverse("cohort", args=[cohort.slug])).status_code == 404
    assert client.get(reverse("cohort_ical", args=[cohort.slug])).status_code == 404


def test_a_draft_cannot_be_applied_to(client_of, owner, office, clock):
    cohort = make_cohort(office, status=Cohort.Status.DRAFT)
    assert client_of(owner).post(reverse("apply", args=[cohort.slug]), typed()).status_code == 404
    assert Application.objects.count() == 0


def test_a_full_cohort_says_waiting_list(client, cohort, at):
    for _ in range(2):
        make_enrolment(cohort, at=at)
    text = client.get("/en" + reverse("cohort", args=["course-2"])).content.decode()
    assert "Full: waiting list" in text
    assert "Apply for the waiting list" in text


def test_a_closed_cohort_offers_no_form(client, client_of, owner, cohort):
    Cohort.objects.update(status=Cohort.Status.CLOSED)
    text = client.get(reverse("cohort", args=["course-2"])).content.decode()
    assert reverse("apply", args=["course-2"]) not in text
    response = client_of(owner).get(reverse("apply", args=["course-2"]))
    assert response.url == reverse("cohort", args=["course-2"])


def test_only_open_cohorts_are_listed_the_next_first(client, office, clock):
    later = make_cohort(office, slug="later", starts_on=clock.now.date() + timedelta(days=40))
    sooner = make_cohort(office, slug="sooner")
    make_cohort(office, slug="closed", status=Cohort.Status.CLOSED)
    make_cohort(office, slug="past", applications_close_at=clock.now)
    assert client.get(reverse("cohorts")).context["cohorts"] == [sooner, later]


def test_applying_asks_to_sign_in_and_comes_back(client, cohort):
    url = reverse("apply", args=["course-2"])
    response = client.get(url)
    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={url}")


def test_an_application_is_saved_as_typed_and_shown_back(client_of, owner, cohort, clock):
    response = client_of(owner).post(reverse("apply", args=["course-2"]), typed())
    made = Application.objects.get()
    assert response.url == reverse("application", args=[made.public_id])
    assert (made.user, made.cohort, made.status, made.submitted_at) == (owner, cohort, Status.SUBMITTED, clock.now)
    assert (made.name, made.phone, made.email) == ("นางสาวสมหญิง ใจดี", "+66812345678", "somying@example.com")
    assert (made.audience_group, made.province, made.income_before_satang) == ("tour_guide", 50, 1_250_000)
    page = client_of(owner).get(response.url).content.decode()
    assert "x-xxxx-xxxxx-70-8" in page
    assert "1101700230708" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Somying Jaidee"),
        ("name", "ก\u202eข ค"),
        ("citizen_id", ""),
        ("citizen_id", "1101700230709"),
        ("citizen_id", "1111111111111"),
        ("citizen_id", "1.1017E+12"),
        ("phone", "12345"),
        ("phone", "+1 900 555 0199"),
        ("email", "not an address"),
        ("audience_group", "laid_off"),
        ("audience_group", "officer"),
        ("province", "00"),
        ("income_before", "-5"),
        ("income_before", "1e9"),
        ("consent", ""),
    ],
)
def test_bad_input_is_refused_at_its_field_and_kept(client_of, owner, cohort, field, value):
    page = client_of(owner).post(reverse("apply", args=["course-2"]), typed(**{field: value}))
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["wants_to_sell"].value() == "ทริปเดินป่า"
    assert Application.objects.count() == 0


def test_abuse_25_mass_assignment_of_status_user_seat_and_cohort_is_ignored(client_of, owner, stranger, cohort, office):
    other = make_cohort(office)
    evil = {
        "status": "seated", "user": stranger.pk, "user_id": stranger.pk, "cohort": other.pk, "cohort_id": other.pk,
        "public_id": "aaaaaaaaaaaaaaaa", "waiting_number": "1", "decided_by": owner.pk, "reason": "x", "entered_by": owner.pk,
        "citizen_id_hash": "0", "submitted_at": "2000-01-01", "seats_taken": "0", "is_staff": "1", "is_host": "1",
    }  # fmt: skip
    client_of(owner).post(reverse("apply", args=["course-2"]), typed(**evil))
    made = Application.objects.get()
    assert (made.status, made.user, made.cohort, made.reason, made.entered_by) == (
        Status.SUBMITTED,
        owner,
        cohort,
        "",
        None,
    )
    assert (made.waiting_number, made.decided_by, made.submitted_at.year) == (None, None, 2026)
    assert made.public_id != "aaaaaaaaaaaaaaaa"
    owner.refresh_from_db()
    assert owner.is_host is False


def test_applying_twice_leads_kindly_to_the_first(client_of, owner, cohort):
    first = client_of(owner).post(reverse("apply", args=["course-2"]), typed())
    again = client_of(owner).post(reverse("apply", args=["course-2"]), typed(name="ชื่อ อื่น"))
    assert again.url == first.url
    assert len(said(again)) == 1
    assert Application.objects.get().name == "นางสาวสมหญิง ใจดี"


def test_abuse_21_a_citizen_id_that_is_taken_gets_the_very_same_answer(client_of, owner, teammate, stranger, cohort):
    """Neither the page nor its message tells whether somebody else has applied with this citizen id."""
    client_of(owner).post(reverse("apply", args=["course-2"]), typed())
    url = reverse("apply", args=["course-2"])
    taken = client_of(teammate).post(url, typed(phone="0812345679"))
    free = client_of(stranger).post(url, typed(citizen_id=citizen_id(7), phone="0812345670"))
    assert free.status_code == 302
    assert (taken.status_code, said(taken)) == (free.status_code, said(free))
    mine = Application.objects.get(user=teammate)
    page = client_of(teammate).get(reverse("application", args=[mine.public_id])).content.decode()
    assert "สมหญิง" in page  # what they typed themselves
    assert Application.objects.get(user=owner).public_id not in page


def test_abuse_23_a_strangers_application_does_not_exist(client_of, owner, stranger, cohort, at):
    own = make_application(cohort, owner, at=at, wants_to_sell="ความลับของฉัน")
    for name in ("application", "withdraw_application"):
        url = reverse(name, args=[own.public_id])
        for method in ("get", "post"):
            response = getattr(client_of(stranger), method)(url)
            assert response.status_code in {404, 405}
            assert "ความลับของฉัน" not in response.content.decode()
    own.refresh_from_db()
    assert own.status == Status.SUBMITTED
    assert list(client_of(stranger).get(reverse("my_applications")).context["applications"]) == []


def test_withdrawing_asks_first_and_then_frees_the_seat(client_of, owner, cohort, at):
    enrolment = make_enrolment(cohort, owner, at=at)
    url = reverse("withdraw_application", args=[enrolment.application.public_id])
    browser = client_of(owner)
    assert browser.get(url).status_code == 200
    cohort.refresh_from_db()
    assert cohort.seats_taken == 1
    assert browser.post(url).url == reverse("application", args=[enrolment.application.public_id])
    cohort.refresh_from_db()
    assert (cohort.seats_taken, Application.objects.get().status) == (0, Status.WITHDRAWN)
    assert (
        browser.get(reverse("application", args=[enrolment.application.public_id])).context["may_apply_again"] is True
    )


@pytest.mark.parametrize("status", ["submitted", "seated", "waiting", "refused", "withdrawn", "no_show"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_status_page_has_words_for_every_status(client_of, owner, officer, cohort, at, status, prefix):
    application = make_application(cohort, owner, at=at)
    if status == "seated":
        actions.seat_applicant(application=application, by=officer, reason="ตรงกลุ่ม", at=at)
    elif status == "waiting":
        actions.put_on_waiting_list(application=application, by=officer, reason="เต็ม", at=at)
    else:
        Application.objects.filter(pk=application.pk).update(status=status, reason="เหตุผลเฉพาะ")
    page = client_of(owner).get(prefix + reverse("application", args=[application.public_id]))
    assert page.status_code == 200
    assert ("เหตุผลเฉพาะ" in page.content.decode()) == (status in {"refused", "no_show"})
    assert page.context["place"] == (1 if status == "waiting" else None)


def test_my_applications_costs_the_same_for_one_and_three(
    client_of, owner, office, at, clock, django_assert_num_queries
):
    browser = client_of(owner)
    make_application(make_cohort(office), owner, at=at)
    browser.get(reverse("my_applications"))
    with django_assert_num_queries(5):
        assert len(browser.get(reverse("my_applications")).context["applications"]) == 1
    for _ in range(2):
        make_application(make_cohort(office), owner, at=at)
    with django_assert_num_queries(5):
        assert len(browser.get(reverse("my_applications")).context["applications"]) == 3


def test_the_public_page_costs_the_same_for_one_and_three_half_days(client, cohort, partner, django_assert_num_queries):
    url = reverse("cohort", args=["course-2"])
    make_session_topic(make_session(cohort), partner)
    with django_assert_num_queries(4):
        client.get(url)
    for number in (2, 3):
        make_session_topic(make_session(cohort, number=number, hour=9 + number), partner)
    with django_assert_num_queries(4):
        client.get(url)


def test_the_timetable_goes_into_the_phones_calendar(client, cohort, partner):
    session = make_session(cohort)
    make_session_topic(session, partner)
    response = client.get(reverse("cohort_ical", args=["course-2"]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert (event["uid"], event.decoded("dtstart"), event.decoded("dtend")) == (
        f"{session.public_id}@tourdee", session.starts_at, session.ends_at,
    )  # fmt: skip
    assert str(event["location"]) == "สำนักงาน"
    assert str(event["summary"]).startswith(cohort.name_th)


def test_a_citizen_id_is_never_in_the_page_of_an_error(client_of, owner, cohort):
    """What was typed is kept in the field, and nowhere else."""
    page = client_of(owner).post(reverse("apply", args=["course-2"]), typed(phone="x")).content.decode()
    assert page.count("1-1017-00230-70-8") == 1


def test_a_programme_for_some_groups_offers_only_those(client_of, owner, office, clock):
    cohort = make_cohort(office, programme=make_programme(office, audience=["new_graduate"]))
    form = client_of(owner).get(reverse("apply", args=[cohort.slug])).context["form"]
    assert [value for value, _label in form.fields["audience_group"].choices] == ["new_graduate"]
