"""Who waits for seats of a full date, and how many they are."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PhoneField, QuantityField

from ...actions.orders import Buyer
from ...models import Departure, Tour
from ...queries.baskets import PRIVATE
from ...queries.prices import categories_on
from ..party import PREFIX, PartyForm
from .reach import either_will_do, must_be_reachable


class WaitingForm(PartyForm):
    """The party (of single seats or, where it is sold so, for themselves), a name, and a way to be told that seats have come
    free."""

    name = LineField(
        label=_("Your name"), max_length=120, min_length=2, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Mobile phone"), required=False, help_text=_("we write at once when seats come free"))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    agree = forms.BooleanField(error_messages={"required": _("Please tick this box.")})

    def __init__(self, *args: Any, departure: Departure, notice_link: Any = "", **kwargs: Any) -> None:
        tour = departure.tour
        super().__init__(*args, prices=categories_on(departure), **kwargs)
        self.fields["agree"].label = notice_link
        either_will_do(self)
        if first := next((field for name, field in self.fields.items() if name.startswith(PREFIX)), None):
            first.initial = 1  # as on the tour's page
        if tour.sold_as != Tour.SoldAs.JOIN_IN:
            label, said = gettext("Private group: people"), gettext("The whole date for one group")
            self.fields[PRIVATE] = QuantityField(label=label, help_text=said, max_value=tour.maximum_group)
            own = {"name", "phone", "email", "agree"}
            self.order_fields([name for name in self.fields if name not in own])

    def party(self) -> list[tuple[str, int]]:
        """With the private party, if it is one."""
        alone = self.cleaned_data.get(PRIVATE)
        return [*super().party(), *([(PRIVATE, alone)] if alone else [])]

    def clean(self) -> dict[str, Any]:
        """A party must be reachable by one of the two."""
        said = super().clean()
        must_be_reachable(self, said, gettext("Please give a phone number or an e-mail, so that we can tell you."))
        return said

    def guest(self) -> Buyer:
        """In the language of the page."""
        said = self.cleaned_data
        return Buyer(
            name=said["name"], phone=said["phone"] or "", email=said["email"], language=(get_language() or "th")[:2]
        )
