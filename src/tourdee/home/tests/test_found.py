"""What search engines ask for."""

import re

import pytest

from tourdee.shop.models import Tour
from tourdee.shop.tests.factories import a_product, a_shop, a_tour

pytestmark = pytest.mark.django_db


def places(client, section: str) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get(f"/sitemap-{section}.xml").content.decode())


def test_the_index_names_a_map_for_each_kind_of_page(client):
    text = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"/sitemap-(\w+)\.xml", text) == ["pages", "shops", "tours", "products"]


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


def test_machines_are_told_which_pages_are_nobodys_business(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /my/\n" in text
    assert "Disallow: /en/o/\n" in text
    assert text.endswith("Sitemap: http://testserver/sitemap.xml\n")


@pytest.mark.parametrize("path", ["/", "/market/", "/course/"])
def test_a_page_that_can_be_narrowed_has_one_address_in_each_language(client, path):
    page = client.get(f"/en{path}?page=1&sort=new").content.decode()
    assert f'<link rel="canonical" href="http://testserver/en{path}">' in page
    assert f'<link rel="alternate" hreflang="th" href="http://testserver{path}">' in page
    assert f'<link rel="canonical" href="http://testserver{path}">' in client.get(path).content.decode()
