"""Programmes and cohorts as an office sets them up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tourdee.core.dates import BANGKOK, at_bangkok
from tourdee.core.forms.choices import offer
from tourdee.core.forms.fields import LineField, TextField, ThaiDateField, WholeNumberField
from tourdee.core.templatetags.tourdee import local
from tourdee.people.models import Organisation, User
from tourdee.people.queries import offices_of

from ..actions import CohortDetails, ProgrammeDetails
from ..models import AudienceGroup, Cohort, Programme
from ..queries import programmes_seen_by

CLOCK_FORMATS = ["%H:%M", "%H.%M"]
MAX_SEATS = 500
SIGNATORIES = 2


def clock_field(label: Any, **kwargs: Any) -> forms.TimeField:
    """A time of day in Bangkok: ``09:00`` or ``09.00``."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, input_formats=CLOCK_FORMATS, widget=widget, **kwargs)


class ProgrammeForm(forms.Form):
    """A programme, whom it is for, who teaches, and who signs."""

    office = forms.ChoiceField(label=_("Office"))
    name_th = LineField(label=_("Name in Thai"))
    name_en = LineField(label=_("Name in English"))
    purpose_th = TextField(label=_("Purpose in Thai"), max_length=2000, rows=3)
    purpose_en = TextField(label=_("Purpose in English"), max_length=2000, rows=3)
    audience = forms.MultipleChoiceField(
        label=_("Who may apply"), choices=AudienceGroup.choices, widget=forms.CheckboxSelectMultiple
    )
    hours = WholeNumberField(label=_("Hours"), min_value=1, max_value=500)
    partners = forms.MultipleChoiceField(
        label=_("Partners whose teams teach"), widget=forms.CheckboxSelectMultiple, required=False
    )
    certificate_prefix = LineField(
        label=_("Before the number of certificates"),
        help_text=_("For example DSD-DE, which makes DSD-DE 0001/2569."),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, user: User, programme: Programme | None = None, **kwargs: Any) -> None:
        self.offices = {office.slug: office for office in offices_of(user)}
        kwargs["initial"] = _programme_initial(programme)
        super().__init__(*args, **kwargs)
        offer(self, "office", [(slug, local(office, "name")) for slug, office in self.offices.items()])
        if programme or len(self.offices) == 1:
            del self.fields["office"]
        self.known_partners = {one.slug: one for one in Organisation.objects.filter(kind="partner").order_by("name_th")}
        offer(self, "partners", [(slug, local(one, "name")) for slug, one in self.known_partners.items()])
        for number in range(1, SIGNATORIES + 1):
            self._add_signatory(number, list(programme.signatories.all()) if programme else [])

    def chosen_office(self) -> Organisation:
        """The office that was chosen, or the only one the officer works for."""
        return self.offices[self.cleaned_data.get("office") or next(iter(self.offices))]

    def details(self) -> ProgrammeDetails:
        """What was typed, for the act."""
        cleaned = self.cleaned_data
        names = ("name_th", "name_en", "purpose_th", "purpose_en", "audience", "hours", "certificate_prefix")
        pairs = [(cleaned[f"signatory_name_{n}"], cleaned[f"signatory_title_{n}"]) for n in range(1, SIGNATORIES + 1)]
        return ProgrammeDetails(
            **{name: cleaned[name] for name in names},
            partners=[self.known_partners[slug] for slug in cleaned["partners"]],
            signatories=[pair for pair in pairs if any(pair)],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, SIGNATORIES + 1):
            if cleaned.get(f"signatory_name_{number}") and not cleaned.get(f"signatory_title_{number}"):
                self.add_error(f"signatory_title_{number}", _("Please type the position that stands below the name."))
        return cleaned

    def _add_signatory(self, number: int, signatories: list[Any]) -> None:
        known = signatories[number - 1] if number <= len(signatories) else None
        name, title = (known.name_th, known.title_th) if known else ("", "")
        label = {"number": number}
        self.fields[f"signatory_name_{number}"] = LineField(
            label=_("Signatory %(number)s: name") % label, initial=name, required=False
        )
        self.fields[f"signatory_title_{number}"] = LineField(
            label=_("Signatory %(number)s: position") % label, initial=title, required=False
        )


