"""What a buyer says about goods that are to come back, and what the seller answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import PictureField, TextField, WholeNumberField
from tourdee.core.templatetags.tourdee import local

from ..models import Return, ReturnLine
from ..queries.returns import Returnable

REASON = Return.Reason
REASON_WORDS = {
    REASON.BROKEN: _("It arrived broken"),
    REASON.WRONG: _("It is not what I ordered"),
    REASON.NOT_AS_DESCRIBED: _("It is not as it was described"),
    REASON.UNWANTED: _("I do not want it after all"),
}


class AskForm(forms.Form):
    """How many of what, why, and a picture. ``late``: only what is the seller's fault may still come back."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose a reason.")}
    )
    words = TextField(label=_("What is wrong with it?"), required=False, max_length=1000, rows=3)
    picture = PictureField(label=_("Picture"), required=False, help_text=_("A picture says it quickest."))

    def __init__(self, *args: Any, lines: Sequence[Returnable], late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        field: Any = self.fields["reason"]
        field.choices = [one for one in REASON_WORDS.items() if not late or one[0] in Return.SELLERS_FAULT]
        first = {}
        for place, one in enumerate(lines):
            label = gettext("%(name)s: how many of %(left)s") % {"name": local(one.line, "name"), "left": one.left}
            first[f"line_{place}"] = WholeNumberField(
                label=label, required=False, max_value=one.left, initial=one.left if len(lines) == 1 else 0
            )
        self.fields = first | self.fields
        for name, said in (("words", _("(or a picture)")), ("picture", _("(or in words)"))):
            self.fields[name].optional = said  # type: ignore[attr-defined]  # what our template says of it

    def clean(self) -> dict[str, Any]:
        """At least one piece; words where it is not simply unwanted."""
        typed = super().clean() or {}
        if not self.errors and not any(self.quantities().values()):
            self.add_error("line_0", gettext("Please say how many you send back."))
        if typed.get("reason") in Return.SELLERS_FAULT and not (typed.get("words") or typed.get("picture")):
            self.add_error("words", gettext("Please say what is wrong, or send a picture."))
        return typed

    def quantities(self) -> dict[int, int]:
        """Pieces by the row of the order's line."""
        return {one.line.pk: self.cleaned_data.get(f"line_{place}") or 0 for place, one in enumerate(self.lines)}


class DecideForm(forms.Form):
    """The seller's answer."""

    answer = TextField(
        label=_("Your answer"), required=False, max_length=600, rows=3,
        help_text=_("Accepting: where to send it, who pays the postage. Refusing: why."),
    )  # fmt: skip


class ReceiveForm(forms.Form):
    """What of it is not fit to be sold again."""

    def __init__(self, *args: Any, lines: Sequence[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for one in lines:
            label = gettext("%(name)s: how many of %(left)s are damaged") % {
                "name": local(one.line, "name"), "left": one.quantity,
            }  # fmt: skip
            self.fields[f"damaged_{one.pk}"] = WholeNumberField(
                label=label, required=False, max_value=one.quantity, initial=0
            )

    def damaged(self) -> dict[int, int]:
        """Pieces by the row of the return's line."""
        return {one.pk: self.cleaned_data.get(f"damaged_{one.pk}") or 0 for one in self.lines}
