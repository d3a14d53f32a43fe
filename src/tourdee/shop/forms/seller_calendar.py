"""What a seller does with chosen days, with one date, with a schedule and with a season."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import CannotReadDate, read_date
from tourdee.core.forms.fields import BahtField, LineField, ThaiDateField, WholeNumberField

from ..actions import date_changes as acts
from ..actions.schedules import ScheduleDetails
from ..actions.seasons import SeasonDetails
from ..models import PriceKey, Schedule, Season, Tour
from ..queries.prices import PriceOf, prices_of
from .seller_dates import FARTHEST, WEEKDAYS

CLOCKS = ["%H:%M", "%H.%M", "%H:%M:%S"]
ACTS = [acts.CLOSE, acts.OPEN, acts.SEATS, acts.PRICES, acts.UNTIL, acts.ADD, acts.REMOVE]
MOST_DAYS = 62


class PricedForm(forms.Form):
    """A form with a field for each price of a tour, empty for “as usual”."""

    def __init__(self, *args: Any, tour: Tour, prices: dict[PriceKey, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tour, self.priced = tour, prices_of(tour)
        for one in self.priced:
            start = (prices or {}).get(one.key)
            self.fields[f"price_{one.field}"] = BahtField(label=one.name, required=False, initial=start)

    @property
    def price_rows(self) -> list[tuple[forms.BoundField, PriceOf]]:
        return [(self[f"price_{one.field}"], one) for one in self.priced]

    def typed_prices(self) -> dict[PriceKey, int]:
        """Satang of those that were filled in."""
        typed = {one.key: self.cleaned_data.get(f"price_{one.field}") for one in self.priced}
        return {key: satang for key, satang in typed.items() if satang is not None}


class WishForm(PricedForm):
    """What to do with the dates that were chosen. Which of the fields count depends on the act."""

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    seats = WholeNumberField(label=_("Seats"), min_value=1, max_value=500, required=False)
    new_seats = WholeNumberField(label=_("Seats"), min_value=1, max_value=500, required=False)
    usual_price = forms.BooleanField(label=_("Back to the usual price"), required=False)
    hours = WholeNumberField(
        label=_("Hours before the start"), max_value=720, required=False,
        help_text=_("0: until it starts. Empty: as usual for this tour."),
    )  # fmt: skip
    start = forms.TimeField(
        label=_("Time"),
        input_formats=CLOCKS,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        act = typed.get("act")
        if act == acts.SEATS:
            self._ask("seats", gettext("How many seats?"))
        if act == acts.ADD:
            self._ask("new_seats", gettext("How many seats?"))
            self._ask("start", gettext("At what time?"))
        if act == acts.PRICES and not typed.get("usual_price") and not self.typed_prices() and not self.errors:
            self.add_error("usual_price", gettext("Type a price, or tick this."))
        return typed

    def _ask(self, name: str, question: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, question)

    def wish(self) -> acts.Wish:
        """What was typed, for the act."""
        typed = self.cleaned_data
        back: dict[PriceKey, int | None] = {one.key: None for one in self.priced}
        prices: dict[PriceKey, int | None] = back if typed["usual_price"] else {**self.typed_prices()}
        seats = typed["new_seats"] if typed["act"] == acts.ADD else typed["seats"]
        return acts.Wish(act=typed["act"], seats=seats or 0, prices=prices, hours=typed["hours"], start=typed["start"])


def chosen_days(values: list[str]) -> list[date]:
    """The days ticked in the grid; what is no day is left out."""
    found = set()
    for value in values[:MOST_DAYS]:
        try:
            found.add(read_date(value))
        except CannotReadDate:
            continue
    return sorted(found)


class ScheduleForm(PricedForm):
    """On which days a tour goes, again and again."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    times = LineField(
        label=_("At"), max_length=60, initial="09:00", help_text=_("Several times with a space between: 09:00 13:30")
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[
            ("weekly", _("Every week")), ("fortnightly", _("Every second week")), ("first", _("First of the month")),
            ("second", _("Second of the month")), ("third", _("Third of the month")),
            ("fourth", _("Fourth of the month")), ("last", _("Last of the month")),
        ],
    )  # fmt: skip
    capacity = WholeNumberField(label=_("Seats"), min_value=1, max_value=500)
    first_day = ThaiDateField(label=_("From"))
    last_day = ThaiDateField(label=_("Until"), required=False, help_text=_("Empty: until you end it."))
    days_ahead = forms.TypedChoiceField(
        label=_("Guests can book"), coerce=int, initial=180,
        choices=[(60, _("2 months ahead")), (90, _("3 months ahead")), (180, _("6 months ahead")), (365, _("a year ahead"))],
    )  # fmt: skip
    skips_holidays = forms.BooleanField(label=_("Not on public holidays"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_day", "last_day"):
            field: Any = self.fields[name]
            field.latest = today + 2 * FARTHEST
        self.order_fields(["weekdays", "times", "rhythm", "capacity", "first_day", "last_day", "days_ahead"])

    def clean_times(self) -> list[str]:
        clock = forms.TimeField(input_formats=CLOCKS)
        words = self.cleaned_data["times"].replace(",", " ").replace("น.", " ").split()
        times = sorted({f"{clock.clean(word):%H:%M}" for word in words})
        if not 1 <= len(times) <= 8:
            raise forms.ValidationError(gettext("Give one to eight times."))
        return times

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("This lies before the first day."))
        return typed

    def details(self) -> ScheduleDetails:
        """What was typed, for the act."""
        typed = {
            name: value for name, value in self.cleaned_data.items() if name in ScheduleDetails.__dataclass_fields__
        }
        return ScheduleDetails(**typed, prices=self.typed_prices())

    @staticmethod
    def values_of(schedule: Schedule) -> dict[str, Any]:
        """What stands in the row."""
        names = ("weekdays", "rhythm", "capacity", "first_day", "last_day", "days_ahead", "skips_holidays")
        return {name: getattr(schedule, name) for name in names} | {"times": " ".join(schedule.times)}


class SeasonForm(PricedForm):
    """A time of the year with prices of its own."""

    name_th = LineField(label=_("Name"), max_length=80, help_text=_("For example New Year, Songkran, rainy season"))
    name_en = LineField(label=_("In English"), max_length=80, required=False)
    first_day = ThaiDateField(label=_("From"))
    last_day = ThaiDateField(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("This lies before the first day."))
        if first and last and last - first > timedelta(days=366):
            self.add_error("last_day", gettext("A season is at most a year long."))
        if not self.errors and not self.typed_prices():
            self.add_error(None, gettext("Type at least one price."))
        return typed

    def details(self) -> SeasonDetails:
        """What was typed, for the act."""
        names = ("name_th", "name_en", "first_day", "last_day")
        return SeasonDetails(**{name: self.cleaned_data[name] for name in names}, prices=self.typed_prices())

    @staticmethod
    def values_of(season: Season) -> dict[str, Any]:
        """What stands in the row."""
        return {name: getattr(season, name) for name in ("name_th", "name_en", "first_day", "last_day")}
