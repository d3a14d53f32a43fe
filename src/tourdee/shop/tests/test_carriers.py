"""Parcel numbers: the check digit of the world's posts, and where a parcel is followed."""

import pytest

from ..carriers import CARRIERS, THAI_POST, carrier_named, carrier_of, clean_number, fault_of, right_s10, tracking_page
from ..carriers.s10 import check_digit, is_s10
from ..forms.seller_parcels import ShipForm


@pytest.mark.parametrize("number", ["EI217050620TH", "ED852942182TH", "RB123456785GB"])
def test_real_numbers_are_right(number):
    """Two of Thai Post's from public code, and the example of the standard."""
    assert is_s10(number)


@pytest.mark.parametrize(
    ("serial", "digit"), [("47312482", 9), ("21705062", 0), ("00000000", 5), ("00000008", 0), ("12345678", 5)]
)
def test_ten_is_written_nought_and_eleven_five(serial, digit):
    assert check_digit(serial) == digit


def test_every_single_mistyped_digit_is_found():
    """Modulo 11 finds them all; only where 10 and 11 are written 0 and 5 could two serials share a digit."""
    serial = "47312482"
    wrong = [
        serial[:place] + digit + serial[place + 1 :]
        for place in range(8)
        for digit in "0123456789"
        if digit != serial[place]
    ]
    assert [one for one in wrong if check_digit(one) == 9] == []
    assert len(wrong) == 72


def test_what_is_no_number_has_no_right_form():
    assert (right_s10("EI21705062TH"), is_s10("EI217050621TH")) == ("", False)
    assert right_s10("EI217050621TH") == "EI217050620TH"


@pytest.mark.parametrize(
    ("carrier", "number", "fault"),
    [(THAI_POST, "EI217050620TH", ""), (THAI_POST, "EI217050621TH", "check"), (THAI_POST, "12345", "form"),
     (THAI_POST, "", ""), ("Flash Express", "whatever", ""), ("ลุงข้างบ้าน", "EI217050621TH", "")],
)  # fmt: skip
def test_only_thai_posts_numbers_are_checked(carrier, number, fault):
    assert fault_of(carrier, number) == fault


@pytest.mark.parametrize(
    ("number", "carrier"),
    [("EI217050620TH", THAI_POST), ("JT123456789012", ""), ("123456789012", "J&T Express"), ("nonsense", "")],
)
def test_the_carrier_is_told_only_where_it_is_sure(number, carrier):
    """JT… fits no other, but twelve digits and two letters could be more than one carrier's."""
    assert carrier_of(number) in {carrier, "J&T Express"} if number.startswith("JT") else carrier_of(number) == carrier


@pytest.mark.parametrize("typed", ["Thailand Post", "thai post", "EMS", "ปณ.", "ไปรษณีย์", " ไปรษณีย์ไทย "])
def test_the_post_is_the_post_whatever_it_is_called(typed):
    form = ShipForm({"carrier": typed, "tracking": "EI217050621TH"})
    assert (list(form.errors), ShipForm({"carrier": typed, "tracking": "EI217050620TH"}).is_valid()) == (
        ["tracking"],
        True,
    )


def test_other_names_are_known_too_and_a_number_of_the_post_is_the_posts():
    named = [
        carrier_named("Flash"),
        carrier_named("kerry"),
        carrier_named("ลุงข้างบ้าน"),
        carrier_named("ส่งแล้ว", "EI217050621TH"),
    ]
    assert named == ["Flash Express", "KEX Express", "ลุงข้างบ้าน", THAI_POST]
    assert carrier_named("Flash Express", "EI217050620TH") == "Flash Express"


def test_a_number_is_taken_as_it_is_printed():
    assert clean_number(" ei 2170-5062 0 th ") == "EI217050620TH"


def test_each_carrier_has_a_page_with_the_number_in_it():
    for carrier in CARRIERS:
        assert tracking_page(carrier.name, "AB1") == f"{carrier.page}AB1"
        assert carrier.page.startswith("https://")
    assert tracking_page(THAI_POST, 'X"><') == f"{CARRIERS[0].page}X%22%3E%3C"
    assert (tracking_page("ลุงข้างบ้าน", "AB1"), tracking_page(THAI_POST, "")) == ("", "")


def test_the_form_says_which_digit_would_be_right():
    form = ShipForm({"carrier": THAI_POST, "tracking": "ei 217050621 th"})
    assert not form.is_valid()
    assert "0TH" in form.errors["tracking"][0]
    assert ShipForm({"carrier": THAI_POST, "tracking": "ei 217050620 th"}).is_valid()
    assert ShipForm({"carrier": "รับเองที่ร้าน", "tracking": ""}).is_valid()


def test_a_number_that_tells_its_carrier_is_enough():
    form = ShipForm({"carrier": "", "tracking": "ei 217050620 th"})
    assert form.is_valid()
    assert (form.cleaned_data["carrier"], form.cleaned_data["tracking"]) == (THAI_POST, "EI217050620TH")


@pytest.mark.parametrize("number", ["", "TH0123456789AB", "12"])
def test_where_the_number_does_not_tell_the_carrier_is_asked_for(number):
    assert list(ShipForm({"carrier": "", "tracking": number}).errors) == ["carrier"]
