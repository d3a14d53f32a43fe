"""What sellers type about their resellers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, WholeNumberField

from ..models import MOST_COMMISSION


class ResellerForm(forms.Form):
    """Who sells on, and for how much."""

    name = LineField(
        label=_("Name of the reseller"), max_length=120, help_text=_("As you want to see it in your orders.")
    )
    commission_percent = WholeNumberField(
        label=_("Commission in per cent"),
        min_value=0,
        max_value=MOST_COMMISSION,
        help_text=_("What the reseller keeps of your price. 20: of ฿1,000 you get ฿800."),
    )
    email = forms.EmailField(
        label=_("E-mail of the reseller"),
        required=False,
        help_text=_("They get a message when you cancel a booking of theirs."),
    )


class SettlementForm(forms.Form):
    """Money that a reseller sent for bookings."""

    reference = LineField(
        label=_("Reference of the payment"),
        max_length=40,
        help_text=_("The invoice number, or date and time of the transfer."),
    )
