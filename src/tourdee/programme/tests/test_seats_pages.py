"""The office's pages of seats and waiting list."""

import pytest
from django.urls import reverse

from tourdee.programme import actions
from tourdee.programme.models import Application

from .factories import make_application, make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
Status = Application.Status


@pytest.fixture
def desk(client_of, officer, clock):
    """The officer's browser."""
    return client_of(officer)


@pytest.fixture
def cohort(office):
    return make_cohort(office, seats=2, slug="c")


def test_a_no_show_is_replaced_by_the_first_who_waits(desk, office, officer, clock, at):
    cohort = make_cohort(office, seats=1, starts_on=at.date())
    gone = make_enrolment(cohort, at=at)
    waiting = make_application(cohort, at=at, name="คนถัดไป")
    actions.put_on_waiting_list(application=waiting, by=officer, reason="เต็ม", at=at)
    url = reverse("replace_no_show", args=[gone.public_id])
    assert "คนถัดไป" in desk.get(url).content.decode()
    assert desk.post(url, {"usual": "0"}).url == reverse("office_seats", args=[cohort.slug])
    waiting.refresh_from_db()
    assert waiting.status == Status.SEATED


def test_the_waiting_list_is_moved_with_a_reason(desk, office, officer, at):
    cohort = make_cohort(office)
    people = [make_application(cohort, at=at, name=name) for name in "กข"]
    for one in people:
        actions.put_on_waiting_list(application=one, by=officer, reason="เต็ม", at=at)
    url = reverse("move_waiting", args=[people[1].public_id])
    assert list(desk.post(url, {"place": "1"}).context["form"].errors) == ["usual"]
    desk.post(url, {"place": "๑", "usual": "0"})
    page = desk.get(reverse("office_seats", args=[cohort.slug]))
    assert [one.name for one in page.context["waiting"]] == ["ข", "ก"]


def test_who_does_not_wait_has_no_page_for_moving(desk, cohort, at):
    one = make_application(cohort, at=at)
    assert desk.get(reverse("move_waiting", args=[one.public_id])).status_code == 404


def test_the_seats_cost_the_same_for_one_and_three(desk, office, at, django_assert_num_queries):
    cohort = make_cohort(office, seats=5)
    url = reverse("office_seats", args=[cohort.slug])
    make_enrolment(cohort, at=at)
    desk.get(url)
    with django_assert_num_queries(7):
        desk.get(url)
    for _ in range(2):
        make_enrolment(cohort, at=at)
    with django_assert_num_queries(7):
        assert len(desk.get(url).context["seats"]) == 3


def test_the_desk_of_a_cohort_costs_the_same_for_one_and_three_half_days(desk, office, django_assert_num_queries):
    cohort = make_cohort(office)
    url = reverse("office_cohort", args=[cohort.slug])
    make_session(cohort)
    desk.get(url)
    with django_assert_num_queries(10):
        desk.get(url)
    for number in (2, 3):
        make_session(cohort, number=number, hour=9 + number * 3)
    with django_assert_num_queries(10):
        desk.get(url)
