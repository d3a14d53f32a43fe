"""A paper: its number, its last day, its picture."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PictureField, TextField, ThaiDateField
from tourdee.core.text import THAI_DIGITS

from ..actions import PaperDetails
from ..models import Paper
from ..queries import number_format, number_looks_right

KIND = Paper.Kind
ENDS = {KIND.GUIDE_LICENCE, KIND.TOUR_LICENCE}  # papers that always have a last day
DIGITS_ONLY = {KIND.COMMERCIAL_REGISTRATION, KIND.COMPANY_REGISTRATION}


class PaperForm(forms.Form):
    """One paper of a kind. A number of a surely known form is refused when it is wrong; others are only remarked on."""

    number = LineField(label=_("Number on the paper"), max_length=40)
    expires_on = ThaiDateField(label=_("Valid until"))
    picture = PictureField(
        label=_("Picture of the paper"),
        help_text=_("A photo with all four corners, readable. Only you and the officers see it."),
        widget=forms.FileInput(attrs={"data-preview": "chosen"}),
    )

    def __init__(self, *args: Any, kind: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["number"].help_text = gettext("For example %(number)s") % {"number": number_format(kind).example}
        ends: Any = self.fields["expires_on"]
        ends.earliest, ends.required = today, kind in ENDS
        ends.widget.is_required = ends.required

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].translate(THAI_DIGITS)
        if self.kind in DIGITS_ONLY:
            number = number.replace("-", "").replace(" ", "")
        if number_format(self.kind).blocks and not number_looks_right(self.kind, number):
            message = gettext(
                "This is not the number of such a paper. Please compare it with the paper; it looks like %(example)s."
            )
            raise forms.ValidationError(message % {"example": number_format(self.kind).example})
        return number

    def details(self) -> PaperDetails:
        """What was typed, for the act."""
        return PaperDetails(self.kind, self.cleaned_data["number"], self.cleaned_data["expires_on"])


class MomentField(forms.Field):
    """A hidden moment to the microsecond, which Django's own field would cut off."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = datetime.fromisoformat(str(value or ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else None

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value


class RefusalForm(forms.Form):
    """Why a paper is refused. ``seen``: the paper as the officer looked at it."""

    seen = MomentField()
    reason = TextField(
        label=_("Why is it refused?"),
        max_length=500,
        rows=3,
        help_text=_("The owner reads this. Say what to mend, for example “the number cannot be read”."),
    )


class AcceptanceForm(forms.Form):
    """Only what the officer looked at."""

    seen = MomentField()
