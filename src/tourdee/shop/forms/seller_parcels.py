"""Parcels: one number on an order, or many at once as they stand on the carrier's receipt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField

from ..carriers import NAMES, THAI_POST, carrier_named, carrier_of, clean_number, fault_of, right_s10
from ..models import Order

MOST_LINES = 200
LONGEST_NUMBER = 30
SEPARATORS = re.compile(r"[\s,;|]+")


def fault_words(carrier: str, number: str) -> str:
    """What is wrong with a parcel number, and what to do; empty if nothing is known to be."""
    fault = fault_of(carrier, number)
    if fault == "form":
        return gettext("A number of Thai Post has two letters, nine digits and TH, for example EI217050620TH.")
    if fault == "check":
        return gettext(
            "One digit of %(number)s is not right: by its first eight digits it would end in %(right)s. "
            "Please compare it with the receipt."
        ) % {"number": number, "right": right_s10(number)[-3:]}  # fmt: skip
    return ""


class ShipForm(forms.Form):
    """The goods leave the house."""

    carrier = LineField(
        label=_("Sent by"), max_length=40, required=False, widget=forms.TextInput(attrs={"list": "carriers"}),
        help_text=_("The carrier, or “collected”. Left empty, the number may tell it."),
    )  # fmt: skip
    tracking = LineField(
        label=_("Tracking number"),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Without spaces, in capitals; Thai Post's check digit must be right, whatever the seller calls it."""
        typed = super().clean() or {}
        typed["tracking"] = clean_number(typed.get("tracking", ""))
        named = carrier_named(typed.get("carrier", ""), typed["tracking"])
        carrier = typed["carrier"] = named or carrier_of(typed["tracking"])
        if not carrier and "carrier" not in self.errors:
            self.add_error("carrier", gettext("Please say which carrier it is."))
        if wrong := fault_words(carrier, typed["tracking"]):
            self.add_error("tracking", wrong)
        return typed


@dataclass(frozen=True)
class TrackingLine:
    """One pasted line: which order goes with which number, or what is wrong."""

    text: str
    order: Order | None = None
    carrier: str = ""
    number: str = ""
    problem: str = ""


class TrackingForm(forms.Form):
    """Lines of “order code, tracking number”, in whatever order and with whatever between them."""

    carrier = forms.ChoiceField(
        label=_("Carrier"), choices=[("", _("Tell by the number")), *((name, name) for name in NAMES)], required=False
    )
    lines = TextField(
        label=_("One parcel on each line: order and tracking number"), max_length=20_000, rows=8,
        widget=forms.Textarea({"placeholder": "K7M2X EI217050620TH"}),
    )  # fmt: skip

    def clean_lines(self) -> str:
        """Not more than can be looked through."""
        text = str(self.cleaned_data["lines"])
        if len(text.splitlines()) > MOST_LINES:
            raise ValidationError(gettext("At most %(most)s lines at once.") % {"most": MOST_LINES})
        return text

    def matched(self, orders: Iterable[Order]) -> list[TrackingLine]:
        """Each line with its order among those that may be sent."""
        by_code = {order.code: order for order in orders}
        seen: set[str] = set()
        matched = []
        for text in filter(None, map(str.strip, self.cleaned_data["lines"].splitlines())):
            line = _matched(text, by_code, self.cleaned_data["carrier"])
            key = line.order.code if line.order else ""
            if key and key in seen:
                line = TrackingLine(text, problem=gettext("This order stands on two lines."))
            seen.add(key)
            matched.append(line)
        return matched


def _matched(text: str, by_code: dict[str, Order], carrier: str) -> TrackingLine:
    words = [word.upper() for word in SEPARATORS.split(text) if word]
    code = next((word for word in words if word in by_code), "")
    number = _number_in([word for word in words if word != code])
    if not code:
        return TrackingLine(text, problem=gettext("No order of yours that can be sent stands on this line."))
    if not number or len(number) > LONGEST_NUMBER:
        return TrackingLine(text, problem=gettext("There is no tracking number on this line."))
    carrier = carrier or carrier_of(number) or (THAI_POST if number.endswith("TH") and right_s10(number) else "")
    if not carrier:
        return TrackingLine(
            text, problem=gettext("The carrier cannot be told by this number. Please choose one above.")
        )
    if wrong := fault_words(carrier, number):
        return TrackingLine(text, problem=wrong)
    return TrackingLine(text, by_code[code], carrier, number)


def _number_in(words: list[str]) -> str:
    """The parcel number among the words: one of the post may be written apart, any other is the longest with digits."""
    whole = clean_number("".join(words))
    if right_s10(whole):
        return whole
    with_digits = [word for word in words if any(sign.isdigit() for sign in word)]
    return clean_number(max(with_digits, key=len, default=""))


class CameBackForm(forms.Form):
    """A parcel that nobody took."""

    fit = forms.TypedChoiceField(
        label=_("How are the goods?"), coerce=lambda typed: typed == "fit", widget=forms.RadioSelect,
        choices=[("fit", _("As they were: back into the stock")), ("damaged", _("Damaged: written off"))],
    )  # fmt: skip
