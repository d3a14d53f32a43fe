"""Who orders, where goods are sent, and how they are paid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PhoneField, TextField
from tourdee.core.money import baht
from tourdee.core.places import Place, place

from ...actions.orders import Buyer
from ...queries.shipping import Delivery
from .reach import either_will_do, must_be_reachable

NOW, ON_DELIVERY = "now", "on_delivery"


@dataclass(frozen=True)
class Needs:
    """What a basket asks for besides the buyer's name: ``places`` to choose from where goods are sent, ``on_delivery``
    the total in satang where the carrier may be paid, ``fee`` of it for that; ``now`` the one beforehand, where it is
    said nowhere else."""

    goods: bool = False
    places: Sequence[Place] = ()
    on_delivery: int | None = None
    now: int | None = None
    fee: int = 0


class DetailsForm(forms.Form):
    """Name, a way to be reached, the address where goods are sent, a note, agreement to the privacy notice."""

    name = LineField(
        label=_("Your name"), max_length=120, min_length=2, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Mobile phone"), required=False, help_text=_("so that the seller can reach you"))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, help_text=_("the link to your order is sent there"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip
    house = LineField(
        label=_("House number, village, road"), max_length=200, min_length=2,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )  # fmt: skip
    subdistrict = forms.ChoiceField(
        label=_("Sub-district, district, province"), error_messages={"required": _("Please choose your sub-district.")}
    )
    pay_by = forms.ChoiceField(label=_("How do you want to pay?"), widget=forms.RadioSelect, initial=NOW)
    note = TextField(
        label=_("Note to the seller"), required=False, max_length=500, rows=2,
        help_text=_("allergies, children's ages, anything they should know"),
    )  # fmt: skip
    agree = forms.BooleanField(error_messages={"required": _("Please tick this box to order.")})

    use_required_attribute = False

    def __init__(self, *args: Any, needs: Needs, notice_link: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = notice_link
        self.fields["phone"].required = needs.goods
        if needs.goods:
            self.fields["note"].help_text = _("anything the seller should know")
        if not needs.goods:
            either_will_do(self)
        self._offer_places(needs.places)
        self._offer_on_delivery(needs)

    def _offer_places(self, places: Sequence[Place]) -> None:
        field: Any = self.fields["subdistrict"]
        language = get_language() or "th"
        first = [] if len(places) == 1 else [("", _("Choose"))]
        field.choices = [*first, *((one.code, one.name(language)) for one in places)]
        if not places:
            del self.fields["house"], self.fields["subdistrict"]

    def _offer_on_delivery(self, needs: Needs) -> None:
        if needs.on_delivery is None:
            del self.fields["pay_by"]
            return
        field: Any = self.fields["pay_by"]
        in_cash = gettext("In cash when the parcel arrives: %(total)s") % {"total": baht(needs.on_delivery)}
        if needs.fee:
            in_cash += " " + gettext("(%(fee)s of it for cash on delivery)") % {"fee": baht(needs.fee)}
        now = gettext("Now, by PromptPay")
        if needs.now is not None:
            now = gettext("Now, by PromptPay: %(total)s") % {"total": baht(needs.now)}
        field.choices = [(NOW, now), (ON_DELIVERY, in_cash)]

    def clean(self) -> dict[str, Any]:
        """A buyer must be reachable by one of the two."""
        said = super().clean() or {}
        neither = gettext("Please give a phone number or an e-mail, so that you get the link to your order.")
        must_be_reachable(self, said, neither)
        return said

    def buyer(self, delivery: Delivery) -> Buyer:
        """The buyer, in the language of the page; the address as a person reads it."""
        said, language = self.cleaned_data, (get_language() or "th")[:2]
        there = place(delivery.subdistrict, delivery.postcode)
        address = f"{delivery.house}\n{there.line(language)}" if there else ""
        return Buyer(
            name=said["name"], phone=said["phone"], email=said["email"], address=address, note=said["note"],
            language=language,
        )  # fmt: skip

    def delivery(self, kept: Delivery) -> Delivery:
        """The way and postcode of the basket, with what was typed here."""
        said = self.cleaned_data
        return replace(
            kept, house=said.get("house", ""), subdistrict=said.get("subdistrict", ""),
            on_delivery=said.get("pay_by") == ON_DELIVERY,
        )  # fmt: skip
