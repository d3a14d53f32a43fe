"""What a seller asks of guests, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField

from ..actions.questions import QuestionRow
from ..models import Question, Tour
from .seller_options import Rows, row_forms

KIND = Question.Kind
KINDS = [
    (KIND.DIET, _("Food: what they eat, allergies")),
    (KIND.TEXT, _("Own words")),
    (KIND.CHOICE, _("One of several answers")),
    (KIND.YES_NO, _("Yes or no")),
    (KIND.ID_NUMBER, _("Card or passport number, for insurance")),
]
LATER, BEFORE = "later", "before"


class QuestionForm(forms.Form):
    """One question."""

    public_id = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    text_th = LineField(
        label=_("Your question"), max_length=200, help_text=_("For example: What can't you eat? How tall are you?")
    )
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=KINDS)
    choices_th = forms.CharField(
        label=_("The answers to choose from"), required=False, max_length=600, help_text=_("one a line"),
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    each_guest = forms.ChoiceField(
        label=_("Whom to ask"), choices=[("1", _("each guest")), ("", _("once per booking"))], required=False,
        initial="1",
    )  # fmt: skip
    when = forms.ChoiceField(
        label=pgettext_lazy("question", "When"),
        choices=[(LATER, _("by link, until the day")), (BEFORE, _("before paying"))],
    )
    required = forms.BooleanField(label=_("We can't do without the answer"), required=False)
    text_en = LineField(label=_("In English"), max_length=200, required=False)
    choices_en = forms.CharField(
        label=_("The answers in English"), required=False, max_length=600, widget=forms.Textarea({"rows": 3})
    )
    remove = forms.BooleanField(label=_("No longer ask this"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for name in ("choices_th", "choices_en"):
            lines = [line.strip() for line in typed.get(name, "").splitlines()]
            typed[name] = "\n".join(line for line in lines if line)
        self._check_choices(typed)
        if typed.get("kind") == KIND.ID_NUMBER and typed.get("when") == BEFORE:
            self.add_error(
                "when", gettext("Ask for numbers only after guests have booked: it is the law's way (PDPA).")
            )
        typed["each_guest"] = bool(typed.get("each_guest"))
        typed["before_paying"] = typed.pop("when", LATER) == BEFORE
        return typed

    def _check_choices(self, typed: dict[str, Any]) -> None:
        thai, english = (typed[name].splitlines() for name in ("choices_th", "choices_en"))
        if typed.get("kind") == KIND.CHOICE and len(thai) < 2:
            self.add_error("choices_th", gettext("Give at least two answers, one a line."))
        elif english and len(english) != len(thai):
            self.add_error("choices_en", gettext("Give as many answers in English as in Thai, in the same order."))


class _Questions(Rows):
    row = QuestionRow
    name = "text_th"


def question_forms(tour: Tour, data: Any = None) -> Any:
    """The questions that there are, and two empty rows."""
    names = ("public_id", "text_th", "text_en", "kind", "choices_th", "choices_en", "required")
    known = [
        {name: getattr(one, name) for name in names}
        | {"each_guest": "1" if one.each_guest else "", "when": BEFORE if one.before_paying else LATER}
        for one in tour.questions.filter(is_active=True)
    ]
    return row_forms(QuestionForm, _Questions, known, data)
