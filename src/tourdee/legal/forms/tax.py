"""What stands on receipts, and the rate of value added tax."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TaxIdField, ThaiDateField
from tourdee.core.places import places_of, read_postcode

from ..actions import TaxDetails


class TaxForm(forms.Form):
    """The tax id, and for a seller who is registered for VAT the rest. The sub-districts on offer are those of the
    postcode that was typed, so without JavaScript the form is sent twice."""

    tax_id = TaxIdField(
        label=_("Tax id"), required=False,
        help_text=_("13 digits; for a person it is the citizen id. It stands on your receipts."),
    )  # fmt: skip
    registered = forms.BooleanField(label=_("I am registered for VAT (I have P.P.20)"), required=False)
    vat_from = ThaiDateField(label=_("Registered since"), required=False)
    branch = forms.RegexField(
        r"^\d{5}$", label=_("Branch number"), initial="00000", help_text=_("00000 is the head office."),
        error_messages={"invalid": _("A branch number has five digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip
    house_number = LineField(
        label=_("House number"), max_length=16, required=False,
        help_text=_("For the e-Tax data: this and the next two are the address of the registration in parts."),
    )  # fmt: skip
    postcode = LineField(label=_("Postcode"), max_length=5, required=False)
    subdistrict = forms.ChoiceField(label=_("Sub-district"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        places = places_of(read_postcode(str(self["postcode"].value() or "")))
        field: Any = self.fields["subdistrict"]
        field.choices = [("", "–"), *((place.code, place.name(language)) for place in places)]
        if not places:
            field.help_text = _("Type the postcode and save; then choose here.")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("registered"):
            for name in ("tax_id", "vat_from"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Whoever is registered for VAT has this."))
        if typed.get("postcode") and not typed.get("subdistrict") and "subdistrict" not in self.errors:
            self.add_error("subdistrict", self._which_subdistrict())
        return typed

    def _which_subdistrict(self) -> str:
        known = len(self.fields["subdistrict"].choices) > 1  # type: ignore[attr-defined]  # a choice field
        return gettext("Please choose the sub-district.") if known else gettext("We do not know this postcode.")

    def details(self) -> TaxDetails:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return TaxDetails(
            tax_id=typed["tax_id"], vat_from=typed["vat_from"] if typed["registered"] else None,
            branch=typed["branch"], house_number=typed["house_number"], subdistrict=typed["subdistrict"],
            postcode=typed["postcode"],
        )  # fmt: skip


class VatRateForm(forms.Form):
    """A rate from a day on, and where it comes from."""

    percent = forms.DecimalField(
        label=_("Per cent"), min_value=Decimal(0), max_value=Decimal(30), max_digits=4, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )  # fmt: skip
    valid_from = ThaiDateField(label=_("In force from"))
    source = LineField(
        label=_("Source"), max_length=400, min_length=10, help_text=_("Royal decree or page of the Revenue Department.")
    )
    confirmed = forms.BooleanField(label=_("I have read the source"), required=False)
