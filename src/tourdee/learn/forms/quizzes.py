"""A quiz on one page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from tourdee.core.ids import secret_token
from tourdee.learn.models import Question, Quiz
from tourdee.people.models import User

PREFIX = "q-"
OTHER_QUESTIONS = _("The questions have changed since you opened this page. Please look through them again.")
GROWN_OLD = _("This form has grown old. Your answers are kept: please send it once more.")


class QuizForm(forms.Form):
    """One field per question, and a key that makes a rendered form count once.

    The key is signed for this person, quiz and purpose: it cannot be made up, nor moved to another quiz.
    """

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, quiz: Quiz, user: User, purpose: str, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._signer = Signer(salt=f"learn.quiz:{quiz.slug}:{user.public_id}:{purpose}")
        self.fields["form_key"].initial = self._signer.sign(secret_token())
        for question in quiz.questions.all():
            self.fields[PREFIX + question.slug] = _field(question, language)

    @property
    def answers(self) -> dict[str, int]:
        """Question slug → chosen index."""
        return {
            name.removeprefix(PREFIX): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }

    @property
    def key(self) -> str:
        """What the rendered form is known by."""
        return str(self.cleaned_data["form_key"])

    def clean(self) -> dict[str, Any]:
        """Answers to questions that are not here are a forgery, or come from a page older than the questions."""
        cleaned = super().clean() or self.cleaned_data
        strange = {name for name in self.data if name.startswith(PREFIX)} - set(self.fields)
        if strange:
            raise ValidationError(OTHER_QUESTIONS)
        try:
            cleaned["form_key"] = self._signer.unsign(cleaned.get("form_key", ""))
        except BadSignature:
            self.data = {**self.data, "form_key": self.fields["form_key"].initial}
            raise ValidationError(GROWN_OLD) from None
        return cleaned


def _field(question: Question, language: str) -> forms.ChoiceField:
    text = question.text_en if language == "en" else question.text_th
    return forms.ChoiceField(
        label=f"{question.position}. {text}",
        choices=[(str(place), choice[language]) for place, choice in enumerate(question.choices)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose an answer."),
            "invalid_choice": _("Please choose one of these answers."),
        },
    )
