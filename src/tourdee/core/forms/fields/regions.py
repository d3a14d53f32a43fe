"""Many provinces at once: whole regions, or one by one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language

from tourdee.core.provinces import province_choices
from tourdee.core.regions import REGION_NAMES, REGIONS


def _choices() -> list[tuple[str, Any]]:
    provinces = [(str(code), name) for code, name in province_choices(get_language() or "th")]
    return [*REGION_NAMES.items(), *provinces]


class ProvincesField(forms.MultipleChoiceField):
    """Regions (the first choices) and provinces, cleaned to the sorted codes of all provinces meant."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"choices": _choices, "required": False, **kwargs})

    def clean(self, value: Any) -> list[int]:
        """Each code once."""
        chosen = super().clean(value)
        codes = {code for one in chosen for code in REGIONS.get(one, ())} | {
            int(one) for one in chosen if one.isdigit()
        }
        return sorted(codes)

    def prepare_value(self, value: Any) -> Any:
        """Stored codes tick the regions that they fill, and one by one what is left; what was typed stays."""
        if not value or not all(isinstance(code, int) for code in value):
            return value
        return regions_and_rest(value)


def regions_and_rest(codes: Sequence[int]) -> list[str]:
    """The regions that lie wholly among the codes, then the other codes."""
    whole = [name for name, inside in REGIONS.items() if set(inside) <= set(codes)]
    covered = {code for name in whole for code in REGIONS[name]}
    return [*whole, *(str(code) for code in sorted(codes) if code not in covered)]
