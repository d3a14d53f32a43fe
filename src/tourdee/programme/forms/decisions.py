"""Reasons: tapped or typed, one for each decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.choices import offer
from tourdee.core.forms.fields import TextField, WholeNumberField

OWN = "own"
REASONS = {
    "seat": [
        _("Matches the target group and everything is complete."),
        _("Sells already and is ready to open a shop at once."),
        _("From a province or group that few have applied from."),
    ],
    "wait": [
        _("Matches the target group, but the seats are taken."),
        _("Others who fit the group better go first."),
        _("A document is still missing; comes up as soon as it is here."),
    ],
    "refuse": [
        _("Not in the target group of this course."),
        _("The answers are incomplete and we could not reach you."),
        _("Has taken this course before."),
    ],
    "undo": [_("The wrong person was ticked."), _("New information from the applicant.")],
    "no_show": [_("Did not come on the first morning and could not be reached.")],
    "move": [_("Ready to start at once when a seat becomes free."), _("Agreed with the person by telephone.")],
}


def usual_reasons(kind: str) -> list[tuple[str, str]]:
    """The usual reasons for a decision, each with the key by which a form names it."""
    return [(str(number), str(text)) for number, text in enumerate(REASONS[kind])]


class ReasonForm(forms.Form):
    """A reason: one of the usual ones, or in the officer's own words."""

    kind = "undo"
    usual = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    words = TextField(
        label=_("In your own words"), help_text=_("The applicant reads it."), max_length=500, rows=2, required=False
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        self.kind = kind or self.kind
        kwargs["auto_id"] = f"{self.kind}_%s"  # several of these forms may stand on one page
        super().__init__(*args, **kwargs)
        offer(self, "usual", [*usual_reasons(self.kind), (OWN, _("Another reason"))])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("usual") == OWN and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Please write the reason."))
        return cleaned

    def reason(self) -> str:
        """The usual reason in the officer's language, then the officer's own words."""
        usual, words = self.cleaned_data["usual"], str(self.cleaned_data["words"])
        return "\n".join(filter(None, ["" if usual == OWN else dict(usual_reasons(self.kind))[usual], words]))


class DecisionForm(ReasonForm):
    """One of the three decisions about an application."""

    KINDS = ("seat", "wait", "refuse")
    decision = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.fields["decision"].initial = kind


class MoveForm(ReasonForm):
    """To which place of the waiting list."""

    kind = "move"
    place = WholeNumberField(label=_("New place on the list (1 is next)"), min_value=1, max_value=10_000)
    field_order = ["place", "usual", "words"]
