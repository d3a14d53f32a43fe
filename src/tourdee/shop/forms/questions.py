"""Answers of guests, one field for each question and guest."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.th import pin

from tourdee.core.forms.fields import LineField
from tourdee.core.templatetags.tourdee import local
from tourdee.core.text import THAI_DIGITS

from ..actions.questions import Given
from ..models import Question
from ..queries.questions import BETWEEN, DIET_NAMES, Asked, choices_of

KIND = Question.Kind
SEPARATORS = re.compile(r"[\s\-‐‑–.]+")
PASSPORT = re.compile(r"[A-Z0-9]{5,9}")  # a machine-readable passport has at most nine signs (ICAO 9303)


class IdNumberField(forms.CharField):
    """A citizen id, cleaned to 13 digits whose check digit is right, or the number of a passport."""

    default_error_messages = {
        "citizen": _("This is not a citizen id. It has 13 digits; please compare it with the card."),
        "passport": _("Give the 13 digits of a Thai card, or the 5 to 9 letters and digits of a passport."),
    }

    def to_python(self, value: Any) -> str:
        typed = SEPARATORS.sub("", (super().to_python(value) or "").translate(THAI_DIGITS)).upper()
        if not typed or PASSPORT.fullmatch(typed):
            return typed
        if not re.fullmatch(r"[0-9]{13}", typed):
            raise ValidationError(self.error_messages["passport"], code="passport")
        if not pin.is_valid(typed):
            raise ValidationError(self.error_messages["citizen"], code="citizen")
        return typed

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"autocomplete": "off", "maxlength": "40", "spellcheck": "false"}


def _line(asked: Asked) -> forms.Field:
    return LineField(max_length=300)


def _choice(asked: Asked) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose")), *choices_of(asked.question)])


def _yes_no(asked: Asked) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose")), ("yes", _("yes")), ("no", _("no"))])


def _diet(asked: Asked) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose")), *DIET_NAMES.items()])


def _number(asked: Asked) -> forms.Field:
    kept = asked.answer.masked if asked.answer else ""
    say = gettext("We have %(number)s. Leave this empty to keep it.") % {"number": kept}
    days = {"days": settings.GUEST_ANSWERS_KEPT_DAYS}
    why = gettext("For the insurance. Only the guide sees it; erased %(days)s days after.") % days
    return IdNumberField(help_text=say if kept else why)


FIELDS: dict[str, Callable[[Asked], forms.Field]] = {
    KIND.TEXT: _line, KIND.CHOICE: _choice, KIND.YES_NO: _yes_no, KIND.DIET: _diet, KIND.ID_NUMBER: _number,
}  # fmt: skip


class AnswersForm(forms.Form):
    """``strict``: required answers must be given (before paying); else what is not known yet may come later."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, asked: Sequence[Asked], strict: bool) -> None:
        super().__init__(data, prefix="guest")
        self.asked = asked
        for one in asked:
            self._add(one, strict)

    def _add(self, one: Asked, strict: bool) -> None:
        field = FIELDS[one.question.kind](one)
        field.label, field.required = local(one.question, "text"), one.question.required and strict
        value = one.answer.value if one.answer else ""
        self.fields[one.name] = field
        if one.question.kind == KIND.DIET:
            value, _between, words = value.partition(BETWEEN)
            more = LineField(label=_("Allergies, or what else we should know"), max_length=300, required=False)
            more.initial = words
            self.fields[f"{one.name}-more"] = more
        field.initial = value

    @property
    def guests(self) -> list[tuple[int, list[forms.BoundField]]]:
        """(number of the guest, fields), what is asked of the booking first (0)."""
        by_guest: dict[int, list[forms.BoundField]] = {}
        for one in self.asked:
            fields = by_guest.setdefault(one.guest, [])
            fields.append(self[one.name])
            if one.question.kind == KIND.DIET:
                fields.append(self[f"{one.name}-more"])
        return list(by_guest.items())

    def given(self) -> list[Given]:
        """What was typed, for the act."""
        return [Given(question=one.question.public_id, guest=one.guest, value=self._value(one)) for one in self.asked]

    def _value(self, one: Asked) -> str:
        value: str = self.cleaned_data[one.name]
        words = self.cleaned_data.get(f"{one.name}-more", "")
        return f"{value}{BETWEEN}{words}" if words else value
