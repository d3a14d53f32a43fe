"""The price that a saved calculation suggests, taken over into a row of prices."""

from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.choices import offer
from tourdee.core.money import plain_baht

from ..queries.selling import PriceHelp


class SuggestedPrice(forms.Form):
    """Puts a suggested price into one of the rows, as if it had been typed there. Nothing is saved by it.

    Its button belongs to the form of the rows (``form="prices"``), so everything that was typed comes along.
    """

    take = forms.ChoiceField()  # the buttons bear it: the calculation
    place = forms.ChoiceField(label=_("Which price to fill in"), widget=forms.Select(attrs={"form": "prices"}))

    def __init__(self, data: Any, *, rows: Any, help: list[PriceHelp]) -> None:
        super().__init__(data if data and "take" in data else None)
        self.rows, self.help = rows, {one.public_id: one for one in help if one.suggested is not None}
        offer(self, "take", [(name, one.name) for name, one in self.help.items()])
        offer(self, "place", _places(rows))

    def filled(self) -> Any:
        """The rows with the price in its place. What is still missing in them is not complained about yet."""
        place, one = int(self.cleaned_data["place"]), self.help[self.cleaned_data["take"]]
        typed = dict(self.data.items())
        typed[self.rows[place].add_prefix("price_satang")] = plain_baht(one.suggested or 0).removesuffix(".00")
        rows = type(self.rows)(typed, initial=self.rows.initial, prefix=self.rows.prefix)
        price = rows[place].fields["price_satang"]
        price.widget.attrs["autofocus"] = True
        price.help_text = format_html("{}", gettext("From “%(name)s”. It counts once you save.") % {"name": one.name})
        return uncomplaining(rows)


def uncomplaining(rows: Any) -> Any:
    """The rows as they were typed, without a word on what is wrong: nobody has asked to save them."""
    rows.non_form_errors().clear()  # asks for all errors first, so each form has looked at its own
    for form in rows:
        form.errors.clear()
    return rows


def _places(rows: BaseFormSet[Any]) -> list[tuple[str, str]]:
    """Every row that stands already or has a name, and the first empty one."""
    names = [str(form["name_th"].value() or "") for form in rows]
    standing = [place for place, name in enumerate(names) if name or place < rows.initial_form_count()]
    empty = [place for place in range(len(names)) if place not in standing][:1]
    known = [(str(place), names[place] or gettext("Row %(number)s") % {"number": place + 1}) for place in standing]
    return [*known, *((str(place), gettext("A new row")) for place in empty)]
