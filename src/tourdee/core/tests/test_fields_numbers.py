"""Amounts and quantities as they are typed."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from tourdee.core.forms.fields import BahtField, WholeNumberField


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1250", 125000),
        ("1,250", 125000),
        ("๑,๒๕๐.๕๐", 125050),
        ("฿1,250", 125000),
        ("1250 บาท", 125000),
        ("THB 99.9", 9990),
        ("500.-", 50000),
        (" 0.05 ", 5),
        ("0", 0),
        ("100000000", 10**10),
    ],
)
def test_an_amount_in_baht_becomes_satang(typed, satang):
    assert BahtField().clean(typed) == satang


@pytest.mark.parametrize(
    "typed",
    ["NaN", "Infinity", "-1", "1e5", "1e99999", "0x10", "1.005", "1,25", ",5", "5.", ".5", "²", "２", "1 250", "ฟรี",
     "1;2", "9" * 5000, "\0", "1\n2", "--", "٣"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        BahtField().clean(typed)
    assert refused.value.code == "invalid"


def test_an_amount_stays_within_its_bounds():
    field = BahtField(min_value=100, max_value=500_00)
    assert field.clean("1") == 100
    assert field.clean("500") == 500_00
    for typed, code, shown in (("0.99", "min_value", "฿1"), ("500.01", "max_value", "฿500")):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.code == code
        assert shown in refused.value.messages[0]


def test_more_than_a_hundred_million_baht_was_mistyped():
    with pytest.raises(ValidationError) as refused:
        BahtField().clean("100,000,001")
    assert refused.value.code == "max_value"


def test_an_empty_amount_is_none_where_it_is_optional():
    assert BahtField(required=False).clean("") is None
    assert BahtField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        BahtField().clean(" ")


class Price(forms.Form):
    price = BahtField()


def test_a_stored_amount_is_shown_in_baht_and_what_was_typed_stays():
    assert 'value="1250.50"' in str(Price(initial={"price": 125050})["price"])
    assert 'value="1250"' in str(Price(initial={"price": 125000})["price"])
    assert 'value="๑๒ บาทถ้วน"' in str(Price({"price": "๑๒ บาทถ้วน"})["price"])


def test_an_unchanged_amount_counts_as_unchanged():
    assert not Price({"price": "1,250.5"}, initial={"price": 125050}).has_changed()
    assert Price({"price": "1,250.51"}, initial={"price": 125050}).has_changed()


def test_the_telephone_shows_its_digit_keys():
    assert 'inputmode="decimal"' in str(Price()["price"])


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("๑๒", 12), (" 007 ", 7), ("1,000", 1000)])
def test_a_quantity_is_read(typed, number):
    assert WholeNumberField(max_value=1000).clean(typed) == number


@pytest.mark.parametrize("typed", ["-1", "1.5", "1e9", "NaN", "²", "２", "สิบ", "1 2", "9" * 400, "\0"])
def test_what_is_no_quantity_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        WholeNumberField().clean(typed)
    assert refused.value.code == "invalid"


def test_a_quantity_stays_within_its_bounds():
    field = WholeNumberField(min_value=1, max_value=9)
    for typed, code in (("0", "min_value"), ("10", "max_value"), ("1000000000", "max_value")):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.code == code
