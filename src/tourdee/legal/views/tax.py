"""What stands on the seller's receipts; and the host's page of the rate of VAT."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tourdee.core.dates import bangkok_day

from .. import actions, queries
from ..forms.tax import TaxForm, VatRateForm
from ..models import Business
from .access import PersonRequest, with_business


@require_http_methods(["GET", "POST"])
@with_business
def my_tax(request: PersonRequest, business: Business) -> HttpResponse:
    """Tax id, registration for VAT, and the address in parts."""
    form = TaxForm(request.POST or None, initial=_initial(business))
    if request.method == "POST" and form.is_valid():
        actions.set_tax_details(business=business, details=form.details(), by=request.user, at=timezone.now())
        messages.success(request, _("Saved. It stands on receipts from now on."))
        return redirect("my_tax")
    rate = queries.vat_rate_on(bangkok_day(timezone.now()))
    return render(request, "legal/my_tax.html", {"form": form, "business": business, "rate": rate})


def _initial(business: Business) -> dict[str, Any]:
    names = ("tax_id", "vat_from", "branch", "house_number", "postcode", "subdistrict")
    return {name: getattr(business, name) for name in names} | {"registered": business.vat_from is not None}


@require_http_methods(["GET", "POST"])
@login_required
def vat_rates(request: PersonRequest) -> HttpResponse:
    """Every rate with its source, and a form for the next. For everybody but the host it does not exist."""
    if not request.user.is_host:
        raise Http404
    form = VatRateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_vat_rate(by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.RateExists as exists:
            form.add_error("valid_from", exists.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("vat_rates")
    now = queries.vat_rate_on(bangkok_day(timezone.now()))
    return render(request, "legal/vat_rates.html", {"form": form, "rates": queries.vat_rates(), "now": now})
