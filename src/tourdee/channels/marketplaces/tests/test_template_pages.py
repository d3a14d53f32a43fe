"""The way of a seller with a template, and that nobody else walks it."""

import pytest
from django.urls import reverse

from tourdee.shop.models import Listing
from tourdee.shop.tests.factories import a_shop

from ..models import Template
from .conftest import an_upload, read_by_another, shopee_template

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def seller(client_of, owner, cloth):
    return client_of(owner)


@pytest.fixture
def page(seller) -> str:
    """The page of a template just uploaded."""
    form = {"marketplace": "shopee", "file": an_upload(shopee_template(), "ผ้า.xlsx")}
    return seller.post(reverse("my_marketplaces"), form).url


def test_from_the_upload_to_the_note_that_it_stands_there(seller, cloth, page):
    assert "ชื่อสินค้า" in seller.get(page).content.decode()
    answer = seller.post(f"{page}filled/", {"variant": [cloth.public_id]})
    assert read_by_another(answer.content)["Template"]["B7"].value == "ผ้าทอ สีคราม"
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    noted = seller.post(f"{page}uploaded/", follow=True).content.decode()
    assert "จดไว้แล้ว มี 1 รายการอยู่ที่ Shopee" in noted
    assert Listing.objects.get().variant == cloth


def test_a_wrong_file_says_what_to_do_at_the_field(seller):
    form = {"marketplace": "shopee", "file": an_upload(b"%PDF", "a.pdf")}
    page = seller.post(reverse("my_marketplaces"), form)
    assert page.context["form"].errors["file"] == ["นี่ไม่ใช่ไฟล์ Excel (.xlsx) อัปโหลดเทมเพลตตามที่ดาวน์โหลดมา โดยไม่ต้องแก้"]


def test_no_choice_leads_back_with_a_word(seller, page):
    assert "เลือกสินค้าอย่างน้อยหนึ่งรายการ" in seller.post(f"{page}filled/", follow=True).content.decode()


def test_columns_are_changed_on_the_page(seller, page):
    seller.post(f"{page}columns/", {"column_2": "name", "column_10": "price"})
    assert [one["field"] for one in Template.objects.get().columns if one["field"]] == ["name", "price"]
    seller.post(f"{page}columns/", {"column_2": "name", "column_10": "name"})
    assert [one["field"] for one in Template.objects.get().columns if one["field"]] == ["name", "price"]


def test_a_template_can_be_deleted(seller, page):
    seller.post(f"{page}delete/")
    assert not Template.objects.exists()


@pytest.mark.parametrize("path", ["", "columns/", "filled/", "uploaded/", "delete/"])
def test_another_sellers_template_does_not_exist(seller, page, client_of, teammate, at, path):
    a_shop(teammate, opened_at=at)
    other = client_of(teammate)
    answer = other.get(page) if not path else other.post(page + path)
    assert answer.status_code == 404
    assert Template.objects.exists()
    assert "ผ้า.xlsx" not in other.get(reverse("my_marketplaces")).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_open_in_both_languages(seller, page, prefix):
    for path in ("/my/marketplaces/", page):
        assert seller.get(prefix + path).status_code == 200


def test_who_has_no_shop_is_led_to_open_one(client_of, stranger):
    assert client_of(stranger).get(reverse("my_marketplaces")).url == reverse("open_shop")
