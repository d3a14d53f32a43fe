"""What is typed about certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField


class RevocationForm(forms.Form):
    """Why a certificate no longer holds."""

    reason = TextField(
        label=_("Why is it revoked?"),
        help_text=_("Everybody who checks this certificate reads this sentence. Please leave personal matters out."),
        min_length=5,
        max_length=500,
        rows=3,
    )


class VerifyForm(forms.Form):
    """The link behind the QR, its code, or the number."""

    typed = LineField(
        label=_("Link, code or number of the certificate"),
        help_text=_("For example DSD-DE 0001/2569, or the link that your camera shows after scanning the QR."),
        max_length=300,
    )
