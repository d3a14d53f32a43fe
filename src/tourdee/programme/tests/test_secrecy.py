"""Foreign things do not exist: every office route, every role, found from the list of addresses itself."""

import pytest
from django.urls import reverse

from tourdee.programme import actions, urls
from tourdee.programme.models import Application, Cohort, RosterUpload

from .factories import make_application, make_cohort, make_enrolment, make_session, make_session_topic

pytestmark = pytest.mark.django_db
OFFICE = [*urls.desk_pages, *urls.screening_pages, *urls.seat_pages, *urls.roster_pages, *urls.timetable_pages]
NAMES = sorted({page.name for page in OFFICE} - {"teaching"})
SECRET = "ความลับของผู้สมัคร"
WITHOUT_ARGUMENTS = {"office_cohorts", "new_cohort", "new_programme"}


@pytest.fixture
def things(office, officer, partner, at):
    """A cohort of the first office with something behind every address, all of it telling a secret if it leaks."""
    cohort = make_cohort(office, seats=3, name_th=SECRET, name_en=SECRET)
    make_enrolment(cohort, at=at, name=SECRET)
    waiting = make_application(cohort, at=at, name=SECRET, wants_to_sell=SECRET)
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    session = make_session(cohort)
    make_session_topic(session, partner)
    upload = actions.keep_roster(cohort=cohort, owner=officer, file_name=SECRET, rows=[], at=at)
    by_argument = {
        "slug": cohort.slug,
        "public_id": waiting.public_id,
        "enrolment_id": cohort.enrolments.get().public_id,
        "session_id": session.public_id,
    }
    special = {"edit_programme": {"slug": cohort.programme.slug}, "roster_preview": {"public_id": upload.public_id}}
    return by_argument, special


def address(name, things):
    by_argument, special = things
    if name in special:
        return reverse(name, kwargs=special[name])
    page = next(page for page in OFFICE if page.name == name)
    return reverse(name, kwargs={each: by_argument[each] for each in page.pattern.converters})


def state():
    return (
        list(Application.objects.order_by("pk").values_list("status", "reason", "waiting_number")),
        list(Cohort.objects.values_list("status", "seats", "seats_taken", "name_th")),
        RosterUpload.objects.count(),
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_abuse_23_another_offices_officer_finds_nothing(client_of, other_officer, things, clock, name, method):
    before = state()
    response = getattr(client_of(other_officer), method)(address(name, things), {"status": "closed", "usual": "0"})
    if name in WITHOUT_ARGUMENTS:
        assert response.status_code in {200, 302, 405}
    else:
        assert response.status_code in {404, 405}
    assert SECRET not in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["owner", "instructor"])
def test_learners_and_instructors_find_no_office(request, client_of, things, clock, name, method, role):
    before = state()
    browser = client_of(request.getfixturevalue(role))
    response = getattr(browser, method)(address(name, things), {"status": "closed", "usual": "0"})
    assert response.status_code == 404
    assert SECRET not in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("name", NAMES)
def test_the_office_asks_strangers_to_sign_in(client, things, name):
    response = client.get(address(name, things))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"roster_preview"}))
def test_its_own_officer_finds_everything(client_of, officer, things, clock, name):
    """The control: the pages above are refused because of who asks, not because they do not work."""
    assert client_of(officer).get(address(name, things)).status_code in {200, 405}


def test_a_preview_belongs_to_the_officer_who_made_it(client_of, office, officer, things, clock):
    from tourdee.people.models import Membership, User

    colleague = User.objects.create_user("colleague@example.org", name="เพื่อนร่วมงาน")
    Membership.objects.create(user=colleague, organisation=office, role="officer")
    assert client_of(colleague).get(address("roster_preview", things)).status_code == 404


def test_abuse_26_an_officer_who_left_finds_nothing_any_more(client_of, officer, things, clock):
    browser = client_of(officer)
    officer.memberships.all().delete()
    assert browser.get(address("office_application", things)).status_code == 404


def test_only_instructors_have_a_page_of_half_days(client_of, owner, officer, instructor, things, clock):
    assert client_of(owner).get(reverse("teaching")).status_code == 404
    assert client_of(officer).get(reverse("teaching")).status_code == 404
    page = client_of(instructor).get(reverse("teaching"))
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
