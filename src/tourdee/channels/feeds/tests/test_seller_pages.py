"""A seller's feeds: accepted once, pasted by the seller, seen to be fetched, and written into the shop's listings."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from tourdee import events
from tourdee.shop.actions.opening import ShopName, name_shop
from tourdee.shop.actions.versions import product_changed
from tourdee.shop.models import Listing, Product, Variant
from tourdee.shop.tests.factories import a_shop

from ..actions.feeds import check_feeds, check_what_changed, say_pasted, say_taken_out, write_visits
from ..listeners import check_after_product
from ..models import Feed
from ..readers import META
from .conftest import SITE, a_cloth, a_walk, fetched, items_of_rss

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def published(monkeypatch) -> list[events.Event]:
    """What the feeds' acts tell, in order."""
    told: list[events.Event] = []
    monkeypatch.setattr("tourdee.channels.feeds.actions.feeds.events.publish", told.append)
    return told


@pytest.fixture
def seller(client_of, owner, shop):
    return client_of(owner)


# ------------------------------------------------------------------ accepted
def test_a_feed_in_which_nothing_is_missing_is_accepted_once(shop, owner, at, published):
    a_cloth(shop)
    assert check_feeds(shop=shop, at=at) == ["meta", "google"]
    assert check_feeds(shop=shop, at=at) == []
    assert [(one.user, one.shop, one.feed) for one in published] == [
        (owner.public_id, shop.public_id, "meta"),
        (owner.public_id, shop.public_id, "google"),
    ]


def test_a_feed_with_a_gap_or_without_items_is_not_accepted(shop, at, published):
    assert check_feeds(shop=shop, at=at) == []
    a_cloth(shop)
    a_cloth(shop, description_th="")
    assert check_feeds(shop=shop, at=at) == []
    assert published == []


def test_publishing_checks_by_itself(shop, at):
    cloth = a_cloth(shop)
    happened = events.ProductPublished(
        user=shop.owner.public_id, shop=shop.public_id, product=cloth.product.public_id, pictures=1
    )
    for _twice in range(2):
        check_after_product(happened)
    assert sorted(Feed.objects.values_list("reader", flat=True)) == ["google", "meta"]


def test_the_seller_may_ask_for_a_check(seller, shop):
    a_walk(shop)
    page = seller.post(reverse("check_feeds"), follow=True)
    assert "ข้อมูลครบแล้วสำหรับ Google Things to do" in page.content.decode()
    assert Feed.objects.get().reader == "things-to-do"


# ------------------------------------------------------------------ pasted and fetched
def stands():
    return list(Listing.objects.filter(state="listed").values_list("channel", "price_satang", "stock"))


def test_what_was_pasted_stands_in_the_shops_listings(seller, shop):
    a_cloth(shop)
    a_cloth(shop, description_th="")
    for _twice in range(2):
        seller.post(reverse("feed_pasted", args=["meta"]))
    assert stands() == [("facebook_feed", 35000, 5)]
    seller.post(reverse("feed_pasted", args=["meta"]), {"out": "1"})
    assert stands() == []
    assert Feed.objects.get().pasted_at is None


def test_a_visit_of_the_reader_renews_what_it_was_told(shop, owner, at, clock):
    cloth = a_cloth(shop)
    gone = a_cloth(shop)
    say_pasted(shop=shop, reader=META, by=owner, at=at)
    Variant.objects.filter(pk=cloth.pk).update(price_satang=39000)
    Product.objects.filter(pk=gone.product_id).update(status=Product.Status.HIDDEN)
    clock(at + timedelta(hours=1))
    fetched("mali/meta.xml", user_agent="facebookexternalhit/1.1 (+http://www.facebook.com/…)")
    assert write_visits(at + timedelta(hours=1)) == 1
    assert stands() == [("facebook_feed", 39000, 5)]
    assert write_visits(at + timedelta(hours=1)) == 0


def test_a_visit_that_cannot_be_written_down_keeps_no_other_from_it(shop, at, monkeypatch):
    written = []

    def write(*, shop, reader, at):
        written.append(reader.slug)
        if written == ["meta"]:
            raise RuntimeError("broken")

    monkeypatch.setattr("tourdee.channels.feeds.actions.feeds.write_listings", write)
    for reader in ("meta", "google"):
        Feed.objects.create(shop=shop, reader=reader, pasted_at=at, fetched_at=at)
    assert [write_visits(at), write_visits(at), write_visits(at)] == [1, 1, 0]
    assert written == ["meta", "google", "meta"]


