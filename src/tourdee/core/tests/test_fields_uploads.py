"""Pictures as they are sent with a form."""

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from tourdee.core.forms.fields import PictureField, PicturesField
from tourdee.core.tests.pictures_made import photo, upload


class Slip(forms.Form):
    slip = PictureField()


class Album(forms.Form):
    photos = PicturesField(max_files=2, required=False)


def album(*uploads: object) -> Album:
    return Album({}, MultiValueDict({"photos": list(uploads)}))


def test_a_photo_passes_and_can_still_be_read():
    form = Slip({}, {"slip": upload(photo())})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slip"].read(3) == b"\xff\xd8\xff"


@pytest.mark.parametrize("data", [b"<svg/>", b"%PDF-1.7", b"\xff\xd8\xff junk", photo()[:200]])
def test_what_is_no_photo_is_refused_at_the_field(data):
    form = Slip({}, {"slip": upload(data)})
    assert [error.code for error in form.errors.as_data()["slip"]] == ["picture"]


def test_a_missing_photo_is_asked_for():
    assert [error.code for error in Slip({}, {}).errors.as_data()["slip"]] == ["required"]


def test_several_photos_come_as_a_list():
    form = album(upload(photo(), "a.jpg"), upload(photo("PNG"), "b.png"))
    assert form.is_valid(), form.errors
    assert [one.name for one in form.cleaned_data["photos"]] == ["a.jpg", "b.png"]


def test_no_photo_is_an_empty_list_where_they_are_optional():
    form = album()
    assert form.is_valid()
    assert form.cleaned_data["photos"] == []


def test_one_bad_photo_or_one_too_many_refuses_the_form():
    bad = album(upload(photo()), upload(b"<html>"))
    assert [error.code for error in bad.errors.as_data()["photos"]] == ["picture"]
    many = album(*(upload(photo()) for _ in range(3)))
    assert [error.code for error in many.errors.as_data()["photos"]] == ["too_many"]


def test_the_telephone_offers_its_photos():
    assert 'accept="image/jpeg,image/png,image/webp,image/heic,image/heif"' in str(Slip()["slip"])
    assert " multiple" in str(Album()["photos"])
