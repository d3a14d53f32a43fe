"""The dates of a tour: one, or many at once."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import at_bangkok
from tourdee.core.forms.fields import ThaiDateField, WholeNumberField
from tourdee.core.templatetags.tourdee import local

from ..models import Tour

FARTHEST = timedelta(days=550)
WEEKDAYS = [
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")), ("4", _("Friday")),
    ("5", _("Saturday")), ("6", _("Sunday")),
]  # fmt: skip


class DatesForm(forms.Form):
    """One date, or every week until a day."""

    day = ThaiDateField(label=_("First day"))
    start = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        initial="09:00",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    capacity = WholeNumberField(label=_("Seats"), min_value=1, max_value=500)
    until = ThaiDateField(
        label=_("Repeat every week until"), required=False, help_text=_("Leave it empty for a single date.")
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On these days"),
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only when it repeats. Without a choice: the weekday of the first day."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day", "until"):
            field: Any = self.fields[name]
            field.earliest, field.latest = today, today + FARTHEST

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        day, until = typed.get("day"), typed.get("until")
        if day and until and until < day:
            self.add_error("until", gettext("This lies before the first day."))
        return typed

    def starts(self) -> list[datetime]:
        """The moments of all dates, for the act."""
        day, until, clock = self.cleaned_data["day"], self.cleaned_data["until"], self.cleaned_data["start"]
        chosen = {int(one) for one in self.cleaned_data["weekdays"]} or {day.weekday()}
        if until is None:
            return [_moment(day, clock)]
        days = (day + timedelta(days=number) for number in range((until - day).days + 1))
        return [_moment(one, clock) for one in days if one.weekday() in chosen]


def _moment(day: date, clock: time) -> datetime:
    return at_bangkok(day, clock.hour, clock.minute)


class CapacityForm(forms.Form):
    """How many seats a departure has."""

    capacity = WholeNumberField(label=_("Seats"), min_value=1, max_value=500)


def dates_added(number: int, tour: Tour) -> str:
    """What the seller reads after adding dates."""
    said = ngettext("%(number)s new date for %(name)s.", "%(number)s new dates for %(name)s.", number)
    return said % {"number": number, "name": local(tour, "name")}
