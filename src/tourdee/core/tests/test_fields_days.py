"""Days as they are typed into a form."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from tourdee.core.forms.fields import ThaiDateField


class Trip(forms.Form):
    day = ThaiDateField(earliest=date(2026, 1, 1), latest=date(2027, 12, 31))


@pytest.mark.parametrize("typed", ["2026-11-25", "25/11/2569", "๒๕/๑๑/๒๕๖๙", "25 พ.ย. 2569"])
def test_the_calendar_and_the_keyboard_give_the_same_day(typed):
    form = Trip({"day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("25/11/69", "short_year"),
        ("29/2/2568", "no_such_day"),
        ("31/12/2568", "earliest"),
        ("1/1/2571", "latest"),
        ("1/1/1500", "year"),
        ("1/1/2480", "old_calendar"),
        ("วันศุกร์", "unreadable"),
    ],
)
def test_a_day_is_refused_with_advice(typed, code):
    form = Trip({"day": typed})
    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()["day"]] == [code]


def test_the_limits_are_named_in_the_era_of_the_page():
    for language, shown in (("th", "1 ม.ค. 2569"), ("en", "1 Jan 2026")):
        with translation.override(language):
            assert shown in Trip({"day": "1/1/2500"}).errors["day"][0]


def test_the_browser_gets_its_calendar_and_a_mistyped_day_is_not_lost():
    assert 'type="date"' in str(Trip()["day"])
    assert 'type="date" name="day" value="2026-11-25"' in str(Trip(initial={"day": date(2026, 11, 25)})["day"])
    assert 'type="text" name="day" value="25/11/69"' in str(Trip({"day": "25/11/69"})["day"])


def test_an_empty_day_is_none_where_it_is_optional():
    assert ThaiDateField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        ThaiDateField().clean(" ")


def test_an_unchanged_day_counts_as_unchanged():
    assert not Trip({"day": "25/11/2569"}, initial={"day": date(2026, 11, 25)}).has_changed()
