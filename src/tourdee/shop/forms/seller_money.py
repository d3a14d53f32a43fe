"""How buyers pay a seller: what codes carry, and keys of outside services. A key that was typed is never shown again."""

import base64
import binascii
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField
from tourdee.core.text import THAI_DIGITS


class DigitsField(LineField):
    """Digits with or without spaces and dashes."""

    def __init__(self, *, lengths: tuple[int, ...], trouble: Any, **options: Any) -> None:
        super().__init__(max_length=30, required=False, **options)
        self.lengths, self.trouble = lengths, trouble
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        digits = super().clean(value).translate(THAI_DIGITS).replace(" ", "").replace("-", "")
        if digits and (not digits.isascii() or not digits.isdigit() or len(digits) not in self.lengths):
            raise ValidationError(self.trouble)
        return digits


class CodesForm(forms.Form):
    """What the PromptPay codes of new orders carry."""

    tells_apart = forms.BooleanField(
        label=_("Let every open order have an amount of its own"),
        required=False,
        help_text=_("Up to 99 satang are taken off, so that you see in your bank at once whose transfer it is."),
    )
    account_number = DigitsField(
        label=_("Bank account behind this PromptPay"),
        lengths=(10, 11, 12, 13, 14, 15),
        trouble=_("A bank account has 10 to 15 digits."),
        help_text=_("Only needed when a service checks your slips: some slips name the account instead of PromptPay."),
    )
    biller_id = DigitsField(
        label=_("Biller ID"),
        lengths=(15,),
        trouble=_("A biller ID has 15 digits: your tax number and two more."),
        help_text=_("From your bank, if you have one. Then every payment carries the order number."),
    )


class KeysForm(forms.Form):
    """The keys of one service. ``service`` is its name in the address."""

    service: ClassVar[str]

    def keys(self) -> dict[str, str]:
        return dict(self.cleaned_data)


class SecretField(forms.CharField):
    """Hidden while it is typed, never shown after."""

    def __init__(self, *, starts: tuple[str, ...] = (), **options: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=300, widget=forms.PasswordInput(attrs=attributes), **options)
        self.starts = starts

    def clean(self, value: Any) -> str:
        secret = str(super().clean(value)).strip()
        if not secret.isascii() or not secret.isprintable() or " " in secret:
            raise ValidationError(_("A key has only English letters, digits and signs. Please copy it once more."))
        if self.starts and not secret.startswith(self.starts):
            raise ValidationError(
                _("This key begins with %(starts)s. Please copy the right one."), params={"starts": self.starts[0]}
            )
        return secret


class OpnForm(KeysForm):
    service = "opn"
    secret_key = SecretField(label=_("Secret key"), starts=("skey_",), help_text=_("Opn dashboard › Keys"))
    webhook_secret = SecretField(label=_("Webhook secret"), help_text=_("Opn dashboard › Webhooks"))

    def clean_webhook_secret(self) -> str:
        secret: str = self.cleaned_data["webhook_secret"]
        try:
            base64.b64decode(secret, validate=True)
        except (binascii.Error, ValueError) as problem:
            raise ValidationError(_("This is not a webhook secret of Opn. Please copy it once more.")) from problem
        return secret


class StripeForm(KeysForm):
    service = "stripe"
    secret_key = SecretField(
        label=_("Secret key"), starts=("sk_", "rk_"), help_text=_("Stripe dashboard › Developers › API keys")
    )
    webhook_secret = SecretField(
        label=_("Webhook secret"), starts=("whsec_",), help_text=_("Stripe dashboard › Developers › Webhooks")
    )


class SlipOkForm(KeysForm):
    service = "slipok"
    branch = DigitsField(
        label=_("Branch number"), lengths=tuple(range(1, 13)), trouble=_("The branch number has only digits.")
    )
    api_key = SecretField(label=_("API key"), help_text=_("SlipOK › your branch › API"))

    def clean_branch(self) -> str:
        if not self.cleaned_data["branch"]:
            raise ValidationError(_("Please enter the branch number."))
        return str(self.cleaned_data["branch"])


class EasySlipForm(KeysForm):
    service = "easyslip"
    token = SecretField(label=_("Access token"), help_text=_("EasySlip › your application"))


class Slip2GoForm(KeysForm):
    service = "slip2go"
    api_secret = SecretField(label=_("API secret"), help_text=_("Slip2Go › API Connect"))


FORMS: dict[str, type[KeysForm]] = {
    form.service: form for form in (OpnForm, StripeForm, SlipOkForm, EasySlipForm, Slip2GoForm)
}
