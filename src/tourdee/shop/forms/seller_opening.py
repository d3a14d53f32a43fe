"""The five steps of opening a shop, and changing it later."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import (
    BahtField,
    LineField,
    PhoneField,
    PictureField,
    PromptPayField,
    ProvinceField,
    TextField,
)
from tourdee.core.templatetags.tourdee import local
from tourdee.legal.actions import BusinessDetails
from tourdee.legal.models import Business
from tourdee.people.models import Community

from ..actions.opening import ShopDetails, ShopName
from ..models import Shop

SHIPPING = 5000  # satang: the usual flat fee


class NameForm(forms.Form):
    """What the shop is called and where it is."""

    name_th = LineField(
        label=_("Name of the shop"),
        min_length=3,
        max_length=120,
        help_text=_("Short and easy to remember, for example the name of your village."),
    )
    name_en = LineField(
        label=_("Name in English"), max_length=120, required=False, help_text=_("For visitors from abroad.")
    )
    province = ProvinceField(label=_("Province"))
    slug = forms.RegexField(
        label=_("Address of the shop"),
        regex=r"^[a-z0-9](-?[a-z0-9])+$",
        min_length=3,
        max_length=60,
        required=False,
        help_text=_(
            "Small English letters, digits and hyphens. Leave it empty and we find one. After a change, old links still lead to you."
        ),
        error_messages={"invalid": _("Only small English letters, digits and hyphens, for example doi-inthanon.")},
    )

    def name(self) -> ShopName:
        """What was typed, for the act."""
        return ShopName(**{name: self.cleaned_data[name] for name in ShopName.__dataclass_fields__})


class SellerForm(forms.Form):
    """The legal person behind the shop."""

    kind = forms.ChoiceField(label=_("Who sells?"), choices=Business.Kind.choices, widget=forms.RadioSelect)
    name = LineField(
        label=_("Name in the law"),
        min_length=2,
        max_length=200,
        help_text=_("First name and surname, or the name on the registration."),
    )
    address = TextField(
        label=_("Address"),
        min_length=10,
        max_length=400,
        rows=3,
        help_text=_("Buyers see it. It may be where you work instead of your home."),
    )
    phone = PhoneField(label=_("Phone"), help_text=_("Buyers see it."))
    is_guide = forms.BooleanField(
        label=_("I work as a licensed guide"), required=False, help_text=_("Then we ask for your guide card later.")
    )

    def details(self, province: int) -> BusinessDetails:
        """What was typed, for the act."""
        return BusinessDetails(province=province, **self.cleaned_data)


class MoneyForm(forms.Form):
    """Where buyers pay to."""

    promptpay = PromptPayField(
        label=_("PromptPay number"), help_text=_("Mobile number, 13-digit number or e-wallet of the seller.")
    )
    promptpay_name = LineField(
        label=_("Name that the bank app shows"),
        min_length=2,
        max_length=200,
        help_text=_("Buyers compare it before they pay, so write it exactly like that."),
    )


class StoryForm(forms.Form):
    """What visitors read and see first."""

    story_th = TextField(
        label=_("Your story"),
        max_length=4000,
        rows=6,
        required=False,
        help_text=_("Who are you, what do you love about your place, what will guests feel?"),
    )
    story_en = TextField(label=_("Your story in English"), max_length=4000, rows=6, required=False)
    cover = PictureField(
        label=_("Cover picture"),
        required=False,
        help_text=_("A wide photo. You can also add it later."),
        widget=forms.FileInput(attrs={"data-preview": "chosen"}),
    )
    line_id = LineField(label=_("LINE ID"), max_length=60, required=False)
    shipping_satang = BahtField(
        label=_("Shipping fee in baht"),
        max_value=500_000,
        initial=SHIPPING,
        help_text=_("One flat fee for each order with goods. 0: free shipping."),
    )

    def details(self, phone: str) -> ShopDetails:
        """What was typed, for the act; the cover travels beside it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in ShopDetails.__dataclass_fields__}
        return ShopDetails(**{"phone": phone, **typed})


class ShopForm(NameForm, StoryForm):
    """Everything of the shop's page at once. ``communities``: those that its owner belongs to; without any nothing is
    asked."""

    phone = PhoneField(label=_("Phone for buyers"))
    community = forms.ChoiceField(
        label=_("Belongs to the community"),
        required=False,
        help_text=_("Then your shop and what you sell are found on the community's page, too."),
    )
    field_order = (
        "name_th", "name_en", "province", "slug", "community", "cover", "story_th", "story_en", "phone", "line_id",
    )  # fmt: skip

    def __init__(self, *args: Any, communities: Sequence[Community] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communities = {one.public_id: one for one in communities}
        if not communities:
            del self.fields["community"]
            return
        field: Any = self.fields["community"]
        named = [(key, local(one, "name")) for key, one in self.communities.items()]
        field.choices = [("", gettext("None: the shop stands for itself")), *named]

    def chosen_community(self) -> Community | None:
        """The one that was chosen."""
        return self.communities.get(self.cleaned_data.get("community", ""))


def values_of(shop: Shop | None, form: type[forms.Form]) -> dict[str, Any]:
    """What stands in the rows, for the fields of a form. A business that has no name yet has no kind either."""
    if shop is None:
        return {}
    found: dict[str, Any] = {}
    for name in form.base_fields:
        for row in (shop.business, shop) if form in (SellerForm, MoneyForm) else (shop,):
            if hasattr(row, name):
                found[name] = getattr(row, name)
                break
    if form is SellerForm and not shop.business.name:
        found |= {"name": shop.owner.name, "phone": shop.phone}
    if form is ShopForm:
        found["community"] = shop.community.public_id if shop.community else ""
    return {name: value for name, value in found.items() if name != "cover"}
