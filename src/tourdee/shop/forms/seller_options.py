"""What a tour offers beside its seats, as its seller types it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, WholeNumberField

from ..actions.options import ExtraRow, PickupRow, SaleTerms
from ..models import Extra, Tour

MOST_ROWS = 12
PRIVATE_ROWS = 4
SOLD_AS = [
    (Tour.SoldAs.JOIN_IN, _("Join-in: guests book single seats")),
    (Tour.SoldAs.PRIVATE, _("Private: one group has the whole date")),
    (Tour.SoldAs.BOTH, _("Both: whoever comes first decides about the date")),
]


class SaleForm(forms.Form):
    """By the seat or as a whole, and what is due when booking."""

    sold_as = forms.ChoiceField(label=_("How do you sell it?"), choices=SOLD_AS, widget=forms.RadioSelect)
    more_satang = BahtField(
        label=_("Each person above that, in baht"), required=False, help_text=_("Empty: no larger groups.")
    )
    deposit_percent = WholeNumberField(label=_("Deposit in per cent"), max_value=99, required=False)
    deposit_satang = BahtField(label=_("or in baht per person"), required=False)
    rest_due_days = WholeNumberField(
        label=_("The rest is due"), max_value=180, initial=7, help_text=_("days before the start")
    )

    def __init__(self, *args: Any, tour: Tour, **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            "sold_as": tour.sold_as, "more_satang": tour.private_more_satang, "rest_due_days": tour.rest_due_days,
            "deposit_percent": tour.deposit_percent or None, "deposit_satang": tour.deposit_satang or None,
        }  # fmt: skip
        for place, row in enumerate(tour.private_prices.all()[:PRIVATE_ROWS]):
            initial |= {f"up_to{place}": row.up_to, f"price{place}": row.price_satang}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for place in range(PRIVATE_ROWS):
            self.fields[f"up_to{place}"] = WholeNumberField(
                label=_("Up to (people)"), min_value=1, max_value=99, required=False
            )
            self.fields[f"price{place}"] = BahtField(label=_("For the whole group, in baht"), required=False)

    @property
    def private_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"up_to{place}"], self[f"price{place}"]) for place in range(PRIVATE_ROWS)]

    @property
    def more_sizes_are_open(self) -> bool:
        """Whether something stands in the rows below the first two, or is wrong with it."""
        return any(field.value() not in (None, "") or field.errors for row in self.private_rows[2:] for field in row)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("deposit_percent") and typed.get("deposit_satang"):
            self.add_error("deposit_satang", gettext("Give the deposit in per cent or in baht, not both."))
        table = self._table(typed)
        if typed.get("sold_as") != Tour.SoldAs.JOIN_IN and not table and not self.errors:
            self.add_error("up_to0", gettext("Give at least one price for a private group."))
        if len({people for people, _satang in table}) < len(table):
            self.add_error("up_to0", gettext("Two lines name the same size."))
        return typed

    def _table(self, typed: dict[str, Any]) -> list[tuple[int, int]]:
        pairs = [(typed.get(f"up_to{place}"), typed.get(f"price{place}")) for place in range(PRIVATE_ROWS)]
        return sorted((people, satang) for people, satang in pairs if people is not None and satang is not None)

    def terms(self) -> SaleTerms:
        """What was typed, for the act."""
        said = self.cleaned_data
        return SaleTerms(
            sold_as=said["sold_as"], private=self._table(said), more_satang=said["more_satang"],
            deposit_percent=said["deposit_percent"] or 0, deposit_satang=said["deposit_satang"] or 0,
            rest_due_days=said["rest_due_days"],
        )  # fmt: skip


class ExtraForm(forms.Form):
    """One extra."""

    public_id = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    name_th = LineField(label=_("What is it?"), max_length=120, help_text=_("For example lunch, photos, child seat"))
    price_satang = BahtField(label=_("Price in baht"))
    per = forms.ChoiceField(
        label=_("For"),
        choices=[(Extra.Per.PERSON, _("each person")), (Extra.Per.BOOKING, _("the booking"))],
        initial=Extra.Per.PERSON,
    )
    most = WholeNumberField(label=_("At most in one booking"), min_value=1, max_value=99, required=False)
    limit = WholeNumberField(
        label=_("There are so many per date"), min_value=1, max_value=999, required=False,
        help_text=_("Empty: as many as guests want."),
    )  # fmt: skip
    name_en = LineField(label=_("In English"), max_length=120, required=False)
    remove = forms.BooleanField(label=_("No longer offer this"), required=False)


class PickupForm(forms.Form):
    """One pick-up point."""

    public_id = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    name_th = LineField(label=_("Where?"), max_length=160, help_text=_("For example a hotel, pier or station"))
    minutes_before = WholeNumberField(
        label=_("Minutes before the start"), max_value=600, initial=30, help_text=_("so that guests know the time")
    )
    price_satang = BahtField(label=_("Price per person in baht"), initial=0)
    map_url = forms.URLField(label=_("Link to a map"), max_length=300, required=False, assume_scheme="https")
    name_en = LineField(label=_("In English"), max_length=160, required=False)
    remove = forms.BooleanField(label=_("No longer offer this"), required=False)


class Rows(BaseFormSet):
    """Rows without a name are left out."""

    row: type[Any] = ExtraRow
    name = "name_th"

    def rows(self) -> Sequence[Any]:
        """What was typed, for the act."""
        return [self.row(**form.cleaned_data) for form in self.forms if form.cleaned_data.get(self.name)]


class _Extras(Rows):
    row = ExtraRow


class _Pickups(Rows):
    row = PickupRow


def extra_forms(tour: Tour, data: Any = None) -> Any:
    """The extras that there are, and two empty rows."""
    names = ("public_id", "name_th", "name_en", "price_satang", "per", "most", "limit")
    return row_forms(ExtraForm, _Extras, list(tour.extras.filter(is_active=True).values(*names)), data)


def pickup_forms(tour: Tour, data: Any = None) -> Any:
    """The pick-up points that there are, and two empty rows."""
    names = ("public_id", "name_th", "name_en", "price_satang", "minutes_before", "map_url")
    return row_forms(PickupForm, _Pickups, list(tour.pickups.filter(is_active=True).values(*names)), data)


def row_forms(form: type[forms.Form], rows: type[Rows], initial: list[dict[str, Any]], data: Any) -> Any:
    made = formset_factory(form, formset=rows, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 4)
    return made(data, initial=initial, prefix="row")
