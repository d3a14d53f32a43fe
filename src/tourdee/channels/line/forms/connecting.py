"""The three keys of a Messaging API channel."""

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PictureField

CHANNEL_ID = re.compile(r"\d{8,12}")
SECRET = re.compile(r"[0-9a-f]{32}")
TOKEN = re.compile(r"[A-Za-z0-9+/=._-]{100,400}")


class KeysForm(forms.Form):
    """As they are copied from LINE; what cannot be right is said before LINE is asked. Never filled in again."""

    channel_id = LineField(
        label=_("Channel ID"), max_length=20, help_text=_("Ten digits, on the page “Basic settings”")
    )
    secret = LineField(
        label=_("Channel secret"), max_length=60, help_text=_("32 letters and digits, on the page “Basic settings”")
    )
    token = LineField(
        label=_("Channel access token"), max_length=500,
        help_text=_("A very long text, at the end of the page “Messaging API”; tap “Issue”"),
    )  # fmt: skip

    def clean_channel_id(self) -> str:
        return self._like("channel_id", CHANNEL_ID, gettext("This is not a Channel ID: it has ten digits."))

    def clean_secret(self) -> str:
        return self._like("secret", SECRET, gettext("This is not a Channel secret: it has 32 letters a–f and digits."))

    def clean_token(self) -> str:
        return self._like("token", TOKEN, gettext("This is not a whole access token: please copy all of it."))

    def _like(self, name: str, pattern: re.Pattern[str], wrong: str) -> str:
        said: str = self.cleaned_data[name].replace(" ", "")
        if not pattern.fullmatch(said):
            raise forms.ValidationError(wrong)
        return said


class PracticeForm(forms.Form):
    """What the person at the practice telephone does: one of the four."""

    text = LineField(label=_("Message"), required=False, max_length=1000)
    tapped = forms.CharField(required=False, max_length=300)
    day = forms.CharField(required=False, max_length=10)
    shown = forms.CharField(required=False, max_length=300)
    picture = PictureField(label=_("Picture"), required=False)
