"""allauth's forms for passkeys and authenticator apps, in our words and with fields that telephones understand."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField
from tourdee.core.text import THAI_DIGITS

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "20", "class": "otp"}
ANY_CODE = {**DIGITS, "inputmode": "text", "autocapitalize": "none"}  # recovery codes have letters


class _TypedCode(forms.CharField):
    """A code with the spaces and Thai digits that people type taken out."""

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").translate(THAI_DIGITS).split())


class _WholeAnswer:
    """What an authenticator answers has these parts; allauth would stumble over an answer without them."""

    parts: frozenset[str] = frozenset({"authenticatorData", "clientDataJSON", "signature"})

    def clean_credential(self) -> Any:
        answer = self.cleaned_data["credential"]  # type: ignore[attr-defined]  # not in the stubs
        response = answer.get("response") if isinstance(answer, dict) else None
        whole = isinstance(response, dict) and self.parts <= response.keys() and {"id", "rawId"} <= answer.keys()
        if not whole or not all(isinstance(answer["response"][part], str) for part in self.parts):
            raise get_adapter().validation_error("incorrect_code")
        inherited = getattr(super(), "clean_credential", None)
        try:
            return inherited() if inherited else answer
        except (KeyError, AttributeError, TypeError, UnicodeDecodeError) as problem:
            raise get_adapter().validation_error("incorrect_code") from problem


class PasskeySignInForm(_WholeAnswer, LoginWebAuthnForm):
    """A passkey instead of a code."""


class PasskeySecondStepForm(_WholeAnswer, AuthenticateWebAuthnForm):
    """A passkey after the code."""


class ProveByPasskeyForm(_WholeAnswer, ReauthenticateWebAuthnForm):
    """A passkey before something important."""


class AddPasskeyForm(_WholeAnswer, AddWebAuthnForm):
    """A new passkey. It signs in on its own unless the person says otherwise."""

    parts = frozenset({"attestationObject", "clientDataJSON"})

    name = LineField(
        label=_("Name of this passkey"), max_length=60, required=False, help_text=_("For example: my phone")
    )
    passwordless = forms.BooleanField(label=_("Sign in with it, without a code"), required=False, initial=True)


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = LineField(label=_("Name of this passkey"), max_length=60)


class ActivateAppForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    code = _TypedCode(label=_("Code from the app"), max_length=20, widget=forms.TextInput(attrs=DIGITS))


class SecondFactorForm(AuthenticateForm):
    """A code from the app, or a recovery code, when signing in."""

    code = _TypedCode(
        label=_("Code from the app, or a recovery code"), max_length=20, widget=forms.TextInput(attrs=ANY_CODE)
    )


class ProveBySecondFactorForm(ReauthenticateForm):
    """The same before something important."""

    code = _TypedCode(
        label=_("Code from the app, or a recovery code"), max_length=20, widget=forms.TextInput(attrs=ANY_CODE)
    )
