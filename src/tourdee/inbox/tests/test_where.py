"""Which item is where: beside what each place was told stands what the shop says now, and what to do."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tourdee.shop.actions.listings import record_listing, record_refusal
from tourdee.shop.models import Product, Variant
from tourdee.shop.tests.factories import a_product, a_shop, a_tour

from ..queries.channels import channels
from ..queries.outlets import lines_of, outlets

WHERE = reverse("where_items_are")


@pytest.fixture
def shop(owner, at):
    return a_shop(owner, opened_at=at)


@pytest.fixture
def cloth(shop) -> Variant:
    return a_product(shop, stock=5, price=35000)


def test_every_outlet_has_a_page_and_a_remedy():
    found = outlets()
    assert {"facebook_feed", "google", "things_to_do", "shopee", "lazada", "tiktok", "line_myshop"} <= set(found)
    assert all(one.url.startswith("/my/") and one.remedy for one in found.values())


def test_an_item_of_a_channel_that_was_taken_out_keeps_its_line(settings, shop, cloth, at):
    record_listing(item=cloth, channel="shopee", at=at)
    settings.CHANNELS = [name for name in settings.CHANNELS if "marketplaces" not in name]
    (standing,) = lines_of(shop, at)[0].standings
    assert (standing.title, standing.outlet) == ("shopee", None)


def test_the_page_says_what_differs_and_what_to_do(client_of, owner, cloth, at):
    record_listing(item=cloth, channel="line_myshop", at=at)
    record_listing(item=cloth, channel="shopee", at=at)
    Variant.objects.filter(pk=cloth.pk).update(price_satang=39000, reserved=2)
    page = client_of(owner).get(WHERE).content.decode()
    assert page.count("ราคาที่นั่น ฿350 ที่ร้าน ฿390") == 2
    assert page.count("สต็อกที่นั่น 5 ที่ร้าน 3") == 2
    assert page.count(reverse("look_in_line")) == 1
    assert "ทำไฟล์ใหม่ อัปโหลดที่นั่น" in page


def test_what_differs_comes_first_and_alone_when_asked(client_of, owner, shop, cloth, at):
    a_tour(shop, name_th="ทัวร์ที่ตรงกัน")
    record_refusal(item=cloth.product, channel="line_myshop", why="รูปเล็กไป", at=at)
    page = client_of(owner).get(WHERE).content.decode()
    assert page.index("ผ้าทอ") < page.index("ทัวร์ที่ตรงกัน")
    only = client_of(owner).get(f"{WHERE}?only=differing").content.decode()
    assert ["รูปเล็กไป" in only, "ทัวร์ที่ตรงกัน" in only] == [True, False]


def test_kinds_that_are_as_they_should_be_take_one_line(client_of, owner, shop, cloth, at):
    red = Variant.objects.create(product=cloth.product, name_th="สีแดง", price_satang=36000, stock=1)
    for kind in (cloth, red):
        record_listing(item=kind, channel="shopee", at=at)
    Variant.objects.filter(pk=red.pk).update(price_satang=37000)
    (standing,) = lines_of(shop, at)[0].standings
    assert ([one.name for one in standing.places], [one.name for one in standing.differing]) == (
        ["สีคราม", "สีแดง"],
        ["สีแดง"],
    )
    page = client_of(owner).get(WHERE).content.decode()
    assert [page.count(words) for words in ("Shopee", "สีคราม", "สีแดง", "2 แบบ")] == [1, 0, 1, 1]


def test_a_place_where_the_shop_hid_something_is_named(client_of, owner, cloth, at):
    record_listing(item=cloth, channel="shopee", at=at)
    Product.objects.update(status=Product.Status.HIDDEN)
    assert "ที่นั่นยังขายอยู่ แต่ร้านของคุณไม่แสดงแล้ว" in client_of(owner).get(WHERE).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_empty_shop_is_told_how_to_begin(client_of, owner, shop, prefix):
    page = client_of(owner).get(f"{prefix}/my/channels/where/")
    assert (page.status_code, "/my/shop/" in page.content.decode()) == (200, True)


def test_another_shops_items_are_not_on_the_page(client_of, cloth, teammate, at):
    record_listing(item=cloth, channel="shopee", at=at)
    a_shop(teammate, opened_at=at)
    assert "ผ้าทอ" not in client_of(teammate).get(WHERE).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_picture_takes_as_many_queries_for_three_items_as_for_one(shop, at, number, django_assert_num_queries):
    for _one in range(number):
        record_listing(item=a_product(shop), channel="shopee", at=at)
    with django_assert_num_queries(5):
        assert len(lines_of(shop, at)) == number


def test_a_channel_that_sells_everything_stands_at_each_item_that_may_be_sold(
    client_of, owner, shop, cloth, at, monkeypatch
):
    hidden = a_product(shop, name_th="แก้ว")
    Product.objects.filter(pk=hidden.product_id).update(status="draft")
    record_listing(item=hidden, channel="shopee", at=at)

    def sold_by_themselves() -> dict[str, list[str]]:
        return {one.line.item.name_th: [channel.slug for channel in one.by_itself] for one in lines_of(shop, at)}

    assert sold_by_themselves() == {"ผ้าทอ": [], "แก้ว": []}
    chat = replace(channels()[0], slug="chat", shows_all=lambda of: of == shop)
    monkeypatch.setattr("tourdee.inbox.queries.outlets.channels", lambda: [chat])
    assert sold_by_themselves() == {"ผ้าทอ": ["chat"], "แก้ว": []}
    page = client_of(owner).get(WHERE).content.decode()
    assert ("ตรงกันเสมอ" in page, "ยังอยู่แค่ในร้านของคุณ" in page) == (True, False)
