"""What a buyer sends about an order: the picture of a slip, a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PictureField, TextField

STARS = [
    ("5", _("5 – wonderful")),
    ("4", _("4 – good")),
    ("3", _("3 – all right")),
    ("2", _("2 – poor")),
    ("1", _("1 – bad")),
]


class SlipForm(forms.Form):
    """One picture."""

    slip = PictureField(
        label=_("Picture of the transfer slip"),
        help_text=_("the picture that your bank's app saves after the transfer; the whole slip with its small QR code"),
        error_messages={"required": _("Please choose the picture of your slip.")},
    )

    use_required_attribute = False


class ReviewForm(forms.Form):
    """Stars and words. ``line`` is the place of the thing in the order."""

    stars = forms.ChoiceField(
        label=_("How was it?"), choices=STARS, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one to five stars.")},
    )  # fmt: skip
    text = TextField(label=_("Tell others about it"), required=False, max_length=1500, rows=4)
    name = LineField(label=_("Your name as it is shown"), max_length=60, min_length=2)

    use_required_attribute = False

    def clean_stars(self) -> int:
        return int(self.cleaned_data["stars"])

    def said(self) -> dict[str, Any]:
        """What ``write_review`` asks for."""
        return {name: self.cleaned_data[name] for name in ("stars", "text", "name")}
