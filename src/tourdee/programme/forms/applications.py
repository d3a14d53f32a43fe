"""Applying, and looking for applications."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.choices import offer
from tourdee.core.forms.fields import BahtField, CitizenIdField, LineField, PhoneField, ProvinceField, TextField

from ..models import Answers, Application, AudienceGroup, Cohort
from ..queries import ApplicationSearch

THAI_LETTER = re.compile("[ก-ฮ]")


def thai_name(name: str) -> None:
    """The name stands on a Thai certificate, so it is asked in Thai letters."""
    if name and not THAI_LETTER.search(name):
        raise ValidationError(_("Please type the name in Thai letters, as it stands on the ID card."), code="not_thai")


def groups_of(cohort: Cohort) -> list[tuple[str, Any]]:
    """The audience groups that may apply to the cohort's programme."""
    return [(group.value, group.label) for group in AudienceGroup if group.value in cohort.programme.audience]


class PersonForm(forms.Form):
    """Who it is and where they come from: asked of applicants, and of each row of a roster."""

    name = LineField(
        label=_("First and last name, as on the ID card (Thai)"),
        help_text=_("For example: นางสาวสมหญิง ใจดี. This name will stand on your certificate."),
        max_length=200,
        min_length=3,
        validators=[thai_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    citizen_id = CitizenIdField(
        label=_("Citizen ID, 13 digits"),
        help_text=_("Only the office sees it. It is stored encrypted and shown with its digits hidden."),
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        help_text=_("For example: 081 234 5678. The office calls this number."),
        thai_mobile_only=True,
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    audience_group = forms.ChoiceField(label=_("Which of these describes you best?"), widget=forms.RadioSelect)
    province = ProvinceField(label=_("Province where you live"))
    works_as = LineField(
        label=_("Your work now"),
        help_text=_("For example: guide in Chiang Rai, weaver, selling snacks."),
        required=False,
    )
    wants_to_sell = TextField(
        label=_("What would you like to sell online?"),
        help_text=_("A tour, a product of your village, a workshop: two or three sentences are enough."),
        max_length=1000,
        rows=4,
        required=False,
    )
    income_before = BahtField(
        label=_("Income in an ordinary month now, in baht"),
        help_text=_(
            "We ask so that we can see after the course whether your income grew. It does not decide about your seat."
        ),
        max_value=10_000_000_00,
        required=False,
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "audience_group", groups_of(cohort))
        self.fields["audience_group"].initial = cohort.audience_group or None

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def answers(self) -> Answers:
        """What was typed, for the act."""
        cleaned = self.cleaned_data
        names = ("name", "phone", "citizen_id", "audience_group", "province", "email", "works_as", "wants_to_sell")
        return Answers(**{name: cleaned[name] for name in names}, income_before_satang=cleaned["income_before"])


class ApplicationForm(PersonForm):
    """An applicant's own form."""

    consent = forms.BooleanField(
        label=_("I agree that the office keeps and uses these answers to run the course, as the privacy notice says."),
        error_messages={"required": _("Without your consent we may not keep your application.")},
    )


class EnteredApplicationForm(PersonForm):
    """The form of somebody who telephoned or came to the office, filled in by an officer."""

    consent = forms.BooleanField(
        label=_("I read the privacy notice's summary to this person, and they agreed."),
        error_messages={"required": _("Without the person's consent the application may not be kept.")},
    )


class ApplicationSearchForm(forms.Form):
    """Which applications an officer wants to see. What makes no sense does not narrow the list."""

    words = LineField(label=_("Name, phone, work or citizen ID"), max_length=100, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    audience_group = forms.ChoiceField(label=_("Group"), required=False)
    province = ProvinceField(label=_("Province"), required=False)
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            ("oldest", _("First applied first")),
            ("newest", _("Last applied first")),
            ("name", _("By name")),
            ("province", _("By province")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "search_%s"
        super().__init__(*args, **kwargs)
        offer(self, "status", [("", _("All")), *Application.Status.choices])
        offer(self, "audience_group", [("", _("All")), *AudienceGroup.choices])

    @property
    def narrowed(self) -> list[forms.BoundField]:
        """The fields beside the words, for the fold-out part of the page."""
        return [self[name] for name in self.fields if name != "words"]

    @property
    def is_narrowed(self) -> bool:
        return any(field.value() for field in self.narrowed)

    def search(self) -> ApplicationSearch:
        """The search; fields that were not understood are left out."""
        self.is_valid()
        return ApplicationSearch(**{name: value for name, value in self.cleaned_data.items() if value})
