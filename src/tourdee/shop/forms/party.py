"""How many people of each price category: the rows of a form, made from a tour's own prices."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tourdee.core.forms.fields import QuantityField
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local

from ..models import PriceCategory
from ..queries.storefront.words import price_unit

PREFIX = "people-"


class PartyForm(forms.Form):
    """A row for each category; at least one person."""

    use_required_attribute = False

    def __init__(self, *args: Any, prices: Iterable[PriceCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {f"{PREFIX}{price.public_id}": _row(price) for price in prices}
        self.fields = {**rows, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Somebody must come."""
        typed = super().clean() or {}
        wrong = any(isinstance(self.fields[name], QuantityField) for name in self.errors if name in self.fields)
        if not wrong and self.party_needed() and not self.party():
            self.add_error(None, _("Please choose how many people."))
        return typed

    def party_needed(self) -> bool:
        """Whether nobody at all is a mistake."""
        return True

    def party(self) -> list[tuple[str, int]]:
        """Public id of the category, and how many of it."""
        typed = self.cleaned_data
        return [
            (name.removeprefix(PREFIX), number) for name, number in typed.items() if name.startswith(PREFIX) and number
        ]


def _row(price: PriceCategory) -> QuantityField:
    said = f"{baht(price.price_satang)} {price_unit(price.seats)}" if price.price_satang else _("free")
    return QuantityField(label=local(price, "name"), help_text=said)
