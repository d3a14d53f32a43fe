"""A roster is imported as a whole or not at all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.core.crypto import unseal
from tourdee.core.models import AuditLine
from tourdee.people.models import User
from tourdee.programme import actions
from tourdee.programme.models import Application, RosterUpload

from .factories import citizen_id, make_cohort, make_enrolment
from .roster_files import excel, person

pytestmark = pytest.mark.django_db
Status = Application.Status


@pytest.fixture
def cohort(office):
    return make_cohort(office, seats=5, slug="c")


@pytest.fixture
def desk(client_of, officer, clock):
    return client_of(officer)


def upload(desk, file):
    return desk.post(reverse("import_roster", args=["c"]), {"file": file})


def preview(desk, file):
    """The plan of the preview page: (row, outcome, number of problems)."""
    response = upload(desk, file)
    page = desk.get(response.url)
    return response.url, [(line.number, line.outcome, len(line.problems)) for line in page.context["plan"]]


def problems_of(desk, file):
    response = upload(desk, file)
    return [line.problems for line in desk.get(response.url).context["plan"]]


def test_a_good_file_is_shown_row_by_row_and_saves_nothing(desk, cohort):
    _, plan = preview(desk, excel(person(1), person(2)))
    assert plan == [(2, "new", 0), (3, "new", 0)]
    assert Application.objects.count() == 0
    assert User.objects.filter(phone__startswith="+668").count() == 0


def test_importing_gives_everybody_a_seat(desk, officer, cohort, at):
    url, _ = preview(desk, excel(person(1), person(2)))
    response = desk.post(url)
    assert response.url == reverse("office_seats", args=["c"])
    cohort.refresh_from_db()
    assert cohort.seats_taken == 2
    one = Application.objects.get(phone="+66800000001")
    assert (one.name, one.status, one.province, one.audience_group) == (
        "นายคนที่ 1 ทดสอบ",
        Status.SEATED,
        50,
        "tour_guide",
    )
    assert (one.user.phone, one.user.name, one.entered_by, one.decided_by) == (
        "+66800000001", "นายคนที่ 1 ทดสอบ", officer, officer,
    )  # fmt: skip
    line = AuditLine.objects.get(act="roster.imported")
    assert (line.data["added"], line.data["rows"], line.actor) == (2, 2, officer.public_id)
    assert AuditLine.objects.filter(act="seat.given").count() == 2


def test_the_same_file_again_changes_nothing(desk, cohort):
    for _ in range(2):
        url, plan = preview(desk, excel(person(1), person(2)))
        desk.post(url)
    assert plan == [(2, "same", 0), (3, "same", 0)]
    cohort.refresh_from_db()
    assert (cohort.seats_taken, Application.objects.count()) == (2, 2)
    assert User.objects.filter(phone__startswith="+668").count() == 2


def test_a_second_click_on_import_changes_nothing(desk, cohort):
    url, _ = preview(desk, excel(person(1)))
    assert desk.post(url).url == reverse("office_seats", args=["c"])
    assert desk.post(url).url == reverse("office_seats", args=["c"])
    assert AuditLine.objects.filter(act="roster.imported").count() == 1


def test_one_bad_row_stops_the_whole_file(desk, cohort):
    url, plan = preview(desk, excel(person(1), person(2, citizen_id="1101700230709")))
    assert plan == [(2, "new", 0), (3, "bad", 1)]
    assert desk.post(url).url == url
    assert Application.objects.count() == 0
    assert RosterUpload.objects.get().imported_at is None


def test_a_seat_that_went_in_the_meantime_stops_the_import(desk, cohort, at):
    for _ in range(4):
        make_enrolment(cohort, at=at)
    url, plan = preview(desk, excel(person(1)))
    assert plan == [(2, "new", 0)]
    make_enrolment(cohort, at=at)
    assert desk.post(url).url == url
    assert Application.objects.filter(phone="+66800000001").count() == 0
    assert RosterUpload.objects.get().imported_at is None


def test_the_kept_rows_are_sealed_and_live_for_an_hour(desk, officer, cohort, clock):
    url, _ = preview(desk, excel(person(1)))
    kept = RosterUpload.objects.get()
    assert citizen_id(1) not in kept.rows_sealed
    assert citizen_id(1) in unseal(kept.rows_sealed)
    assert kept.expires_at == clock.now + timedelta(hours=1)
    clock.forward(hours=1, seconds=1)
    for response in (desk.get(url), desk.post(url)):
        assert response.url == reverse("import_roster", args=["c"])
    assert Application.objects.count() == 0
    assert actions.forget_old_rosters(at=clock.now) == 1
    assert RosterUpload.objects.count() == 0


def test_the_act_itself_refuses_what_is_older_than_an_hour(officer, cohort, at):
    kept = actions.keep_roster(cohort=cohort, owner=officer, file_name="x", rows=[], at=at - timedelta(hours=2))
    with pytest.raises(actions.UploadGone):
        actions.import_roster(upload=kept, lines=[], by=officer, at=at)


def test_imported_rows_are_forgotten_at_once(desk, cohort):
    url, _ = preview(desk, excel(person(1)))
    desk.post(url)
    assert RosterUpload.objects.get().rows_sealed == ""


def test_the_preview_shows_no_citizen_id(desk, cohort):
    url, _ = preview(desk, excel(person(1), person(2, citizen_id="1101700230709")))
    text = desk.get(url).content.decode()
    assert citizen_id(1) not in text
    assert "1101700230709" not in text
    assert f"•••{citizen_id(1)[-3:]}" in text


def test_a_preview_costs_the_same_for_one_and_three_rows(desk, cohort, django_assert_num_queries):
    url, _ = preview(desk, excel(person(1)))
    with django_assert_num_queries(7):
        desk.get(url)
    url, _ = preview(desk, excel(person(1), person(2), person(3)))
    with django_assert_num_queries(7):
        assert len(desk.get(url).context["plan"]) == 3
