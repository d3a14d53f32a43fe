"""What a seller does with an order."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, TextField

from ..models import Way

REFUSALS = {
    "not_found": _("The money has not arrived. Please check the transfer."),
    "less": _("The amount is less than the price."),
    "unreadable": _("The picture cannot be read. Please send the slip again."),
    "other_payee": _("The transfer went to another account."),
}
WAYS = [(Way.BANK.value, Way.BANK.label), (Way.CASH.value, Way.CASH.label)]  # the rest come by themselves


class AmountForm(forms.Form):
    """The amount that the seller saw in the bank."""

    satang = BahtField(label=_("Amount that I see in my bank app"), min_value=1)
    part = forms.BooleanField(
        label=_("It is only a part; I ask the buyer for the rest"), required=False, help_text=_("Only if it is less.")
    )


class ManualPaymentForm(forms.Form):
    """Money that came without a slip."""

    satang = BahtField(label=_("Amount received"), min_value=1)
    how = forms.ChoiceField(
        label=_("By which way?"), choices=WAYS, initial=Way.BANK, widget=forms.RadioSelect, required=False
    )
    reference = LineField(
        label=_("How did it come?"),
        max_length=60,
        help_text=_("Cash, or date and time of the transfer. The same words again are the same money."),
    )


class RefusalForm(forms.Form):
    """Why a slip is refused, by one touch or in own words."""

    why = forms.ChoiceField(
        label=_("Why?"), choices=[*REFUSALS.items(), ("other", _("Other, in my words"))], widget=forms.RadioSelect
    )
    words = TextField(label=_("In my words"), max_length=400, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("why") == "other" and not typed.get("words"):
            self.add_error("words", gettext("Please tell the buyer why."))
        return typed

    def reason(self, language: str) -> str:
        """What the buyer reads, in the buyer's language; own words stand as they are."""
        why, words = self.cleaned_data["why"], self.cleaned_data["words"]
        with translation.override(language):
            ready = str(REFUSALS.get(why, ""))
        return " ".join(part for part in (ready, words) if part)


class CancelForm(forms.Form):
    """The seller ends an order."""

    reason = LineField(
        label=_("Why?"), max_length=300, help_text=_("The buyer reads this, for example “too few guests for this day”.")
    )


class RefundForm(forms.Form):
    """Money that the seller has paid back."""

    satang = BahtField(label=_("Amount paid back"), min_value=1)
    way = forms.ChoiceField(
        label=_("By which way?"), choices=WAYS, initial=Way.BANK, widget=forms.RadioSelect, required=False
    )
    reference = LineField(
        label=_("Reference of the transfer"),
        max_length=80,
        help_text=_("From your bank app, so that nothing counts twice."),
    )


class GatewayRefundForm(forms.Form):
    """Money that goes back through the gateway."""

    prefix = "back"
    satang = BahtField(label=_("Amount to pay back"), min_value=1)


class NewDateForm(forms.Form):
    """Another date for a buyer who paid and has no seat; none: the same again, now that there is room."""

    departure = forms.ChoiceField(label=_("Date"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["departure"]
        field.choices, field.required = choices, bool(choices)
