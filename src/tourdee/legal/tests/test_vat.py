"""VAT: the rate of a day, who is registered, what the seller and the host enter."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tourdee.core.models import AuditLine

from ..actions import CannotSave, RateExists, TaxDetails, set_tax_details, set_vat_rate
from ..models import Business
from ..queries import vat_rate_on, vat_rates
from .factories import make_business

pytestmark = pytest.mark.django_db
TAX_ID = "0105555000005"


@pytest.fixture
def business(owner):
    return make_business(owner)


@pytest.fixture
def host(stranger):
    stranger.is_host = True
    stranger.save()
    return stranger


def a_rate(host, at, **columns):
    usual = {
        "percent": Decimal(10),
        "valid_from": date(2027, 10, 1),
        "source": "พระราชกฤษฎีกา ฉบับสมมติ",
        "confirmed": True,
    }
    return set_vat_rate(by=host, at=at, **{**usual, **columns})


@pytest.mark.parametrize(
    ("day", "confirmed"), [(date(2026, 9, 30), True), (date(2026, 10, 1), False), (date(1999, 1, 1), True)]
)
def test_the_rate_that_ships_is_seven_and_says_from_when_nobody_confirmed_it(day, confirmed):
    rate = vat_rate_on(day)
    assert (rate.percent, rate.confirmed) == (Decimal(7), confirmed)
    assert rate.source


def test_a_rate_holds_from_its_day_on(host, at):
    a_rate(host, at)
    assert vat_rate_on(date(2027, 9, 30)).percent == Decimal(7)
    assert vat_rate_on(date(2027, 10, 1)).percent == Decimal(10)
    assert AuditLine.objects.get(act="vat_rate.set").text == "อัตราภาษีมูลค่าเพิ่มร้อยละ 10 ตั้งแต่ 2027-10-01"


def test_what_the_host_confirms_stands_before_what_was_shipped(host, at):
    a_rate(host, at, percent=Decimal(7), valid_from=date(2026, 10, 1))
    assert vat_rate_on(date(2026, 11, 25)).confirmed
    assert len(vat_rates()) == 2


def test_a_rate_that_was_entered_is_not_overwritten(host, at):
    a_rate(host, at)
    with pytest.raises(RateExists):
        a_rate(host, at, percent=Decimal(8))
    assert vat_rate_on(date(2028, 1, 1)).percent == Decimal(10)


def test_a_tax_id_is_sealed_and_vat_counts_from_its_day(business, owner, at):
    set_tax_details(business=business, details=TaxDetails(tax_id=TAX_ID, vat_from=date(2026, 11, 1)), by=owner, at=at)
    stored = Business.objects.get(pk=business.pk)
    assert (stored.tax_id, TAX_ID in stored.sealed_tax_id) == (TAX_ID, False)
    assert [stored.charges_vat(date(2026, month, day)) for month, day in ((10, 31), (11, 1))] == [False, True]


def test_only_the_owner_enters_them(business, stranger, at):
    with pytest.raises(CannotSave):
        set_tax_details(business=business, details=TaxDetails(tax_id=TAX_ID), by=stranger, at=at)


def test_the_database_wants_a_tax_id_of_whoever_charges_vat(business):
    with pytest.raises(IntegrityError), transaction.atomic():
        Business.objects.update(vat_from=date(2026, 11, 1))


def typed(**more):
    return {"tax_id": TAX_ID, "registered": "on", "vat_from": "1/11/2569", "branch": "00000", "house_number": "99",
            "postcode": "50200", "subdistrict": "500108"} | more  # fmt: skip


def test_the_seller_enters_the_registration(business, owner, client_of):
    browser = client_of(owner)
    assert browser.get(reverse("my_tax")).status_code == 200
    assert browser.post(reverse("my_tax"), typed()).url == reverse("my_tax")
    stored = Business.objects.get(pk=business.pk)
    assert (stored.vat_from, stored.house_number, stored.subdistrict, stored.postcode) == (
        date(2026, 11, 1), "99", "500108", "50200",
    )  # fmt: skip


def test_the_subdistricts_on_offer_are_those_of_the_postcode(business, owner, client_of):
    form = client_of(owner).post(reverse("my_tax"), typed(subdistrict="")).context["form"]
    assert form.errors == {"subdistrict": ["กรุณาเลือกตำบล"]}
    codes = [code for code, _label in form.fields["subdistrict"].choices]
    assert codes == ["", "500101", "500102", "500108"]
    assert form["house_number"].value() == "99"


def test_who_is_registered_has_a_tax_id_and_a_day(business, owner, client_of):
    form = client_of(owner).post(reverse("my_tax"), typed(tax_id="", vat_from="")).context["form"]
    assert set(form.errors) == {"tax_id", "vat_from"}


def test_the_page_of_rates_is_the_hosts(host, owner, client_of):
    assert client_of(owner).get(reverse("vat_rates")).status_code == 404
    browser = client_of(host)
    entered = {"percent": "7", "valid_from": "1/10/2569", "source": "พระราชกฤษฎีกา ฉบับที่ 999", "confirmed": "on"}
    assert browser.post(reverse("vat_rates"), entered).url == reverse("vat_rates")
    assert vat_rate_on(date(2026, 11, 25)).source == "พระราชกฤษฎีกา ฉบับที่ 999"
    again = browser.post(reverse("vat_rates"), entered)
    assert again.context["form"].errors["valid_from"] == ["มีอัตราที่เริ่มใช้วันนี้อยู่แล้ว"]