def test_nobody_else_counts_as_the_reader(shop, owner, at, clock):
    a_cloth(shop)
    say_pasted(shop=shop, reader=META, by=owner, at=at)
    clock(at + timedelta(hours=1))
    fetched("mali/meta.xml", user_agent="Mozilla/5.0")
    fetched("mali/google.xml", user_agent="facebookexternalhit/1.1")
    assert Feed.objects.get().fetched_at is None


def test_a_reader_that_was_never_given_the_address_lists_nothing(shop):
    a_cloth(shop)
    fetched("mali/meta.xml", user_agent="facebookexternalhit/1.1")
    assert (Feed.objects.count(), stands()) == (0, [])


def test_what_was_taken_out_is_not_listed_by_a_late_visit(shop, owner, at):
    a_cloth(shop)
    say_pasted(shop=shop, reader=META, by=owner, at=at)
    say_taken_out(shop=shop, reader=META, at=at)
    fetched("mali/meta.xml", user_agent="facebookexternalhit/1.1")
    assert (write_visits(at), stands()) == (0, [])


# ------------------------------------------------------------------ pages
def test_the_page_shows_addresses_and_what_is_missing(seller, shop):
    broken = a_cloth(shop, description_th="")
    page = seller.get(reverse("my_feed", args=["meta"])).content.decode()
    assert f"{SITE}/feeds/mali/meta.xml" in page
    assert f"{SITE}/feeds/mali/meta.csv" in page
    assert reverse("edit_product", args=[broken.product.public_id]) in page
    assert "ยังไม่มีคำอธิบาย" in page


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", ["", "meta/", "meta/?lang=en", "google/", "things-to-do/"])
def test_pages_open_in_both_languages(seller, shop, prefix, page):
    a_cloth(shop)
    a_walk(shop)
    assert seller.get(f"{prefix}/my/feeds/{page}").status_code == 200


def test_another_sellers_items_are_on_nobodys_page(client_of, shop, teammate, at):
    a_cloth(shop, name_th="ความลับ", description_th="")
    a_shop(teammate, opened_at=at)
    for page in (reverse("my_feeds"), reverse("my_feed", args=["meta"])):
        assert "ความลับ" not in client_of(teammate).get(page).content.decode()


def test_who_has_no_shop_is_led_to_open_one(client_of, stranger):
    page = client_of(stranger).get(reverse("my_feeds"))
    assert (page.status_code, page.url) == (302, reverse("open_shop"))


def test_an_unknown_reader_is_not_found(seller):
    assert seller.get("/my/feeds/amazon/").status_code == 404
    assert seller.post("/my/feeds/amazon/pasted/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_three_items_as_for_one(seller, shop, number, django_assert_num_queries):
    for _one in range(number):
        a_cloth(shop)
        a_walk(shop)
    with django_assert_num_queries(15):
        seller.get(reverse("my_feeds"))


def test_a_visit_is_noted_once_in_ten_minutes(shop, owner, at, clock):
    say_pasted(shop=shop, reader=META, by=owner, at=at)
    for minutes in (0, 5, 11):
        clock(at + timedelta(minutes=minutes))
        fetched("mali/meta.xml", user_agent="facebookexternalhit/1.1")
    assert Feed.objects.filter(fetched_at=F("pasted_at") + timedelta(minutes=11)).exists()


def test_an_address_that_was_pasted_goes_on_working_when_the_shop_takes_another(shop, owner, at):
    a_cloth(shop)
    name = ShopName(name_th=shop.name_th, name_en=shop.name_en, province=shop.province, slug="mali-tours")
    name_shop(owner=owner, name=name, at=at)
    for slug in ("mali", "mali-tours"):
        (item,) = items_of_rss(fetched(f"{slug}/meta.xml").content)
        assert item["link"].startswith(f"{SITE}/s/mali-tours/products/")


def test_what_was_mended_is_found_by_the_worker(shop, at, published):
    cloth = a_cloth(shop, description_th="")
    assert check_what_changed(at) == 0
    assert check_what_changed(at) == 0  # nothing has changed, so nothing is read
    Product.objects.filter(pk=cloth.product_id).update(description_th="ทอมือ ย้อมคราม")
    product_changed(cloth.product)
    assert check_what_changed(at) == 2
    assert [one.feed for one in published] == ["meta", "google"]
    assert check_what_changed(at) == 0


def test_a_shop_in_which_nothing_changed_is_not_read_again(shop, at, django_assert_num_queries):
    a_cloth(shop)
    check_what_changed(at)
    with django_assert_num_queries(1):
        check_what_changed(at)
