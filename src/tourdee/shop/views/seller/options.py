"""How a tour is sold and what goes with it: private or join-in, deposit, extras, pick-up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...actions import options
from ...forms.seller_options import SaleForm, extra_forms, pickup_forms
from ...models import Tour
from .access import PersonRequest
from .tours import own_tours


@require_http_methods(["GET", "POST"])
@login_required
def tour_sale(request: PersonRequest, public_id: str) -> HttpResponse:
    """Private or join-in, and the deposit."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    form = SaleForm(request.POST or None, tour=tour)
    if request.method == "POST" and form.is_valid():
        options.set_sale_terms(tour=tour, terms=form.terms(), by=request.user, at=timezone.now())
        messages.success(request, _("Saved. Orders already placed keep their terms."))
        return redirect("my_tour", public_id=tour.public_id)
    return render(request, "shop/seller/tour_sale.html", {"tour": tour, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def tour_extras(request: PersonRequest, public_id: str) -> HttpResponse:
    """What guests may add."""
    return _rows(request, public_id, extra_forms, options.set_extras, "shop/seller/tour_extras.html")


@require_http_methods(["GET", "POST"])
@login_required
def tour_pickups(request: PersonRequest, public_id: str) -> HttpResponse:
    """Where guests are fetched."""
    return _rows(request, public_id, pickup_forms, options.set_pickups, "shop/seller/tour_pickups.html")


def _rows(
    request: PersonRequest,
    public_id: str,
    forms_of: Callable[[Tour, Any], Any],
    act: Callable[..., None],
    template: str,
) -> HttpResponse:
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    rows = forms_of(tour, request.POST or None)
    if request.method == "POST" and rows.is_valid():
        act(tour=tour, rows=rows.rows(), by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("my_tour", public_id=tour.public_id)
    return render(request, template, {"tour": tour, "rows": rows})
