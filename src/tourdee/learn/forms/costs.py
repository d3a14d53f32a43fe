"""The calculator's page: one form and two lists of costs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tourdee.core.forms.fields import BahtField, LineField, WholeNumberField
from tourdee.learn.models import CostSheet

MOST_ROWS = 30
EMPTY_ROWS = 4
MORE_ROWS = 2


class SheetForm(forms.Form):
    """What is sold, how many, for how much."""

    name = LineField(
        label=gettext_lazy("What are you working out?"),
        help_text=gettext_lazy("For example: half-day boat trip, handwoven scarf."),
        max_length=120,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=[
            (CostSheet.Kind.TOUR, gettext_lazy("a tour or workshop")),
            (CostSheet.Kind.PRODUCT, gettext_lazy("a product")),
        ],
        widget=forms.RadioSelect,
        initial=CostSheet.Kind.TOUR,
    )
    units = WholeNumberField(
        label=gettext_lazy("How many, as a rule?"),
        help_text=gettext_lazy("Guests on a usual trip, or pieces in one batch."),
        min_value=1,
        max_value=100_000,
    )
    price_satang = BahtField(
        label=pgettext_lazy("calculator", "Price"), help_text=gettext_lazy("Baht per guest or per piece.")
    )
    fee_percent = WholeNumberField(
        label=gettext_lazy("Fee of the sales channel, %"),
        help_text=gettext_lazy("0 in your own shop. Resellers and marketplaces keep a share: ask them."),
        max_value=90,
        initial=0,
    )
    wanted_percent = WholeNumberField(
        label=gettext_lazy("Margin you would like, %"),
        help_text=gettext_lazy("What should be left of each 100 baht, for rainy days and repairs."),
        max_value=90,
        initial=20,
    )


class RowForm(forms.Form):
    """One cost. Empty rows do not count."""

    name = LineField(label=gettext_lazy("For what"), max_length=80, required=False)
    satang = BahtField(label=gettext_lazy("Baht"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("name") and cleaned.get("satang") is None and "satang" not in self.errors:
            self.add_error("satang", _("How many baht?"))
        return cleaned

    @property
    def row(self) -> dict[str, Any] | None:
        """What is stored; ``None`` for an empty row."""
        satang = self.cleaned_data.get("satang")
        if satang is None:
            return None
        return {"name": self.cleaned_data.get("name") or _("Other"), "satang": satang}


def _rows_class(extra: int) -> Any:
    return forms.formset_factory(
        RowForm, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10, validate_max=True
    )


class CostDraft:
    """The three forms as one. ``sheet=None``: a new calculation."""

    def __init__(self, data: Any = None, *, sheet: CostSheet | None = None) -> None:
        rows = _rows_class(MORE_ROWS if sheet else EMPTY_ROWS)
        self.form = SheetForm(data, initial=_values(sheet))
        self.fixed = rows(data, prefix="fixed", initial=sheet.fixed_costs if sheet else None)
        self.unit = rows(data, prefix="unit", initial=sheet.unit_costs if sheet else None)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.fixed.is_valid(), self.unit.is_valid()])

    @property
    def values(self) -> dict[str, Any]:
        """The fields of a CostSheet."""
        costs = {"fixed_costs": self.fixed, "unit_costs": self.unit}
        rows = {name: [form.row for form in formset if form.row] for name, formset in costs.items()}
        return {**self.form.cleaned_data, **rows}


def _values(sheet: CostSheet | None) -> dict[str, Any] | None:
    return {name: getattr(sheet, name) for name in SheetForm.base_fields} if sheet else None
