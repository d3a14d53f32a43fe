"""The seller's page of delivery: what is offered, what it costs, and a question to try it out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tourdee.core.places import province_of
from tourdee.core.provinces import province_name

from ...actions import delivery
from ...forms.seller_delivery import TermsForm, TryForm, zone_forms
from ...models import Shop, Variant
from ...queries.shipping import CannotDeliver, shipping, tariff_of
from .access import PersonRequest, with_shop


@require_http_methods(["GET", "POST"])
@with_shop
def my_delivery(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Terms and zones in one form; the question what a parcel costs asks what is saved."""
    data = request.POST or None
    form = TermsForm(data, initial=TermsForm.values_of(shop))
    zones = zone_forms(shop, data, ready="ready" in request.GET)
    if request.method == "POST" and _valid(form, zones) and _saved(request, shop, form, zones):
        messages.success(request, _("Saved. New orders are priced by this."))
        return redirect("my_delivery")
    context = {"form": form, "zones": zones, "shop": shop, "weightless": _weightless(shop), **_tried(request, shop)}
    return render(request, "shop/seller/delivery.html", context)


def _valid(form: TermsForm, zones: Any) -> bool:
    """Zones count only where prices go by zone."""
    return form.is_valid() and (not form.cleaned_data["by_zone"] or zones.is_valid())


def _saved(request: PersonRequest, shop: Shop, form: TermsForm, zones: Any) -> bool:
    typed = zones.zones() if zones.is_valid() else []
    try:
        delivery.write_delivery_terms(shop=shop, terms=form.terms(), zones=typed, by=request.user, at=timezone.now())
    except delivery.NoWay as refused:
        form.add_error("sends", refused.message)
    except delivery.NoZone as refused:
        form.add_error("by_zone", refused.message)
    return form.is_valid()


def _weightless(shop: Shop) -> int:
    """How many variants on sale have no weight."""
    return Variant.objects.filter(product__shop=shop, is_active=True, weight_grams=0).count()


def _tried(request: PersonRequest, shop: Shop) -> dict[str, Any]:
    asked = "postcode" in request.GET
    form = TryForm(request.GET if asked else None, auto_id="try_%s")
    if not (asked and form.is_valid()):
        return {"try_form": form}
    typed = form.cleaned_data
    where = province_name(province_of(typed["postcode"]), get_language() or "th")
    try:
        price = shipping(
            tariff_of(shop), grams=typed["grams"], goods_satang=typed["goods_satang"], delivery=form.delivery()
        )
    except CannotDeliver as refused:
        return {"try_form": form, "where": where, "refusal": refused.message}
    return {"try_form": form, "where": where, "price": price}
