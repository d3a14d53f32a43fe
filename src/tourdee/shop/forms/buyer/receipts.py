"""A buyer who wants a receipt in the name of a company or with a tax id."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TaxIdField, TextField

from ...actions.receipts import ReceiptBuyer
from ...queries.receipts import HEAD_OFFICE

POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


class ReceiptForm(forms.Form):
    """Who stands on the receipt. The branch matters for companies only."""

    name = LineField(label=_("Name of the person or company"), max_length=200, min_length=2)
    address = TextField(
        label=_("Address"), max_length=400, min_length=10, rows=3, help_text=_("With the postcode at the end.")
    )
    tax_id = TaxIdField(label=_("Tax id"), required=False, help_text=_("13 digits; for a person it is the citizen id."))
    branch = forms.RegexField(
        r"^\d{5}$", label=_("Branch number"), required=False, help_text=_("Companies only; 00000 is the head office."),
        error_messages={"invalid": _("A branch number has five digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, tax_invoice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tax_invoice = tax_invoice

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if self.tax_invoice and not POSTCODE.search(address):
            raise forms.ValidationError(gettext("A tax invoice needs the postcode: five digits at the end."))
        return address

    def buyer(self) -> ReceiptBuyer:
        """What was typed. A company's number begins with 0 and belongs to its head office unless a branch is named."""
        typed = self.cleaned_data
        company = typed["tax_id"].startswith("0")
        branch = (typed["branch"] or HEAD_OFFICE) if company else ""
        return ReceiptBuyer(name=typed["name"], address=typed["address"], tax_id=typed["tax_id"], branch=branch)
