"""A voucher as its seller types it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.core.forms.fields import BahtField, LineField, ThaiDateField, WholeNumberField

from ..actions.vouchers import VoucherTerms
from ..models import Voucher
from ..queries.baskets.discounts import LONGEST_CODE, voucher_code

SHORTEST_CODE = 4
A_MONTH = timedelta(days=30)


def bangkok_today() -> date:
    """The day that it is for the shop."""
    return bangkok_day(timezone.now())


class VoucherForm(forms.Form):
    """Code, what it takes off, from when to when, how often."""

    code = LineField(
        label=pgettext_lazy("voucher", "Code"),
        max_length=LONGEST_CODE,
        help_text=_("Letters and digits, for example SONGKRAN69"),
    )
    percent = WholeNumberField(label=_("Per cent off"), min_value=1, max_value=100, required=False)
    amount_satang = BahtField(label=_("or baht off"), min_value=1, required=False)
    off = forms.ChoiceField(
        label=_("For"),
        choices=[(Voucher.Off.ALL, _("everything")), (Voucher.Off.TOURS, _("tours")), (Voucher.Off.GOODS, _("goods"))],
    )
    minimum_satang = BahtField(label=_("From an order of (baht)"), required=False, initial=0)
    first_day = ThaiDateField(label=_("First day"), initial=bangkok_today)
    last_day = ThaiDateField(label=_("Last day"), initial=lambda: bangkok_today() + A_MONTH)
    limit = WholeNumberField(label=_("How many orders may use it"), min_value=1, max_value=100_000, initial=50)

    def clean_code(self) -> str:
        """Capital letters and digits."""
        code = voucher_code(self.cleaned_data["code"])
        if len(code) < SHORTEST_CODE:
            raise ValidationError(_("At least four letters or digits (A–Z, 0–9), so that nobody guesses it."))
        return code

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if bool(typed.get("percent")) == bool(typed.get("amount_satang")) and not self.errors:
            self.add_error("percent", gettext("Give per cent or baht, one of the two."))
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("This lies before the first day."))
        return typed

    def terms(self) -> VoucherTerms:
        """What was typed, for the act; the last day counts whole."""
        said = self.cleaned_data
        first, last = (said[name] for name in ("first_day", "last_day"))
        return VoucherTerms(
            code=said["code"], off=said["off"], percent=said["percent"] or 0, limit=said["limit"],
            amount_satang=said["amount_satang"] or 0, minimum_satang=said["minimum_satang"] or 0,
            valid_from=_midnight(first), valid_to=_midnight(last + timedelta(days=1)),
        )  # fmt: skip


def _midnight(day: date) -> Any:
    return at_bangkok(day, 0)
