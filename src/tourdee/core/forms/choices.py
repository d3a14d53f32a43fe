"""What a field offers to choose, where it is known only when the form is made."""

from collections.abc import Iterable
from typing import Any, cast

from django.forms import BaseForm, ChoiceField


def offer(form: BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Sets the choices of a field: pairs of what is sent and what is read."""
    cast(ChoiceField, form.fields[name]).choices = list(choices)
