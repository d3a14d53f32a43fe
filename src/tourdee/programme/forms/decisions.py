"""Reasons: tapped or typed, one for each decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import TextField, WholeNumberField

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


class ReasonForm(forms.Form):
    """A reason: one of the usual ones, or in the officer's own words."""

    kind = "undo"
    usual = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect, required=False)
    words = TextField(
        label=_("Or in your own words"), help_text=_("The applicant reads it."), max_length=500, rows=2, required=False
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        self.kind = kind or self.kind
        super().__init__(*args, auto_id=f"{self.kind}_%s", **kwargs)
        self.fields["usual"].choices = [(str(n), text) for n, text in enumerate(REASONS[self.kind])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("words") and not cleaned.get("usual") and not self.errors:
            self.add_error("usual", _("Please choose a reason or write one."))
        return cleaned

    def reason(self) -> str:
        """The officer's own words; without them the usual reason, in the officer's language."""
        typed = str(self.cleaned_data["words"])
        return typed or str(REASONS[self.kind][int(self.cleaned_data["usual"])])


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
