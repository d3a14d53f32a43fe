"""The office sets up programmes and cohorts."""

from datetime import date

import pytest
from django.urls import reverse

from tourdee.core.dates import at_bangkok
from tourdee.core.models import AuditLine
from tourdee.people.models import Membership
from tourdee.programme import actions
from tourdee.programme.models import Application, Cohort, Programme

from .factories import make_application, make_cohort, make_enrolment, make_programme

pytestmark = pytest.mark.django_db
Status = Application.Status


@pytest.fixture
def desk(client_of, officer, clock):
    """The officer's browser."""
    return client_of(officer)


def programme_typed(**values):
    return {
        "name_th": "หลักสูตรใหม่", "name_en": "New course", "purpose_th": "ขายได้", "purpose_en": "To sell",
        "audience": ["tour_guide", "new_graduate"], "hours": "12", "partners": ["etda-ecommerce"], "certificate_prefix": "NEW",
        "signatory_name_1": "นางสาวอรุณี ตัวอย่าง", "signatory_title_1": "ผู้อำนวยการ", **values,
    }  # fmt: skip


def cohort_typed(**values):
    return {
        "name_th": "รุ่นที่ 9", "name_en": "Cohort 9", "audience_group": "", "venue_th": "ห้อง 1", "venue_en": "Room 1",
        "seats": "30", "target": "25", "starts_on": "7/12/2569", "ends_on": "2026-12-09", "closes_on": "4/12/2569",
        "closes_at": "16.30", **values,
    }  # fmt: skip


def test_an_officer_sets_up_a_programme(desk, office, partner):
    response = desk.post(reverse("new_programme"), programme_typed())
    made = Programme.objects.get()
    assert response.url == f"{reverse('new_cohort')}?programme=new-course"
    assert (made.office, made.slug, made.hours, made.certificate_prefix) == (office, "new-course", 12, "NEW")
    assert made.audience == ["tour_guide", "new_graduate"]
    assert list(made.partners.all()) == [partner]
    assert list(made.signatories.values_list("position", "name_th", "title_th")) == [
        (1, "นางสาวอรุณี ตัวอย่าง", "ผู้อำนวยการ")
    ]


def test_an_officer_cannot_give_a_programme_to_another_office(desk, office, other_office, partner):
    desk.post(reverse("new_programme"), programme_typed(office=other_office.slug))
    assert Programme.objects.get().office == office


def test_an_officer_of_two_offices_chooses(desk, officer, office, other_office, partner):
    Membership.objects.create(user=officer, organisation=other_office, role="officer")
    desk.post(reverse("new_programme"), programme_typed(office=other_office.slug))
    assert Programme.objects.get().office == other_office


def test_a_signatory_needs_a_position(desk, partner):
    page = desk.post(reverse("new_programme"), programme_typed(signatory_title_1=""))
    assert list(page.context["form"].errors) == ["signatory_title_1"]


def test_two_programmes_of_one_name_get_two_addresses(desk, office, partner):
    for _ in range(2):
        desk.post(reverse("new_programme"), programme_typed(name_en="New"))
    assert sorted(Programme.objects.values_list("slug", flat=True)) == ["new-n2", "new-n3"]


def test_changing_a_programme_replaces_its_signatories(desk, office, partner):
    programme = make_programme(office)
    programme.signatories.create(position=1, name_th="เดิม", title_th="เดิม")
    response = desk.post(reverse("edit_programme", args=[programme.slug]), programme_typed())
    programme.refresh_from_db()
    assert response.url == reverse("office_cohorts")
    assert (programme.name_th, programme.signatories.get().name_th) == ("หลักสูตรใหม่", "นางสาวอรุณี ตัวอย่าง")


def test_an_officer_opens_a_cohort_from_draft_to_finished(desk, office):
    programme = make_programme(office, slug="course")
    response = desk.post(reverse("new_cohort"), cohort_typed(programme="course"))
    made = Cohort.objects.get()
    assert response.url == reverse("office_timetable", args=["course-1"])
    assert (made.programme, made.slug, made.status, made.seats, made.target) == (programme, "course-1", "draft", 30, 25)
    assert (made.starts_on, made.ends_on) == (date(2026, 12, 7), date(2026, 12, 9))
    assert made.applications_close_at == at_bangkok(date(2026, 12, 4), 16, 30)
    for status in ("open", "closed", "finished"):
        desk.post(reverse("cohort_status", args=["course-1"]), {"status": status})
        made.refresh_from_db()
        assert made.status == status
    assert AuditLine.objects.filter(act="cohort.status").count() == 3


