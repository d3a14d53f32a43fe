"""What a seller types about money beside the orders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField


class PayoutForm(forms.Form):
    """What a gateway paid out, as its statement says."""

    satang = BahtField(label=_("Amount that arrived in the bank"), min_value=1)
    fee_satang = BahtField(label=_("Fee that the gateway kept"), required=False)
    reference = LineField(
        label=_("Number of the payout"),
        max_length=60,
        help_text=_("From the gateway's statement, so that nothing counts twice."),
    )

    def clean_fee_satang(self) -> int:
        return self.cleaned_data["fee_satang"] or 0
