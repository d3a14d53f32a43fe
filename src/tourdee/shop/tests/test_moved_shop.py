"""A shop that takes another address: what was printed, pasted or handed out before goes on working."""

import pytest
from django.test import Client

from ..actions.opening import ShopName, SlugTaken, name_shop
from ..models import FormerSlug, Shop
from ..queries.selling import free_slug
from . import factories as f

pytestmark = pytest.mark.usefixtures("_clock")


def moved(owner, at, slug: str) -> None:
    name_shop(owner=owner, name=ShopName(name_th="มะลิทัวร์", name_en="Mali Tours", province=50, slug=slug), at=at)


@pytest.fixture
def _clock(monkeypatch, at):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


@pytest.fixture
def shop(owner, at) -> Shop:
    return f.a_shop(owner, slug="mali", name_th="มะลิทัวร์", opened_at=at)


def test_old_links_lead_to_the_new_address_in_both_languages_and_with_what_was_asked(shop, owner, at):
    tour, cloth = f.a_tour(shop), f.a_product(shop).product
    moved(owner, at, "mali-tours")
    for old, new in (
        ("/s/mali/", "/s/mali-tours/"),
        ("/en/s/mali/", "/en/s/mali-tours/"),
        (f"/s/mali/tours/{tour.public_id}/?people=2", f"/s/mali-tours/tours/{tour.public_id}/?people=2"),
        (f"/s/mali/products/{cloth.public_id}/", f"/s/mali-tours/products/{cloth.public_id}/"),
    ):
        answer = Client().get(old)
        assert (answer.status_code, answer.get("Location")) == (301, new)
        assert Client().get(new).status_code == 200


def test_an_address_that_nobody_had_is_not_found(shop, db):
    assert Client().get("/s/nobody/").status_code == 404


def test_an_old_address_is_given_to_nobody_else(shop, owner, teammate, at):
    moved(owner, at, "mali-tours")
    with pytest.raises(SlugTaken):
        name_shop(owner=teammate, name=ShopName(name_th="อื่น", province=50, slug="mali"), at=at)
    assert free_slug("Mali", 50).startswith("mali-")


def test_a_shop_may_go_back_and_forth(shop, owner, at):
    for slug in ("mali-tours", "mali", "mali-tours"):
        moved(owner, at, slug)
    assert Client().get("/s/mali/")["Location"] == "/s/mali-tours/"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["mali"]


def test_a_draft_keeps_no_address(owner, at):
    f.a_shop(owner, slug="mali", status="draft", opened_at=None)
    moved(owner, at, "mali-tours")
    assert not FormerSlug.objects.exists()


def test_what_is_sent_to_an_old_address_is_not_lost_on_the_way(shop, owner, at):
    """A form cannot be led on without losing what was typed: it is not found, as before."""
    moved(owner, at, "mali-tours")
    assert Client().post("/s/mali/", {"name": "x"}).status_code == 404