class CohortForm(forms.Form):
    """A cohort: when, where, how many."""

    programme = forms.ChoiceField(label=_("Programme"))
    name_th = LineField(label=_("Name in Thai"), help_text=_("For example: รุ่นที่ 2 ปี 2569"))
    name_en = LineField(label=_("Name in English"))
    audience_group = forms.ChoiceField(
        label=_("Mainly for"),
        choices=[("", _("All groups of the programme")), *AudienceGroup.choices],
        required=False,
    )
    venue_th = LineField(label=_("Place in Thai"))
    venue_en = LineField(label=_("Place in English"))
    seats = WholeNumberField(label=pgettext_lazy("cohort", "Seats"), min_value=1, max_value=MAX_SEATS)
    target = WholeNumberField(
        label=_("Planned number of trainees"),
        help_text=_("The first of the four numbers in the report."),
        max_value=MAX_SEATS,
    )
    starts_on = ThaiDateField(label=_("First day"))
    ends_on = ThaiDateField(label=_("Last day"))
    closes_on = ThaiDateField(label=_("Applications close on"))
    closes_at = clock_field(_("at"))

    def __init__(self, *args: Any, user: User, cohort: Cohort | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _cohort_initial(cohort) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.programmes = {one.slug: one for one in programmes_seen_by(user)}
        if cohort:
            del self.fields["programme"]
        else:
            choices = [(slug, local(one, "name")) for slug, one in self.programmes.items()]
            offer(self, "programme", choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends, closes = (cleaned.get(name) for name in ("starts_on", "ends_on", "closes_on"))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day comes before the first day."))
        if starts and closes and closes > starts:
            self.add_error("closes_on", _("Applications have to close by the first day of the course."))
        return cleaned

    def chosen_programme(self) -> Programme:
        """The programme that was chosen."""
        return self.programmes[self.cleaned_data["programme"]]

    def details(self) -> CohortDetails:
        """What was typed, for the act."""
        cleaned = self.cleaned_data
        names = (
            "name_th",
            "name_en",
            "audience_group",
            "venue_th",
            "venue_en",
            "seats",
            "target",
            "starts_on",
            "ends_on",
        )
        clock = cleaned["closes_at"]
        closes = at_bangkok(cleaned["closes_on"], clock.hour, clock.minute)
        return CohortDetails(**{name: cleaned[name] for name in names}, applications_close_at=closes)


class CohortStatusForm(forms.Form):
    """What to make of the cohort's applications."""

    status = forms.ChoiceField(choices=[(one.value, one.label) for one in Cohort.Status if one != Cohort.Status.DRAFT])


class CohortSearchForm(forms.Form):
    """Which cohorts an officer wants to see."""

    words = LineField(label=_("Name or place"), max_length=100, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["auto_id"] = "search_%s"
        super().__init__(*args, **kwargs)
        offer(self, "status", [("", _("All")), *Cohort.Status.choices])
        programmes = [(one.slug, local(one, "name")) for one in programmes_seen_by(user)]
        offer(self, "programme", [("", _("All")), *programmes])

    @property
    def narrowed(self) -> list[forms.BoundField]:
        """The fields beside the words, for the fold-out part of the page."""
        return [self[name] for name in self.fields if name != "words"]

    @property
    def is_narrowed(self) -> bool:
        return any(field.value() for field in self.narrowed)

    def search(self) -> dict[str, str]:
        """The search; fields that were not understood are left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _programme_initial(programme: Programme | None) -> dict[str, Any]:
    if programme is None:
        return {"hours": 18, "audience": [group.value for group in AudienceGroup]}
    names = ("name_th", "name_en", "purpose_th", "purpose_en", "audience", "hours", "certificate_prefix")
    partners = list(programme.partners.values_list("slug", flat=True))
    return {name: getattr(programme, name) for name in names} | {"partners": partners}


def _cohort_initial(cohort: Cohort | None) -> dict[str, Any]:
    if cohort is None:
        return {"seats": 40, "target": 40, "closes_at": "16:30"}
    names = ("name_th", "name_en", "audience_group", "venue_th", "venue_en", "seats", "target", "starts_on", "ends_on")
    closes = cohort.applications_close_at.astimezone(BANGKOK)
    return {name: getattr(cohort, name) for name in names} | {"closes_on": closes.date(), "closes_at": closes.time()}