def test_a_finished_cohort_is_not_opened_directly_and_never_a_draft_again(desk, office):
    cohort = make_cohort(office, status="finished")
    for status in ("open", "draft", "nonsense"):
        desk.post(reverse("cohort_status", args=[cohort.slug]), {"status": status})
    cohort.refresh_from_db()
    assert cohort.status == "finished"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends_on", "6/12/2569"), ("closes_on", "8/12/2569"),
        ("seats", "0"), ("seats", "-1"), ("seats", "1e9"), ("seats", "1.5"), ("seats", "²"), ("closes_at", "25:00"),
        ("programme", "other"),
    ],
)  # fmt: skip
def test_a_bad_cohort_is_refused_at_its_field(desk, office, other_office, field, value):
    make_programme(office, slug="course")
    make_programme(other_office, slug="other")
    page = desk.post(reverse("new_cohort"), cohort_typed(**{"programme": "course", field: value}))
    assert list(page.context["form"].errors) == [field]
    assert Cohort.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7/12/2569", date(2026, 12, 7)), ("๗/๑๒/๒๕๖๙", date(2026, 12, 7)), ("2026-12-07", date(2026, 12, 7)),
        ("7/12/69", None), ("29/2/2568", None), ("7/12/1500", None),
    ],
)  # fmt: skip
def test_abuse_37_both_eras_are_understood_and_doubtful_years_refused(desk, office, typed, day):
    make_programme(office, slug="course")
    page = desk.post(reverse("new_cohort"), cohort_typed(programme="course", starts_on=typed))
    if day is None:
        assert list(page.context["form"].errors) == ["starts_on"]
    assert list(Cohort.objects.values_list("starts_on", flat=True)) == ([day] if day else [])


def test_a_cohort_needs_a_programme_first(desk):
    assert desk.get(reverse("new_cohort")).url == reverse("new_programme")


def test_seats_never_fall_below_the_people_who_have_one(desk, office, at):
    cohort = make_cohort(office, seats=3)
    for _ in range(2):
        make_enrolment(cohort, at=at)
    page = desk.post(reverse("edit_cohort", args=[cohort.slug]), cohort_typed(seats="1"))
    assert list(page.context["form"].errors) == ["seats"]
    cohort.refresh_from_db()
    assert cohort.seats == 3


def test_added_seats_go_to_those_who_wait(desk, office, officer, at):
    cohort = make_cohort(office, seats=1)
    make_enrolment(cohort, at=at)
    waiting = [make_application(cohort, at=at) for _ in range(3)]
    for one in waiting:
        actions.put_on_waiting_list(application=one, by=officer, reason="เต็ม", at=at)
    desk.post(reverse("edit_cohort", args=[cohort.slug]), cohort_typed(seats="3"))
    cohort.refresh_from_db()
    assert (cohort.seats, cohort.seats_taken) == (3, 3)
    assert [Application.objects.get(pk=one.pk).status for one in waiting] == ["seated", "seated", "waiting"]


def test_the_list_of_cohorts_is_searched_and_counted(desk, office, other_office, at):
    mine = make_cohort(office, name_th="รุ่นเชียงราย", status="closed")
    make_cohort(office, name_th="รุ่นภูเก็ต")
    make_cohort(other_office, name_th="รุ่นเชียงราย ของคนอื่น")
    make_application(mine, at=at)
    url = reverse("office_cohorts")
    assert [cohort for cohort, _ in desk.get(url, {"words": "เชียงราย"}).context["rows"]] == [mine]
    assert [cohort for cohort, _ in desk.get(url, {"status": "closed"}).context["rows"]] == [mine]
    [(_, counts)] = desk.get(url, {"words": "เชียงราย"}).context["rows"]
    assert (counts.applied, counts.submitted, counts.seated) == (1, 1, 0)
    assert len(desk.get(url, {"status": "nonsense", "page": "99"}).context["rows"]) == 2


def test_the_list_of_cohorts_costs_the_same_for_one_and_three(desk, office, at, django_assert_num_queries):
    programme = make_programme(office)
    make_cohort(office, programme=programme)
    desk.get(reverse("office_cohorts"))
    with django_assert_num_queries(9):
        assert len(desk.get(reverse("office_cohorts")).context["rows"]) == 1
    for _ in range(2):
        make_application(make_cohort(office, programme=programme), at=at)
    with django_assert_num_queries(9):
        assert len(desk.get(reverse("office_cohorts")).context["rows"]) == 3
