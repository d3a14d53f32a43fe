"""A place in Thailand."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tourdee.core.provinces import province_choices


def _choices() -> list[tuple[Any, Any]]:
    return [("", _("Choose a province")), *province_choices(get_language() or "th")]


class ProvinceField(forms.TypedChoiceField):
    """One of the 77 provinces, cleaned to its code (an int); ``None`` where nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"choices": _choices, "coerce": int, "empty_value": None, **kwargs})
        self.widget.attrs.setdefault("autocomplete", "address-level1")
