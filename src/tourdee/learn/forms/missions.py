"""Sending a mission in, and judging it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tourdee.core.forms.fields import PictureField, TextField
from tourdee.core.text import HostileText, clean_line

LONGEST_LINK = 500


class SubmissionForm(forms.Form):
    """A link or a picture, and a word about it."""

    link = forms.URLField(
        label=gettext_lazy("Link to what you made"),
        help_text=gettext_lazy("Copy the address and paste it here."),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": gettext_lazy("This is not a link. It looks like https://lin.ee/abc123.")},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "maxlength": str(LONGEST_LINK)}),
    )
    picture = PictureField(
        label=gettext_lazy("Screenshot or photo"),
        help_text=gettext_lazy("Only you and the instructor can see it."),
        required=False,
    )
    note = TextField(label=gettext_lazy("A word to the instructor"), required=False, max_length=1000, rows=3)

    def __init__(self, *args: Any, has_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_picture = has_picture
        self.fields["picture"].widget.attrs["data-preview"] = "chosen"
        if has_picture:
            self.fields["picture"].help_text = _("The picture you sent before stays unless you choose another one.")

    def clean_link(self) -> str:
        """A link without characters that deceive the reader."""
        try:
            return clean_line(self.cleaned_data["link"], LONGEST_LINK)
        except HostileText as problem:
            raise ValidationError(self.fields["link"].error_messages["invalid"], code="invalid") from problem

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        nothing = not (cleaned.get("link") or cleaned.get("picture") or self.has_picture)
        if nothing and not self.errors:
            self.add_error("link", _("Please paste a link or choose a picture."))
        return cleaned


class ReviewForm(forms.Form):
    """What the instructor decides about what they saw."""

    ACCEPT, RETURN = "accept", "return"

    seen = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (RETURN, RETURN)], widget=forms.HiddenInput)
    comment = TextField(
        label=gettext_lazy("Your comment"),
        help_text=gettext_lazy("Say what is good. If you return it, say exactly what to mend."),
        required=False,
        max_length=1000,
        rows=4,
    )

    def clean_seen(self) -> datetime:
        """The moment of the submission that was on the screen."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError as problem:
            raise ValidationError(_("This form has grown old. Please open the page again.")) from problem

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == self.RETURN and not cleaned.get("comment") and "comment" not in self.errors:
            self.add_error("comment", _("Please say what the learner should mend."))
        return cleaned
