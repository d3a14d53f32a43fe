"""A tour or workshop: what it says, its prices and terms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, ProvinceField, TextField, WholeNumberField
from tourdee.legal.models import OperatorAgreement

from ..actions.catalogue import PriceRow, TourDetails
from ..models import PriceCategory, TooFew, Tour
from ..queries.storefront.words import AUDIENCE_NAMES, LANGUAGE_NAMES

MOST_PRICES = 8
KINDS = [
    (Tour.Kind.TOUR, _("Tour: I take guests somewhere (needs a tour-business licence)")),
    (Tour.Kind.WORKSHOP, _("Workshop: guests come to my place")),
]


class TourForm(forms.Form):
    """Thai first; the English fields fold away."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    operator = forms.ChoiceField(label=_("Who sells it?"), required=False)
    name_th = LineField(label=_("Name of the tour or workshop"), min_length=4, max_length=160)
    summary_th = LineField(
        label=_("In one sentence"), min_length=10, max_length=300, help_text=_("What makes it special?")
    )
    description_th = TextField(
        label=_("Description"),
        min_length=30,
        max_length=6000,
        rows=8,
        help_text=_("Hour by hour: what guests see, do and eat. At least 30 letters."),
    )
    included_th = TextField(
        label=_("Included"), max_length=1500, rows=4, required=False, help_text=_("One thing a line.")
    )
    excluded_th = TextField(
        label=_("Not included"),
        max_length=1500,
        rows=3,
        required=False,
        help_text=_("One thing a line, with its price: entrance fees too."),
    )
    meeting_point_th = LineField(label=_("Meeting point"), min_length=4, max_length=300)
    transport_th = LineField(
        label=_("How you travel"), max_length=200, required=False, help_text=_("On foot, by van, by boat …")
    )
    province = ProvinceField(label=_("Province"))
    hours = WholeNumberField(label=_("Hours"), max_value=336, initial=3)
    minutes_more = WholeNumberField(label=_("and minutes"), max_value=59, required=False, initial=0)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the guide"), choices=list(LANGUAGE_NAMES.items()), widget=forms.CheckboxSelectMultiple
    )
    audiences = forms.MultipleChoiceField(
        label=_("Made for"), choices=list(AUDIENCE_NAMES.items()), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Guests find it by this. Choose only what you prepare for."),
    )  # fmt: skip
    minimum_group = WholeNumberField(label=_("Smallest group (people)"), min_value=1, max_value=500, initial=1)
    if_too_few = forms.ChoiceField(
        label=_("If fewer have booked when bookings close"),
        choices=[
            (TooFew.REFUND, _("It does not go; everything is paid back")),
            (TooFew.MOVE, _("Guests choose another date, or everything is paid back")),
            (TooFew.GO, _("It goes all the same")),
        ],
        initial=TooFew.REFUND,
        help_text=_(
            "Guests read this before they pay. It is done by itself when bookings close; you may decide before."
        ),
    )
    maximum_group = WholeNumberField(label=_("Largest group (people)"), min_value=1, max_value=500, initial=10)
    cut_off_hours = WholeNumberField(
        label=_("Bookings close so many hours before the start"), max_value=720, initial=24
    )
    name_en = LineField(label=_("Name in English"), max_length=160, required=False)
    summary_en = LineField(label=_("One sentence in English"), max_length=300, required=False)
    description_en = TextField(label=_("Description in English"), max_length=6000, rows=8, required=False)
    included_en = TextField(label=_("Included, in English"), max_length=1500, rows=4, required=False)
    excluded_en = TextField(label=_("Not included, in English"), max_length=1500, rows=3, required=False)
    meeting_point_en = LineField(label=_("Meeting point in English"), max_length=300, required=False)
    transport_en = LineField(label=_("How you travel, in English"), max_length=200, required=False)

    def __init__(self, *args: Any, partners: Iterable[OperatorAgreement] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {one.operator.public_id: one.operator for one in partners}
        own = [("", _("My own business"))]
        named = [
            (key, gettext("%(name)s, under its licence") % {"name": one.name}) for key, one in self.partners.items()
        ]
        choice: Any = self.fields["operator"]
        choice.choices = own + named

    @property
    def english(self) -> list[forms.BoundField]:
        """The fields that fold away."""
        return [field for field in self if field.name.endswith("_en")]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        smallest, largest = typed.get("minimum_group"), typed.get("maximum_group")
        if smallest and largest and smallest > largest:
            self.add_error("maximum_group", gettext("This must not be less than the smallest group."))
        if "hours" in typed and not (typed["hours"] or typed.get("minutes_more")):
            self.add_error("hours", gettext("How long does it take?"))
        return typed

    def details(self) -> TourDetails:
        """What was typed, for the act."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in TourDetails.__dataclass_fields__}
        minutes = (self.cleaned_data["hours"] or 0) * 60 + (self.cleaned_data["minutes_more"] or 0)
        operator = self.partners.get(self.cleaned_data["operator"])
        return TourDetails(**{**typed, "minutes": minutes, "operator": operator})

    @staticmethod
    def values_of(tour: Tour) -> dict[str, Any]:
        """What stands in the row."""
        names = [name for name in TourForm.base_fields if hasattr(tour, name)]
        values = {name: getattr(tour, name) for name in names}
        hours, minutes = divmod(tour.minutes, 60)
        operator = tour.operator.public_id if tour.operator else ""
        return {**values, "operator": operator, "hours": hours, "minutes_more": minutes}


class PriceForm(forms.Form):
    """One price category."""

    public_id = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    name_th = LineField(label=_("For whom"), max_length=80, help_text=_("For example adult, child, foreigner"))
    name_en = LineField(label=_("In English"), max_length=80, required=False)
    price_satang = BahtField(label=_("Price in baht"))
    seats = WholeNumberField(
        label=_("Seats it takes"), max_value=20, initial=1, help_text=_("1 for a person, 0 for a baby on the lap")
    )
    remove = forms.BooleanField(label=_("No longer offer this"), required=False)


class _Prices(BaseFormSet):
    """At least one price stays, and names differ."""

    def clean(self) -> None:
        if any(self.errors):
            return
        kept = [row for row in self.rows() if not row.remove]
        if not any(row.seats for row in kept):
            raise forms.ValidationError(gettext("Give at least one price that takes a seat."))
        if len({row.name_th for row in kept}) < len(kept):
            raise forms.ValidationError(gettext("Two prices have the same name."))

    def rows(self) -> list[PriceRow]:
        """What was typed, for the act; empty rows are left out."""
        return [PriceRow(**form.cleaned_data) for form in self.forms if form.cleaned_data.get("name_th")]


def price_forms(tour: Tour, data: Any = None) -> Any:
    """The prices that there are, and two empty rows."""
    initial = [
        {"public_id": row.public_id, "name_th": row.name_th, "name_en": row.name_en,
         "price_satang": row.price_satang, "seats": row.seats}
        for row in PriceCategory.objects.filter(tour=tour, is_active=True)
    ]  # fmt: skip
    made = formset_factory(PriceForm, formset=_Prices, extra=2, max_num=MOST_PRICES, absolute_max=MOST_PRICES + 4)
    return made(data, initial=initial, prefix="price")


READY_TERMS = {
    "flexible": [(24, 100)],
    "standard": [(168, 100), (48, 50)],
    "strict": [(720, 100), (360, 50)],
}
TERMS = [
    ("flexible", _("Flexible: everything back until one day before")),
    ("standard", _("Standard: everything back until 7 days before, half until 2 days before")),
    ("strict", _("Strict: everything back until 30 days before, half until 15 days before")),
    ("own", _("My own")),
]
OWN_ROWS = 4


class TermsForm(forms.Form):
    """When a buyer cancels, how much goes back."""

    terms = forms.ChoiceField(label=_("Terms of cancellation"), choices=TERMS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, tour: Tour, **kwargs: Any) -> None:
        tiers = [(tier.hours_before, tier.refund_percent) for tier in tour.tiers.all()]
        ready = next((key for key, ready in READY_TERMS.items() if ready == tiers), "own" if tiers else "standard")
        initial: dict[str, Any] = {"terms": ready}
        for place, (hours, percent) in enumerate(tiers[:OWN_ROWS] if ready == "own" else []):
            initial |= {f"days{place}": -(-hours // 24), f"percent{place}": percent}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for place in range(OWN_ROWS):
            self.fields[f"days{place}"] = WholeNumberField(label=_("Days before"), max_value=365, required=False)
            self.fields[f"percent{place}"] = WholeNumberField(label=_("Per cent back"), max_value=100, required=False)

    @property
    def own_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"days{place}"], self[f"percent{place}"]) for place in range(OWN_ROWS)]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("terms") == "own":
            self._check_own(typed)
        return typed

    def _check_own(self, typed: dict[str, Any]) -> None:
        rows = self._own(typed)
        if not rows and not self.errors:
            self.add_error("days0", gettext("Fill in at least one line."))
        if len({days for days, _percent in rows}) < len(rows):
            self.add_error("days0", gettext("Two lines name the same day."))
        percents = [percent for _days, percent in rows]
        if percents != sorted(percents, reverse=True):
            self.add_error("percent0", gettext("Who cancels earlier must not get less back."))

    def _own(self, typed: dict[str, Any]) -> list[tuple[int, int]]:
        """Lines with both figures, the earliest first."""
        pairs = [(typed.get(f"days{place}"), typed.get(f"percent{place}")) for place in range(OWN_ROWS)]
        return sorted(
            ((days, percent) for days, percent in pairs if days is not None and percent is not None), reverse=True
        )

    def tiers(self) -> list[tuple[int, int]]:
        """Hours before the start and per cent back, for the act."""
        chosen = self.cleaned_data["terms"]
        if chosen != "own":
            return READY_TERMS[chosen]
        return [(days * 24, percent) for days, percent in self._own(self.cleaned_data)]


class PictureWordsForm(forms.Form):
    """What a picture shows."""

    alt_th = LineField(label=_("What does it show?"), max_length=200, required=False)
    alt_en = LineField(label=_("In English"), max_length=200, required=False)
