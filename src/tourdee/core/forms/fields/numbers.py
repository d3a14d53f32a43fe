"""Amounts and quantities, in Arabic or Thai digits."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.money import MAX_SATANG, baht, plain_baht, satang_from_baht
from tourdee.core.text import THAI_DIGITS, whole_number

AMOUNT = re.compile(r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,2})?")
AROUND_AMOUNT = re.compile(r"^(?:฿|THB|บาท)\s*|\s*(?:฿|THB|บาท|\.-)$", re.IGNORECASE)


class BahtField(forms.Field):
    """An amount typed in baht, cleaned to whole satang. ``min_value`` and ``max_value`` are satang as well."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Please type the amount in baht as digits, for example 1,250 or 1250.50."),
        "min_value": _("The least amount is %(limit)s."),
        "max_value": _("The highest amount is %(limit)s."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = MAX_SATANG, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Satang; ``None`` where nothing was typed. Never a fraction, never more than the highest amount."""
        if value in self.empty_values or not str(value).strip():
            return None
        typed = AROUND_AMOUNT.sub("", str(value)[:60].strip().translate(THAI_DIGITS))
        if not AMOUNT.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        satang = satang_from_baht(Decimal(typed.replace(",", "")))
        for code, limit, wrong in (("min_value", self.min_value, satang < self.min_value),
                                   ("max_value", self.max_value, satang > self.max_value)):  # fmt: skip
            if wrong:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": baht(limit)})
        return satang

    def prepare_value(self, value: Any) -> Any:
        """Stored satang become ``1250`` or ``1250.50``; what was typed stays as it was typed."""
        return plain_baht(value).removesuffix(".00") if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "autocomplete": "off"}


class WholeNumberField(forms.Field):
    """A whole number between ``min_value`` and ``max_value``."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Please type a whole number as digits, for example 12."),
        "min_value": _("The least is %(limit)s."),
        "max_value": _("The most is %(limit)s."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = 1_000_000, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number; ``None`` where nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        number = whole_number(str(value)[:60])
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        for code, limit, wrong in (("min_value", self.min_value, number < self.min_value),
                                   ("max_value", self.max_value, number > self.max_value)):  # fmt: skip
            if wrong:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": f"{limit:,}"})
        return number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class QuantityInput(forms.TextInput):
    """A number between two buttons, less and more; without scripts the buttons are not there."""

    template_name = "core/quantity.html"


class QuantityField(WholeNumberField):
    """How many of one thing, in a row beside its name. Nothing typed is none."""

    widget = QuantityInput

    def __init__(self, *, max_value: int = 99, **kwargs: Any) -> None:
        row: dict[str, Any] = {"required": False, "template_name": "core/field_quantity.html", "initial": 0}
        super().__init__(max_value=max_value, **(row | kwargs))

    def clean(self, value: Any) -> int:
        """Never ``None``."""
        return super().clean(value) or 0

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        limits = {"min": self.min_value, "max": self.max_value}
        return {**super().widget_attrs(widget), **limits, "maxlength": "20"}
