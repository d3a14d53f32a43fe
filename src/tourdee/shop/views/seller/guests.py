"""Who comes: the manifest of a departure, and what visitors ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ...actions import fulfilment
from ...actions.enquiries import mark_answered
from ...models import Enquiry, OrderLine, Shop
from ...queries import selling
from ...queries.orders import manifest as guests_of
from .access import PersonRequest, with_shop


@require_safe
@login_required
def manifest(request: PersonRequest, public_id: str) -> HttpResponse:
    """The guests of a departure, to print and to tick."""
    departure = get_object_or_404(selling.departures_for(request.user), public_id=public_id)
    guests = guests_of(departure)
    context = {
        "departure": departure,
        "guests": guests,
        "people": sum(one.people for one in guests),
        "here": sum(one.people for one in guests if one.here),
    }
    return render(request, "shop/seller/manifest.html", context)


@require_POST
@login_required
def check_in(request: PersonRequest, public_id: str, code: str) -> HttpResponse:
    """The guests of a booking are there."""
    departure = get_object_or_404(selling.departures_for(request.user), public_id=public_id)
    booked = OrderLine.objects.filter(departure=departure, order__code=code).select_related("order", "departure")
    lines = get_list_or_404(booked)
    try:
        for line in lines:
            fulfilment.check_in(line=line, by=request.user, at=timezone.now())
    except fulfilment.CannotCheckIn as problem:
        messages.error(request, problem.message)
    return redirect("manifest", public_id=departure.public_id)


@require_safe
@with_shop
def my_enquiries(request: PersonRequest, shop: Shop) -> HttpResponse:
    """What visitors asked, the unanswered first."""
    return render(request, "shop/seller/enquiries.html", {"shop": shop, "enquiries": selling.enquiries_of(shop)[:200]})


@require_POST
@login_required
def answer_enquiry(request: PersonRequest, public_id: str) -> HttpResponse:
    """The seller has written back."""
    enquiry = get_object_or_404(Enquiry, public_id=public_id, shop__owner=request.user)
    mark_answered(enquiry=enquiry, at=timezone.now())
    messages.success(request, _("Marked as answered."))
    return redirect("my_enquiries")
