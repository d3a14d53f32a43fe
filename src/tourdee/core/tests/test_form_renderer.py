"""Plain inputs and texts are written as Django's templates write them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from tourdee.core.forms import FormRenderer


@pytest.mark.parametrize(
    "widget",
    [forms.TextInput, forms.EmailInput, forms.NumberInput, forms.HiddenInput, forms.CheckboxInput, forms.DateInput, forms.URLInput,
     forms.FileInput, forms.Textarea],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, "", "อัมพวา <b>\"'&", 0, 1250, True, mark_safe("a&amp;b")])
@pytest.mark.parametrize(
    "attrs",
    [{}, {"id": "id_a", "required": True, "disabled": False, "maxlength": 5},
     {"placeholder": gettext_lazy("Market"), "data-x": '"><script>'}],
)  # fmt: skip
def test_an_input_is_djangos_own(widget, value, attrs):
    ours, djangos = (widget().render("a<b", value, attrs, renderer) for renderer in (FormRenderer(), DjangoTemplates()))
    assert ours == djangos


class Asked(forms.Form):
    """One field, in a form that nobody has filled in and in one that is wrong."""

    name = forms.CharField()


def test_a_field_without_an_error_says_nothing_and_one_with_it_does():
    assert str(Asked()["name"].errors) == ""
    assert "errorlist" in str(Asked({"name": ""})["name"].errors)


class Optional(forms.Form):
    """What may be left as it is, each in another way."""

    words = forms.CharField(required=False)
    tick = forms.BooleanField(required=False)
    always = forms.ChoiceField(choices=[("a", "A")], required=False)
    radio = forms.ChoiceField(choices=[("a", "A")], required=False, widget=forms.RadioSelect)
    perhaps = forms.ChoiceField(choices=[("", "-"), ("a", "A")], required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], required=False, widget=forms.CheckboxSelectMultiple)


def test_only_what_can_be_left_empty_is_called_optional():
    """A box need not be ticked, and of a choice without an empty one something is always chosen."""
    said = [field.name for field in Optional() if "(ไม่บังคับ)" in field.as_field_group()]
    assert said == ["words", "perhaps", "several"]
