"""What a departure offers beside its seats, as rows of the seller's form: extras, pick-up, language of guiding."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tourdee.core.forms.fields import QuantityField

from ..queries.basket_options import BookingOptions, Choice, ExtraChoice
from ..queries.baskets import BookingWish, Item, Wishes, key_named

PICKUP, GUIDE = "pickup", "guide"
EXTRA = ".extra."  # stands in the name of an extra: ``departure.extra.id``


def option_fields(options: BookingOptions | None) -> dict[str, forms.Field]:
    """A row for each extra, a choice of pick-up and of language where there is one."""
    if options is None:
        return {}
    fields: dict[str, forms.Field] = {extra.name: _extra(extra) for extra in options.extras}
    if options.pickups:
        fields[PICKUP] = _choice(_("Pick-up"), options.pickups)
    if options.languages:
        fields[GUIDE] = _choice(_("Guided in"), options.languages)
    return fields


def _extra(extra: ExtraChoice) -> QuantityField:
    said = f"{extra.price} {extra.unit}"
    if extra.left is not None:
        said += " · " + _("%(left)s left") % {"left": extra.left}
    return QuantityField(label=extra.title, help_text=said, max_value=extra.most)


def _choice(label: str, choices: Iterable[Choice]) -> forms.ChoiceField:
    chosen = next((one.value for one in choices if one.chosen), "")
    pairs = [(one.value, one.text) for one in choices]
    return forms.ChoiceField(label=label, choices=pairs, initial=chosen, required=False)


def chosen_extras(typed: dict[str, Any]) -> list[Item]:
    """The extras of which there is one at least."""
    keys = {name: key_named(name) for name, number in typed.items() if EXTRA in name and number}
    return [Item.of(key, typed[name]) for name, key in keys.items() if key]


def chosen_wishes(departure: str, typed: dict[str, Any]) -> Wishes:
    """Where the guests are fetched and in which language they are guided."""
    pickup, language = typed.get(PICKUP, ""), typed.get(GUIDE, "")
    return Wishes(bookings=(BookingWish(departure=departure, pickup=pickup, language=language),))
