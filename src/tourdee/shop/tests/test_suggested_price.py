"""A saved calculation's price is taken over into a price field, and counts once it is saved."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tourdee.learn.models import CostSheet
from tourdee.shop.models import Product, Shop

from . import factories as f


@pytest.fixture
def shop(owner) -> Shop:
    return f.a_shop(owner, opened_at=timezone.now())


@pytest.fixture
def tour(shop):
    return f.a_ready_tour(shop)


@pytest.fixture
def page(tour, owner, client_of) -> "Page":
    return Page(client_of(owner), reverse("tour_prices", args=[tour.public_id]), "price")


class Page:
    """A page of prices, as a browser without JavaScript uses it: it sends every field that the form holds."""

    def __init__(self, client, address: str, prefix: str) -> None:
        self.client, self.address, self.prefix = client, address, prefix
        self.shown = client.get(address)

    def press(self, **changed: str):
        """Send the form as it stands, with some fields typed anew. ``take`` and ``place`` keep their names."""
        sent = self.fields() | {self.name(key): value for key, value in changed.items()}
        self.shown = self.client.post(self.address, sent)
        return self.shown

    def name(self, key: str) -> str:
        return key if key in ("take", "place") else f"{self.prefix}-{key.removeprefix('row').replace('_', '-', 1)}"

    def fields(self) -> dict[str, str]:
        rows = self.shown.context["rows"]
        shown = {one.html_name: one.value() for form in [rows.management_form, *rows] for one in form}
        return {name: str(value) for name, value in shown.items() if value is not None and value is not False}

    def prices(self) -> list[str]:
        """What stands in the price fields."""
        name = rf'name="{self.prefix}-\d+-price_satang"(?: value="([^"]*)")?'
        return re.findall(name, self.shown.content.decode())


def a_sheet(user, **columns) -> CostSheet:
    """฿1,800 for a trip of four: ฿450 each; with a fifth of the price left that is ฿563."""
    values = {
        "name": "ทัวร์เมืองเก่า", "kind": "tour", "units": 4, "price_satang": 100000, "at": timezone.now(),
        "fixed_costs": [{"name": "รถ", "satang": 100000}], "unit_costs": [{"name": "อาหาร", "satang": 20000}],
    } | columns  # fmt: skip
    return CostSheet.objects.create(user=user, **values)


def satang(tour) -> list[int]:
    return list(tour.prices.values_list("price_satang", flat=True))


def test_the_price_is_filled_in_where_it_was_wanted_and_nothing_is_saved(page, tour, owner):
    sheet = a_sheet(owner)
    page.press(take=sheet.public_id, place="1")
    assert page.prices() == ["1200", "563", "0", "", ""]
    assert satang(tour) == [120000, 60000, 0]
    field = page.shown.context["rows"][1]["price_satang"]
    assert field.field.widget.attrs["autofocus"] is True
    assert field.help_text == "จาก “ทัวร์เมืองเก่า” จะมีผลเมื่อคุณกดบันทึก"


def test_saving_afterwards_makes_it_the_price(page, tour, owner):
    page.press(take=a_sheet(owner).public_id, place="0")
    assert page.press().status_code == 302
    assert satang(tour) == [56300, 60000, 0]


def test_what_was_typed_before_stays_and_is_not_complained_about(page, tour, owner):
    page.press(take=a_sheet(owner).public_id, place="3", row1_price_satang="ห้าร้อย", row0_name_th="")
    rows = page.shown.context["rows"]
    assert page.prices() == ["1200", "ห้าร้อย", "0", "563", ""]
    assert (rows[0]["name_th"].value(), rows.total_error_count()) == ("", 0)
    assert 'role="alert"' not in page.shown.content.decode()
    assert page.press().status_code == 200  # to save it is another matter
    assert page.shown.context["rows"].total_error_count() == 3


def test_a_tour_without_prices_gets_its_first_one(shop, owner, client_of):
    tour, sheet = f.a_tour(shop, status="draft"), a_sheet(owner)
    tour.prices.all().delete()
    page = Page(client_of(owner), reverse("tour_prices", args=[tour.public_id]), "price")
    assert page.shown.context["takes"].fields["place"].choices == [("0", "แถวใหม่")]
    page.press(take=sheet.public_id, place="0")
    page.press(row0_name_th="ผู้ใหญ่")
    assert [(row.name_th, row.price_satang) for row in tour.prices.all()] == [("ผู้ใหญ่", 56300)]


def test_goods_have_it_too(shop, owner, client_of):
    variant = f.a_product(shop)
    Product.objects.update(status=Product.Status.DRAFT)
    sheet = a_sheet(owner, kind="product")
    page = Page(client_of(owner), reverse("product_variants", args=[variant.product.public_id]), "variant")
    page.press(take=sheet.public_id, place="0")
    assert page.prices() == ["563", "", ""]
    page.press()
    variant.refresh_from_db()
    assert variant.price_satang == 56300


@pytest.mark.parametrize("language", ["", "/en"])
def test_each_calculation_has_its_button_and_the_rows_are_named(page, tour, owner, language):
    sheets = [a_sheet(owner, name=name) for name in "กขค"]
    a_sheet(owner, fee_percent=50, wanted_percent=50)  # no price would do
    a_sheet(owner, kind="product")
    shown = page.client.get(language + page.address).content.decode()
    assert set(re.findall(r'form="prices" name="take" value="(\w+)"', shown)) == {one.public_id for one in sheets}
    assert {"": "ใช้ราคา ฿563", "/en": "Use ฿563"}[language] in shown
    new = {"": "แถวใหม่", "/en": "A new row"}[language]
    assert re.findall(r"<option[^>]*>([^<]+)</option>", shown) == ["ผู้ใหญ่", "เด็ก", "ทารก", new]


def test_without_a_price_to_suggest_there_is_nothing_to_choose(page, owner):
    a_sheet(owner, fee_percent=50, wanted_percent=50)
    shown = page.client.get(page.address).content.decode()
    assert ('name="place"' in shown, 'name="take"' in shown) == (False, False)


@pytest.mark.parametrize("wrong", ["somebody else's", "for goods", "no such row", "deleted"])
def test_what_is_not_there_fills_in_nothing_and_keeps_what_was_typed(page, tour, owner, teammate, wrong):
    sheet = a_sheet(
        teammate if wrong == "somebody else's" else owner, kind="product" if wrong == "for goods" else "tour"
    )
    if wrong == "deleted":
        CostSheet.objects.all().delete()
    place = "7" if wrong == "no such row" else "0"
    page.press(take=sheet.public_id, place=place, row1_price_satang="700")
    assert page.prices() == ["1200", "700", "0", "", ""]
    assert "ไม่มีรายการคำนวณหรือแถวนี้แล้ว" in page.shown.content.decode()
    assert satang(tour) == [120000, 60000, 0]


def test_the_name_of_a_calculation_stays_text(page, owner):
    sheet = a_sheet(owner, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page.press(take=sheet.public_id, place="0").content.decode()


def test_three_calculations_cost_as_many_queries_as_one(page, owner, django_assert_num_queries):
    a_sheet(owner)
    page.client.get(page.address)
    with django_assert_num_queries(6):
        page.client.get(page.address)
    for _number in range(2):
        a_sheet(owner)
    with django_assert_num_queries(6):
        page.client.get(page.address)
