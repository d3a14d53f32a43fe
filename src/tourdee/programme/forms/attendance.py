"""What is typed about presence: the staff's register, the learner's spoken code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, WholeNumberField
from tourdee.core.text import THAI_DIGITS

from .. import queries
from ..actions import Mark
from ..models import Attendance

SEPARATORS = re.compile(r"[\s\-]+")


class SpokenCodeField(forms.CharField):
    """Six digits, Arabic or Thai, however they are grouped; cleaned to the plain six."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("The code has six digits, as shown on the wall.")}

    def to_python(self, value: Any) -> str:
        digits = SEPARATORS.sub("", str(value or "")[:40].translate(THAI_DIGITS))
        if digits and not re.fullmatch(r"[0-9]{6}", digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return digits

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "numeric", "autocomplete": "off", "maxlength": "12", "class": "otp"}


class SpokenCodeForm(forms.Form):
    """The code that the trainer reads out."""

    code = SpokenCodeField(label=_("The six digits on the wall"))


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register with its boxes, for the template."""

    line: queries.RegisterLine
    present: forms.BoundField
    late: forms.BoundField
    away: forms.BoundField
    note: forms.BoundField
    seen: forms.BoundField

    @property
    def is_open(self) -> bool:
        """Whether more than the tick is worth seeing: something is filled in, or refused."""
        return any(field.value() or field.errors for field in (self.late, self.away, self.note))


class RegisterForm(forms.Form):
    """The register of a half-day: one line a learner.

    ``seen`` holds what each line said when the page was made. Only lines that the staff changed since then are written,
    so a learner who checks in while the page lies open is not unticked by saving it.
    """

    def __init__(self, *args: Any, lines: Sequence[queries.RegisterLine], minutes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self.lines = lines
        for line in lines:
            self._add_fields(line, minutes)

    def rows(self) -> Iterator[RegisterRow]:
        """The lines as the template shows them."""
        for line in self.lines:
            key = line.enrolment.public_id
            yield RegisterRow(line, *(self[f"{name}_{key}"] for name in ("present", "late", "away", "note", "seen")))

    def marks(self) -> list[Mark]:
        """What the staff changed. Only after ``is_valid``."""
        return [self._mark(line) for line in self.lines if self._said(line) != self._of(line, "seen")]

    def _add_fields(self, line: queries.RegisterLine, minutes: int) -> None:
        known = line.attendance or Attendance(late_minutes=0, away_minutes=0, note="")
        name, key = line.enrolment.name, line.enrolment.public_id
        shown = {
            "present": forms.BooleanField(required=False, initial=line.is_present, label=name),
            "late": WholeNumberField(
                required=False, max_value=minutes, initial=known.late_minutes or "", label=gettext("Minutes late")
            ),
            "away": WholeNumberField(
                required=False, max_value=minutes, initial=known.away_minutes or "", label=gettext("Minutes away")
            ),
            "note": LineField(required=False, initial=known.note, label=gettext("Note")),
            "seen": forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                initial=_state(line.is_present, known.late_minutes, known.away_minutes, known.note),
            ),
        }
        for part, field in shown.items():
            self.fields[f"{part}_{key}"] = field

    def _of(self, line: queries.RegisterLine, part: str) -> Any:
        return self.cleaned_data.get(f"{part}_{line.enrolment.public_id}")

    def _said(self, line: queries.RegisterLine) -> str:
        return _state(
            bool(self._of(line, "present")),
            self._of(line, "late") or 0,
            self._of(line, "away") or 0,
            self._of(line, "note") or "",
        )

    def _mark(self, line: queries.RegisterLine) -> Mark:
        return Mark(
            enrolment=line.enrolment,
            present=bool(self._of(line, "present")),
            late_minutes=self._of(line, "late") or 0,
            away_minutes=self._of(line, "away") or 0,
            note=self._of(line, "note") or "",
        )


def _state(present: bool, late: int, away: int, note: str) -> str:
    return f"{int(present)} {late} {away} {note}".strip()
