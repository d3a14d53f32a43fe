"""A template to upload."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..keys import MARKETPLACES


class TemplateForm(forms.Form):
    """Which marketplace, and its file."""

    marketplace = forms.ChoiceField(
        label=_("Marketplace"),
        choices=[(one.slug, one.name) for one in MARKETPLACES.values()],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("The template that you downloaded (.xlsx)"),
        help_text=_("As it came, unopened. We fill in a copy and change nothing else in it."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
