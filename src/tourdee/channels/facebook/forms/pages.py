"""The keys of a page."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TOKEN = re.compile(r"[A-Za-z0-9_\-|.]{8,600}")


class KeysForm(forms.Form):
    """Copied from Facebook's page for developers; shown to nobody again."""

    token = forms.CharField(
        label=_("Page access token"),
        help_text=_("A long row of letters and digits. It mostly begins with EAA."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    app_secret = forms.CharField(
        label=_("App secret"),
        help_text=_("In your app: Settings, Basic, App secret, Show."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean_token(self) -> str:
        return self._key("token")

    def clean_app_secret(self) -> str:
        return self._key("app_secret")

    def _key(self, name: str) -> str:
        typed = "".join(str(self.cleaned_data[name]).split())
        if not TOKEN.fullmatch(typed):
            raise ValidationError(_("This does not look like a key from Facebook. Please copy it again, as a whole."))
        return typed
