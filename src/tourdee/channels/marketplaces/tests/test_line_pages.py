"""The page of LINE SHOPPING, and that nobody walks into somebody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee.shop.models import Variant
from tourdee.shop.tests.factories import a_shop

from ..actions.following import follow_due
from ..models import MyShop, MyShopItem

pytestmark = pytest.mark.usefixtures("clock")
PAGE = "/my/marketplaces/line/"


@pytest.fixture(autouse=True)
def _played(settings) -> None:
    settings.CHANNEL_SERVICES = "console"


@pytest.fixture
def seller(client_of, owner, cloth):
    return client_of(owner)


@pytest.fixture
def connected(seller, at) -> MyShop:
    seller.post(PAGE, {"key": "canary-key-123"})
    follow_due(at)
    return MyShop.objects.get()


def test_from_the_key_to_a_sale_there(seller, connected, cloth, at):
    seller.post(reverse("offer_in_line"), {"product": [cloth.product.public_id], "category": "101"})
    follow_due(at)
    assert "ขายอยู่ที่นั่น" in seller.get(PAGE).content.decode()
    seller.post(reverse("play_line_sale"), {"variant": cloth.public_id})
    follow_due(at + timedelta(minutes=1))
    assert "LS000001" in seller.get(PAGE).content.decode()
    assert Variant.objects.get(pk=cloth.pk).left == 4


def test_the_key_is_on_no_page(seller, connected):
    for prefix in ("", "/en"):
        page = seller.get(prefix + PAGE)
        assert page.status_code == 200
        assert "canary-key-123" not in page.content.decode()


@pytest.mark.parametrize("key", ["", "a b", "คีย์", "x\ny"])
def test_what_is_no_key_is_said_at_the_field(seller, key):
    page = seller.post(PAGE, {"key": key})
    assert list(page.context["form"].errors) == ["key"]
    assert not MyShop.objects.exists()


def test_a_product_without_a_category_goes_nowhere(seller, connected, cloth):
    page = seller.post(reverse("offer_in_line"), {"product": [cloth.product.public_id]}, follow=True)
    assert "เลือกหมวดหมู่" in page.content.decode()
    assert not MyShopItem.objects.exists()


def test_another_sellers_connection_and_goods_do_not_exist(seller, connected, cloth, client_of, teammate, at):
    seller.post(reverse("offer_in_line"), {"product": [cloth.product.public_id], "category": "101"})
    item = MyShopItem.objects.get()
    a_shop(teammate, opened_at=at)
    other = client_of(teammate)
    for name, args in (("offer_in_line", []), ("look_in_line", []), ("disconnect_line_shopping", []),
                       ("play_line_sale", []), ("withdraw_from_line", [item.public_id])):  # fmt: skip
        assert other.post(reverse(name, args=args)).status_code == 404
    other.post(PAGE, {"key": "theirs"})
    follow_due(at)
    assert other.post(reverse("withdraw_from_line", args=[item.public_id])).status_code == 404
    assert other.post(reverse("play_line_sale"), {"variant": cloth.public_id}).status_code == 404
    other.post(reverse("offer_in_line"), {"product": [cloth.product.public_id], "category": "101"})
    assert MyShopItem.objects.count() == 1


def test_nobody_plays_a_sale_in_earnest(seller, connected, cloth, settings):
    settings.CHANNEL_SERVICES = "live"
    assert seller.post(reverse("play_line_sale"), {"variant": cloth.public_id}).status_code == 404


def test_where_services_are_off_no_key_is_taken(seller, settings):
    settings.CHANNEL_SERVICES = "off"
    page = seller.post(PAGE, {"key": "x"})
    assert "ปิดการเชื่อมช่องทางไว้" in page.content.decode()
    assert not MyShop.objects.exists()


def test_disconnecting_leads_back_to_the_beginning(seller, connected):
    page = seller.post(reverse("disconnect_line_shopping"), follow=True).content.decode()
    assert "วางคีย์ที่นี่" in page
