"""Who sells, and where the money goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PhoneField, PromptPayField, ProvinceField, TextField

from ..actions import BusinessDetails
from ..models import Business


class BusinessForm(forms.Form):
    """The legal person as it stands on its papers, and its PromptPay."""

    kind = forms.ChoiceField(label=_("Who sells?"), choices=Business.Kind.choices, widget=forms.RadioSelect)
    name = LineField(
        label=_("Name in the law"),
        max_length=200,
        min_length=2,
        help_text=_("As it stands on the licence, registration or identity card."),
    )
    address = TextField(
        label=_("Address"), max_length=400, min_length=10, rows=3, help_text=_("It is shown to buyers.")
    )
    province = ProvinceField(label=_("Province"))
    phone = PhoneField(label=_("Phone"))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    is_guide = forms.BooleanField(label=_("I work as a licensed guide"), required=False)
    promptpay = PromptPayField(
        label=_("PromptPay number"),
        help_text=_("Mobile number, 13-digit number or e-wallet. Buyers pay straight to it."),
    )
    promptpay_name = LineField(
        label=_("Name that the bank app shows"), max_length=200, help_text=_("Buyers compare it before they pay.")
    )

    def details(self) -> BusinessDetails:
        """What was typed, for the act."""
        typed = {name: self.cleaned_data[name] for name in BusinessDetails.__dataclass_fields__}
        return BusinessDetails(**typed)
