"""The landing page and the page of the course: what they show, when there is nothing to show, and what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.programme.tests.factories import make_cohort, make_programme, make_topics
from tourdee.shop.tests.factories import a_departure, a_product, a_shop, a_tour, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGES = ("landing", "course")


def html_of(client, name, language="th"):
    address = reverse(name)
    return client.get(address if language == "th" else f"/en{address}").content.decode()


def fill(office, at, number):
    """So many open cohorts, tours and products, each of its own."""
    programme = make_programme(office)
    for _ in range(number):
        make_cohort(office, programme=programme)
        shop = a_shop()
        tour = a_tour(shop, published_at=at)
        a_departure(tour, starts_at=in_days(at, 5))
        a_product(shop)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_an_empty_installation_says_what_to_do(name, language, client):
    page = html_of(client, name, language)
    assert {"th": "ตอนนี้ยังไม่มีรุ่นที่เปิดรับ", "en": "No cohort takes applications just now."}[language] in page
    assert reverse("learn").removeprefix("/en") in page


@pytest.mark.parametrize("name", PAGES)
def test_an_open_cohort_shows_its_seats_and_the_way_to_apply(name, office, client):
    cohort = make_cohort(office, seats=40, seats_taken=13, name_th="รุ่นเปิด", name_en="Open cohort")
    page, english = html_of(client, name), html_of(client, name, "en")
    assert ("เหลือ 27 ที่นั่ง" in page, "27 seats left" in english) == (True, True)
    assert f'href="/cohorts/{cohort.slug}/"' in page
    assert ("รุ่นเปิด" in page, "Open cohort" in english) == (True, True)


@pytest.mark.parametrize("name", PAGES)
def test_a_full_cohort_still_takes_applications_for_its_waiting_list(name, office, client):
    make_cohort(office, seats=2, seats_taken=2)
    assert "Full, waiting list open" in html_of(client, name, "en")


@pytest.mark.parametrize("name", PAGES)
def test_drafts_and_cohorts_that_are_closed_are_not_offered(name, office, at, client):
    for values in (
        {"status": "draft"},
        {"status": "closed"},
        {"applications_close_at": at - timedelta(minutes=1)},
    ):
        make_cohort(office, name_th="ยังไม่ถึงเวลา", **values)
    assert "ยังไม่ถึงเวลา" not in html_of(client, name)


def test_one_cohort_takes_the_width_and_two_share_it(office, client):
    make_cohort(office)
    assert html_of(client, "landing").count('class="card grid-2"') == 1
    make_cohort(office)
    assert html_of(client, "landing").count('class="card grid-2"') == 0


def test_the_landing_page_shows_the_four_newest_of_each_kind(office, at, client):
    fill(office, at, 5)
    page = client.get(reverse("landing"))
    assert (len(page.context["tours"]), len(page.context["products"]), len(page.context["cohorts"])) == (4, 4, 3)


def test_names_without_english_are_shown_in_thai(office, at, client):
    make_cohort(office, name_th="รุ่นไทย", name_en="")
    shop = a_shop(name_en="")
    tour = a_tour(shop, name_th="ทัวร์ไทย", name_en="", published_at=at)
    a_departure(tour, starts_at=in_days(at, 5))
    page = html_of(client, "landing", "en")
    assert ("รุ่นไทย" in page, "ทัวร์ไทย" in page, shop.name_th in page) == (True, True, True)


def test_the_course_page_lists_topics_with_their_teams_and_past_cohorts(office, partner, client):
    make_topics()
    past = make_cohort(office, status="finished", name_th="รุ่นนำร่อง")
    page = client.get(reverse("course"))
    lines = [(line.topic.number, line.team) for line in page.context["topics"]]
    assert lines[:3] == [(1, None), (2, partner), (3, partner)]
    assert [cohort.slug for cohort in page.context["past"]] == [past.slug]
    assert "รุ่นนำร่อง" in page.content.decode()


@pytest.mark.parametrize(("name", "queries"), [("landing", 7), ("course", 6)])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(name, queries, number, office, at, client, django_assert_num_queries):
    fill(office, at, number)
    client.get(reverse(name))
    with django_assert_num_queries(queries):
        client.get(reverse(name))


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_cannot_be_posted_to(name, client):
    assert client.post(reverse(name)).status_code == 405
