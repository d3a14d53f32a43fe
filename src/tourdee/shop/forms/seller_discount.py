"""What a seller takes off an order that they make themselves, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, WholeNumberField

from ..models import Order
from ..queries.baskets import SellersDiscount

OFF = ("off_percent", "off_satang", "off_reason")


class DiscountForm(forms.Form):
    """Per cent or baht, and why."""

    off_percent = WholeNumberField(label=_("Per cent off"), min_value=1, max_value=100, required=False)
    off_satang = BahtField(label=_("or baht off"), min_value=1, required=False)
    off_reason = LineField(
        label=_("Why?"), max_length=120, required=False,
        help_text=_("Stands on the receipt, for example “regular guest” or “group of students”."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two, never without a reason."""
        typed = super().clean() or {}
        percent, satang = typed.get("off_percent"), typed.get("off_satang")
        if percent and satang:
            self.add_error("off_satang", gettext("Give the discount in per cent or in baht, not both."))
        if (percent or satang) and not typed.get("off_reason") and "off_reason" not in self.errors:
            self.add_error("off_reason", gettext("Please say why there is a discount. It stands on the receipt."))
        return typed

    def discount(self) -> SellersDiscount:
        """As typed; a reason alone takes nothing off."""
        said = self.cleaned_data
        percent, satang = said["off_percent"] or 0, said["off_satang"] or 0
        return SellersDiscount(percent=percent, satang=satang, reason=said["off_reason"] if percent or satang else "")

    @property
    def discount_rows(self) -> list[forms.BoundField]:
        return [self[name] for name in OFF]

    @property
    def discount_is_open(self) -> bool:
        """Whether something stands in it, or is wrong with it."""
        return any(row.value() or row.errors for row in self.discount_rows)


def discount_of(order: Order) -> dict[str, Any]:
    """What to begin with when an order that has one is changed."""
    if not order.discount_reason:
        return {}
    satang = order.discount_satang - order.rounding_satang
    return {
        "off_percent": order.discount_percent or None, "off_satang": None if order.discount_percent else satang,
        "off_reason": order.discount_reason,
    }  # fmt: skip
