"""What a guide and an operator tell each other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField


class AskForm(forms.Form):
    """A guide's question to an operator."""

    note = TextField(
        label=_("A few words about you"),
        max_length=1000,
        rows=4,
        required=False,
        help_text=_("Where you guide, which tours, how you can be reached."),
    )


class JobOrderForm(forms.Form):
    """The operator's yes."""

    job_order = LineField(
        label=_("Number of the job order"),
        max_length=80,
        help_text=_("The standing job order that you issue to this guide."),
    )
