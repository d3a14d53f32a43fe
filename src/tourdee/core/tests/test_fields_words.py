"""Lines, texts and provinces as they are typed."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from tourdee.core.forms.fields import LineField, ProvinceField, TextField


def test_a_line_is_cleaned():
    assert LineField(max_length=20).clean("  ก่ิง \n ไม้\u200b ") == "กิ่ง ไม้"


@pytest.mark.parametrize("character", ["\0", "\u202e", "\ud800", "\x1b"])
def test_a_hostile_line_is_refused_at_the_field(character):
    for field in (LineField(), TextField()):
        with pytest.raises(ValidationError) as refused:
            field.clean(f"ชื่อ{character}ร้าน")
        assert refused.value.code == "hostile"


def test_a_line_that_is_too_long_is_refused_before_its_characters_are_looked_at(monkeypatch):
    monkeypatch.setattr(LineField, "cleaner", staticmethod(lambda *_: pytest.fail("looked at a million characters")))
    with pytest.raises(ValidationError) as refused:
        LineField(max_length=50).clean("ก" + "ุ่" * 500_000)
    assert refused.value.code == "max_length"
    monkeypatch.undo()
    assert LineField(max_length=5).clean("กขคงจ") == "กขคงจ"


def test_a_line_may_have_a_least_length():
    with pytest.raises(ValidationError) as refused:
        LineField(min_length=3).clean("กข")
    assert refused.value.code == "min_length"


def test_invisible_characters_alone_are_nothing():
    with pytest.raises(ValidationError) as refused:
        LineField().clean("\u200b\u200b")
    assert refused.value.code == "required"


def test_a_text_counts_its_line_breaks_once():
    assert TextField(max_length=3).clean("ก\r\nข") == "ก\nข"


class Shop(forms.Form):
    name = LineField(max_length=20)
    story = TextField(max_length=30, rows=3)
    province = ProvinceField()


def test_the_browser_knows_the_limits():
    form = Shop()
    assert 'maxlength="20"' in str(form["name"])
    assert 'maxlength="30"' in str(form["story"])
    assert 'rows="3"' in str(form["story"])


def test_a_province_is_chosen_in_the_language_of_the_page():
    for language, name in (("th", "เชียงใหม่"), ("en", "Chiang Mai")):
        with translation.override(language):
            assert f'<option value="50">{name}</option>' in str(Shop()["province"])
    assert ProvinceField().clean("50") == 50
    assert len(list(ProvinceField().choices)) == 78


@pytest.mark.parametrize("typed", ["0", "99", "เชียงใหม่", "50'--", "\0", ""])
def test_what_is_no_province_is_refused(typed):
    with pytest.raises(ValidationError):
        ProvinceField().clean(typed)


def test_no_province_is_none_where_it_is_optional():
    assert ProvinceField(required=False).clean("") is None
