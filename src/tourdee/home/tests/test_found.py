"""What search engines ask for."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from tourdee.core import audit
from tourdee.people.models import Community
from tourdee.programme import actions as programme
from tourdee.programme.actions import SessionDetails
from tourdee.programme.models import Cohort
from tourdee.programme.tests.factories import make_cohort, make_session
from tourdee.shop.models import Tour
from tourdee.shop.tests.factories import a_product, a_shop, a_tour

pytestmark = pytest.mark.django_db


def places(client, section: str) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get(f"/sitemap-{section}.xml").content.decode())


def test_the_index_names_a_map_for_each_kind_of_page(client):
    text = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"/sitemap-(\w+)\.xml", text) == [
        "pages", "shops", "tours", "products", "communities", "cohorts",
    ]  # fmt: skip


def test_what_is_on_sale_is_found_in_both_languages_and_nothing_else(client):
    tour, variant = a_tour(), a_product()
    a_tour(status=Tour.Status.HIDDEN)
    a_shop(status="draft")
    unlicensed = a_tour()
    unlicensed.shop.business.papers.all().delete()
    path = f"/s/{tour.shop.slug}/tours/{tour.public_id}/"
    assert places(client, "tours") == [f"http://testserver{path}", f"http://testserver/en{path}"]
    assert [place.rsplit("/", 2)[1] for place in places(client, "products")] == [variant.product.public_id] * 2
    assert len(places(client, "shops")) == 2 * 4
    text = client.get("/sitemap-tours.xml").content.decode()
    assert f'hreflang="en" href="http://testserver/en{path}"' in text
    assert f'hreflang="x-default" href="http://testserver{path}"' in text


def test_pages_that_are_always_there_are_found(client):
    paths = ["/", "/market/", "/course/", "/cohorts/", "/communities/"]
    both = [f"http://testserver{prefix}{path}" for path in paths for prefix in ("", "/en")]
    assert places(client, "pages") == both


@pytest.mark.parametrize("number", [1, 3])
def test_every_community_is_found_for_one_query(client, django_assert_num_queries, number):
    for place in range(number):
        Community.objects.create(slug=f"ban-{place}", name_th="บ้าน", province=50)
    with django_assert_num_queries(1):
        found = places(client, "communities")
    both = [f"http://testserver{prefix}/communities/ban-{place}/" for place in range(number) for prefix in ("", "/en")]
    assert found == both
    text = client.get("/sitemap-communities.xml").content.decode()
    assert 'hreflang="en" href="http://testserver/en/communities/ban-0/"' in text
    assert "lastmod" not in text  # nobody writes down when a community's page was changed


@pytest.mark.parametrize("number", [1, 3])
def test_cohorts_that_take_applications_are_found_for_one_query(
    client, office, clock, django_assert_num_queries, number
):
    shown = [make_cohort(office, slug=f"open-{place}") for place in range(number)]
    make_cohort(office, status=Cohort.Status.DRAFT)
    make_cohort(office, status=Cohort.Status.FINISHED)
    make_cohort(office, applications_close_at=clock - timedelta(hours=1))
    with django_assert_num_queries(1):
        found = places(client, "cohorts")
    both = [f"http://testserver{prefix}/cohorts/{one.slug}/" for one in shown for prefix in ("", "/en")]
    assert sorted(found) == sorted(both)
    text = client.get("/sitemap-cohorts.xml").content.decode()
    assert 'hreflang="x-default" href="http://testserver/cohorts/open-0/"' in text


def test_a_cohorts_last_change_is_the_last_thing_its_office_said(client, office, officer, clock):
    """What was said of another cohort, or written of this one for the office alone, is no change of the page."""
    cohort, other = make_cohort(office, slug="said", status=Cohort.Status.DRAFT), make_cohort(office, slug="silent")
    day = make_session(cohort)
    times = SessionDetails(starts_at=day.starts_at, ends_at=day.ends_at, topics=[])
    programme.change_cohort_status(cohort=cohort, status="open", by=officer, at=clock - timedelta(days=9))
    assert last_changes(client) == {"said": "2026-11-14"}
    programme.change_session(session=day, details=times, by=officer, at=clock - timedelta(days=7))
    assert last_changes(client) == {"said": "2026-11-16"}
    programme.delete_session(session=day, by=officer, at=clock - timedelta(days=5))
    assert last_changes(client) == {"said": "2026-11-18"}
    with transaction.atomic():
        audit.record("citizen_ids.shown", subject=cohort, text="", at=clock)
    assert last_changes(client) == {"said": "2026-11-18"}
    programme.add_session(cohort=other, details=times, by=officer, at=clock)
    assert last_changes(client) == {"said": "2026-11-18", "silent": "2026-11-23"}


def last_changes(client) -> dict[str, str]:
    """The day on which each cohort's page last changed, by the name in its address, where that is known."""
    text = client.get("/sitemap-cohorts.xml").content.decode()
    return dict(re.findall(r"<loc>http://testserver/cohorts/([\w-]+)/</loc><lastmod>([\d-]+)</lastmod>", text))


def test_machines_are_told_which_pages_are_nobodys_business(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /my/\n" in text
    assert "Disallow: /en/o/\n" in text
    assert text.endswith("Sitemap: http://testserver/sitemap.xml\n")


@pytest.mark.parametrize("path", ["/", "/market/", "/course/", "/cohorts/", "/communities/"])
def test_a_page_that_can_be_narrowed_has_one_address_in_each_language(client, path):
    page = client.get(f"/en{path}?page=1&sort=new").content.decode()
    assert f'<link rel="canonical" href="http://testserver/en{path}">' in page
    assert f'<link rel="alternate" hreflang="th" href="http://testserver{path}">' in page
    assert f'<link rel="canonical" href="http://testserver{path}">' in client.get(path).content.decode()
