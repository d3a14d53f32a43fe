"""Which item is where: what channels were told, and where that differs from now."""

import pytest
from django.db import IntegrityError, transaction

from tourdee.core.models import AuditLine

from ..actions.listings import Told, record_listing, record_refusal, remove_listing
from ..models import Listing, Product, Variant
from ..queries.listings import differing, listed_in, where
from .factories import a_product, a_shop, a_tour


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def cloth(shop) -> Variant:
    return a_product(shop, stock=5, price=35000)


def differences(shop) -> list[tuple[str, ...]]:
    return [place.differences for line in where(shop) for place in line.places]


def test_a_listing_says_what_the_channel_was_told(cloth, at):
    listing = record_listing(item=cloth, channel="shopee", outside_id="777", link="https://shopee.co.th/777", at=at)
    assert (listing.product, listing.variant, listing.shop) == (cloth.product, cloth, cloth.product.shop)
    assert (listing.price_satang, listing.stock, listing.told_at, listing.state) == (35000, 5, at, "listed")
    assert AuditLine.objects.get(act="item.listed").text == "ลงขาย ผ้าทอ ที่ shopee"


def test_telling_again_renews_the_row_and_keeps_what_is_known_of_it(cloth, at):
    record_listing(item=cloth, channel="shopee", outside_id="777", link="https://shopee.co.th/777", at=at)
    record_listing(item=cloth, channel="shopee", told=Told(price_satang=1, stock=2), at=at)
    listing = Listing.objects.get()
    assert (listing.outside_id, listing.link) == ("777", "https://shopee.co.th/777")
    assert (listing.price_satang, listing.stock) == (1, 2)
    assert AuditLine.objects.filter(act="item.listed").count() == 1


def test_a_tour_is_told_its_lowest_price_and_no_stock(shop, at):
    listing = record_listing(item=a_tour(shop), channel="facebook", at=at)
    assert (listing.price_satang, listing.stock) == (60000, None)


def test_the_event_counts_channels_not_kinds(cloth, at, monkeypatch):
    published = []
    monkeypatch.setattr("tourdee.shop.actions.listings.events.publish", published.append)
    other = Variant.objects.create(product=cloth.product, name_th="สีแดง", price_satang=36000, stock=1)
    record_listing(item=cloth, channel="shopee", at=at)
    record_listing(item=other, channel="shopee", at=at)
    record_listing(item=cloth.product, channel="facebook", at=at)
    assert [(one.channel, one.channels, one.item) for one in published] == [
        ("shopee", 1, cloth.product.public_id),
        ("facebook", 2, cloth.product.public_id),
    ]


def test_a_removed_item_may_come_back(cloth, at, monkeypatch):
    published = []
    monkeypatch.setattr("tourdee.shop.actions.listings.events.publish", published.append)
    record_listing(item=cloth, channel="shopee", at=at)
    assert remove_listing(item=cloth.product, channel="shopee", at=at) is True
    assert remove_listing(item=cloth.product, channel="shopee", at=at) is False
    assert where(cloth.product.shop)[0].places == []
    record_listing(item=cloth, channel="shopee", at=at)
    assert [one.channels for one in published] == [1, 1]


def test_price_and_stock_that_moved_on_are_differences(shop, cloth, at):
    record_listing(item=cloth, channel="shopee", at=at)
    assert differences(shop) == [()]
    Variant.objects.filter(pk=cloth.pk).update(price_satang=39000, reserved=2)
    assert differences(shop) == [("price", "stock")]
    place = where(shop)[0].places[0]
    assert (place.name, place.price_now, place.stock_now) == ("สีคราม", 39000, 3)


def test_a_channel_without_stock_is_never_behind_with_it(shop, cloth, at):
    record_listing(item=cloth.product, channel="facebook", told=Told(price_satang=35000), at=at)
    Variant.objects.filter(pk=cloth.pk).update(stock=99)
    assert differences(shop) == [()]


def test_what_is_hidden_here_and_stands_there_is_a_difference(shop, cloth, at):
    record_listing(item=cloth, channel="shopee", at=at)
    Product.objects.update(status=Product.Status.HIDDEN)
    assert differences(shop) == [("hidden",)]


def test_a_refusal_is_shown_with_its_reason(shop, cloth, at):
    record_refusal(item=cloth, channel="line_myshop", why="image too small", at=at)
    place = where(shop)[0].places[0]
    assert (place.differences, place.listing.why) == (("refused",), "image too small")
    assert listed_in(shop, "line_myshop") == []


def test_only_what_differs_is_told_again(shop, cloth, at, django_assert_num_queries):
    same = a_product(shop)
    for one in (cloth, same):
        record_listing(item=one, channel="line_myshop", at=at)
    Variant.objects.filter(pk=cloth.pk).update(price_satang=1000)
    with django_assert_num_queries(1):
        found = differing(listed_in(shop, "line_myshop"))
    assert [one.variant for one in found] == [cloth]


@pytest.mark.parametrize("number", [1, 3])
def test_the_picture_of_everything_takes_six_queries(shop, at, number, django_assert_num_queries):
    for _one in range(number):
        record_listing(item=a_product(shop), channel="shopee", at=at)
        record_listing(item=a_tour(shop), channel="facebook", at=at)
    with django_assert_num_queries(6):
        lines = where(shop)
    assert [line.kind for line in lines] == ["tour"] * number + ["product"] * number
    assert [len(line.places) for line in lines] == [1] * number * 2


def test_a_draft_that_stands_nowhere_is_not_in_the_picture(shop, cloth):
    Product.objects.update(status=Product.Status.DRAFT)
    assert where(shop) == []


def test_another_shops_listings_are_not_in_the_picture(shop, cloth, teammate, at):
    record_listing(item=a_product(a_shop(teammate)), channel="shopee", at=at)
    assert [line.item for line in where(shop)] == [cloth.product]


@pytest.mark.parametrize("columns", [{}, {"link": "javascript:alert(1)"}])
def test_the_database_refuses_a_listing_of_nothing_and_a_link_that_is_a_script(shop, cloth, at, columns):
    place = {"product": cloth.product} if columns else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.create(shop=shop, channel="shopee", told_at=at, **place, **columns)


def test_an_item_stands_once_in_a_channel(shop, at):
    tour = a_tour(shop)
    record_listing(item=tour, channel="facebook", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.create(shop=shop, tour=tour, channel="facebook", told_at=at)
