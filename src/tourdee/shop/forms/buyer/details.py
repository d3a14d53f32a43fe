"""Who orders, and where goods are sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PhoneField, ProvinceField, TextField
from tourdee.core.provinces import province_name
from tourdee.core.text import THAI_DIGITS

from ...actions.orders import Buyer

POSTCODE_DIGITS = 5


class DetailsForm(forms.Form):
    """Name, a way to be reached, the address where goods are sent, a note, agreement to the privacy notice."""

    name = LineField(
        label=_("Your name"), max_length=120, min_length=2, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = PhoneField(
        label=_("Mobile phone"), required=False, help_text=_("so that the seller can reach you on the day")
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, help_text=_("the link to your order is sent there"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip
    address = TextField(
        label=_("House number, road, sub-district, district"), max_length=400, min_length=5, rows=3,
        widget=forms.Textarea({"autocomplete": "street-address"}),
    )  # fmt: skip
    province = ProvinceField(label=_("Province"))
    postcode = LineField(
        label=_("Postcode"), max_length=10,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "postal-code", "class": "short"}),
    )  # fmt: skip
    note = TextField(
        label=_("Note to the seller"), required=False, max_length=500, rows=2,
        help_text=_("allergies, children's ages, anything they should know"),
    )  # fmt: skip
    agree = forms.BooleanField(error_messages={"required": _("Please tick this box to order.")})

    use_required_attribute = False

    def __init__(self, *args: Any, needs_address: bool, notice_link: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = notice_link
        self.fields["phone"].required = needs_address
        if not needs_address:
            for name in ("address", "province", "postcode"):
                del self.fields[name]

    def clean_postcode(self) -> str:
        """Five digits, Arabic or Thai."""
        postcode = self.cleaned_data["postcode"].translate(THAI_DIGITS)
        if len(postcode) != POSTCODE_DIGITS or not postcode.isascii() or not postcode.isdigit():
            raise ValidationError(_("A postcode has five digits, for example 50200."))
        return postcode

    def clean(self) -> dict[str, Any]:
        """A buyer must be reachable by one of the two."""
        said = super().clean() or {}
        if not said.get("phone") and not said.get("email") and not self.errors.keys() & {"phone", "email"}:
            self.add_error(
                "phone", _("Please give a phone number or an e-mail, so that you get the link to your order.")
            )
        return said

    def buyer(self) -> Buyer:
        """The buyer, in the language of the page."""
        said, language = self.cleaned_data, (get_language() or "th")[:2]
        lines = [said.get("address", "")]
        if said.get("province"):
            lines.append(f"{province_name(said['province'], language)} {said['postcode']}")
        return Buyer(
            name=said["name"], phone=said["phone"], email=said["email"], address="\n".join(lines).strip(),
            note=said["note"], language=language,
        )  # fmt: skip
