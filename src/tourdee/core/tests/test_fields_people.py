"""Telephone, citizen id and PromptPay as they are typed."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from tourdee.core.forms.fields import CitizenIdField, PhoneField, PromptPayField


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0812345678", "+66812345678"),
        ("081-234-5678", "+66812345678"),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", "+66812345678"),
        ("+66 81 234 5678", "+66812345678"),
        ("+66(0)812345678", "+66812345678"),
        ("02 123 4567", "+6621234567"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_stored_in_one_form(typed, stored):
    assert PhoneField().clean(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["1", "191", "081234567", "08123456789", "1900 123 456", "+1 900 555 0123", "abc", "0812345678 ext 9", "\0",
     "9" * 500, "+999123456789", "<script>"],
)  # fmt: skip
def test_a_number_that_costs_or_reaches_nobody_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        PhoneField().clean(typed)
    assert refused.value.code == "invalid"


@pytest.mark.parametrize(("thai_only", "said"), [(False, True), (True, False)])
def test_who_types_a_number_from_abroad_hears_how_where_one_is_taken(thai_only, said):
    with pytest.raises(ValidationError) as refused:
        PhoneField(thai_mobile_only=thai_only).clean("7946 0018")
    assert ("+44 20 7946 0018" in refused.value.message) == said


@pytest.mark.parametrize("typed", ["02 123 4567", "+44 7700 900123", "+1 202 555 0123"])
def test_where_a_message_is_sent_only_thai_mobiles_pass(typed):
    with pytest.raises(ValidationError):
        PhoneField(thai_mobile_only=True).clean(typed)
    assert PhoneField(thai_mobile_only=True).clean("081 234 5678") == "+66812345678"


class Contact(forms.Form):
    phone = PhoneField(required=False)


def test_a_stored_number_is_shown_as_people_write_it():
    shown = str(Contact(initial={"phone": "+66812345678"})["phone"])
    assert 'value="081 234 5678"' in shown
    assert 'type="tel"' in shown
    assert shown.count("type=") == 1


def test_an_empty_number_is_empty_text():
    assert PhoneField(required=False).clean("") == ""


@pytest.mark.parametrize("typed", ["1101700230708", "1-1017-00230-70-8", "๑๑๐๑๗๐๐๒๓๐๗๐๘", " 1 1017 00230 70 8 "])
def test_a_citizen_id_is_read_however_it_is_grouped(typed):
    assert CitizenIdField().clean(typed) == "1101700230708"


@pytest.mark.parametrize(
    "typed",
    ["1101700230707", "1111111111111", "0000000000000", "110170023070", "11017002307080", "1.1017E+12", "abc", "²" * 13,
     "１１０１７００２３０７０８", "9" * 500, "\0"],
)  # fmt: skip
def test_a_wrong_citizen_id_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        CitizenIdField().clean(typed)
    assert refused.value.code == "invalid"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("081-234-5678", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("0066812345678", "0812345678"),
        ("1-1017-00230-70-8", "1101700230708"),
        ("0994000617721", "0994000617721"),
        ("004999000288505", "004999000288505"),
    ],
)
def test_a_promptpay_id_is_a_mobile_an_id_or_a_wallet(typed, stored):
    assert PromptPayField().clean(typed) == stored


@pytest.mark.parametrize("typed", ["021234567", "1101700230707", "12345", "081234567a", "0" * 16, "1111111111111"])
def test_a_wrong_promptpay_id_is_refused(typed):
    with pytest.raises(ValidationError):
        PromptPayField().clean(typed)
