"""A day, in the Buddhist or the Common Era."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import CannotReadDate, read_date, short_date


class DayInput(forms.DateInput):
    """The browser's own calendar; a plain text box again when what was typed is not a day, so that it is not lost."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = "date" if _is_iso(context["widget"]["value"]) else "text"
        return context


def _is_iso(shown: str | None) -> bool:
    try:
        return not shown or 1000 <= date.fromisoformat(shown).year <= 2400
    except ValueError:
        return False


class ThaiDateField(forms.Field):
    """A day between ``earliest`` and ``latest``. Understands 25/11/2569, ๒๕ พ.ย. ๒๕๖๙, 2026-11-25 and 25 Nov 2026."""

    widget = DayInput
    default_error_messages = {
        "unreadable": _("Please type the date as day/month/year, for example 25/11/2569."),
        "short_year": _("Please type the year with four digits, for example 2569 or 2026."),
        "year": _("Please check the year: 2400–2700 is the Buddhist Era, 1900–2150 the Common Era."),
        "old_calendar": _("Before 1941 the Thai year began in April. Please type this date with its Common Era year."),
        "no_such_day": _("There is no such day in the calendar. Please check the day and the month."),
        "earliest": _("The earliest possible day is %(limit)s."),
        "latest": _("The latest possible day is %(limit)s."),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day; ``None`` where nothing was typed."""
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            day = read_date(str(value))
        except CannotReadDate as problem:
            raise ValidationError(self.error_messages[problem.reason], code=problem.reason) from problem
        self._within(day)
        return day

    def _within(self, day: date) -> None:
        language = get_language() or "th"
        if self.earliest and day < self.earliest:
            limit = short_date(self.earliest, language)
            raise ValidationError(self.error_messages["earliest"], code="earliest", params={"limit": limit})
        if self.latest and day > self.latest:
            limit = short_date(self.latest, language)
            raise ValidationError(self.error_messages["latest"], code="latest", params={"limit": limit})
