"""Guides, vans and boats, and calendars from outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, WholeNumberField
from tourdee.core.outbound import CannotFetch, checked_address

from ..actions.resources import ResourceDetails
from ..models import Resource, Shop

LARGEST_FILE = 1_000_000


class ResourceForm(forms.Form):
    """A guide, a van, a boat."""

    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, initial="guide",
        choices=[("guide", _("Guide")), ("van", _("Van or car")), ("boat", _("Boat")), ("other", _("Something else"))],
    )  # fmt: skip
    name = LineField(
        label=_("Name"), max_length=120, help_text=_("As you call it: Somchai, the white van, the long boat")
    )
    seats = WholeNumberField(
        label=_("Seats for guests"), min_value=1, max_value=500, required=False,
        help_text=_("No date takes more guests than that. Empty: it doesn't matter."),
    )  # fmt: skip
    buffer_minutes = WholeNumberField(
        label=_("Minutes before and after"), max_value=1440, initial=30, help_text=_("To come, to clean, to rest.")
    )

    def details(self) -> ResourceDetails:
        """What was typed, for the act."""
        return ResourceDetails(**self.cleaned_data)

    @staticmethod
    def values_of(resource: Resource) -> dict[str, Any]:
        """What stands in the row."""
        return {name: getattr(resource, name) for name in ("kind", "name", "seats", "buffer_minutes")}


class CalendarForm(forms.Form):
    """An own calendar that closes dates: by its address, or as a file."""

    name = LineField(label=_("Name of the calendar"), max_length=120, initial=_("My calendar"))
    resource = forms.ChoiceField(label=_("Whose calendar is it?"), required=False)
    url = LineField(
        label=_("Its secret address (iCal)"), max_length=1000, required=False,
        help_text=_("Google Calendar: settings of the calendar, “Secret address in iCal format”. It is kept encrypted."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a file (.ics)"), required=False)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resources = {one.public_id: one for one in Resource.objects.filter(shop=shop, is_active=True)}
        choice: Any = self.fields["resource"]
        choice.choices = [("", gettext("The whole shop")), *((key, one.name) for key, one in self.resources.items())]

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url:
            try:
                checked_address(url)
            except CannotFetch as problem:
                raise forms.ValidationError(
                    gettext("Please paste an address that begins with https:// and ends with .ics.")
                ) from problem
        return url

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and upload.size > LARGEST_FILE:
            raise forms.ValidationError(gettext("The file is too large. At most 1 MB."))
        return upload

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("url") and not typed.get("file"):
            self.add_error("url", gettext("Give the address or a file."))
        return typed

    @property
    def chosen_resource(self) -> Resource | None:
        return self.resources.get(self.cleaned_data["resource"])
