"""Who comes: the manifest of a departure."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ...actions.arrivals import take_scan, undo_scan
from ...forms.scans import ticked_on_page
from ...models import Departure, Scan
from ...queries import selling
from ...queries.checkin import RESULT_WORDS, can_be_undone, scans_to_look_at
from ...queries.orders import manifest as guests_of
from ...queries.questions import told_by_order
from ...queries.waiting_list import waiting_for
from .access import PersonRequest


@require_safe
@login_required
def manifest(request: PersonRequest, public_id: str) -> HttpResponse:
    """The guests of a departure, to print and to tick."""
    departure = get_object_or_404(selling.departures_for(request.user), public_id=public_id)
    guests = guests_of(departure)
    undo = can_be_undone(departure)
    told = told_by_order([departure])
    context = {
        "departure": departure,
        "guests": [(one, uuid4(), undo.get(one.order.pk), told.get(one.order.pk, ())) for one in guests],
        "has_numbers": any(one.number for several in told.values() for one in several),
        "waiting": waiting_for(departure).count(),
        "people": sum(one.people for one in guests),
        "here": sum(one.arrived for one in guests),
        "troubles": [(scan, RESULT_WORDS[Scan.Result(scan.result)]) for scan in scans_to_look_at(departure)[:20]],
    }
    return render(request, "shop/seller/manifest.html", context)


def _departure_of_order(request: PersonRequest, public_id: str, code: str) -> Departure:
    """The departure, if it is this person's and the order has seats on it."""
    mine = selling.departures_for(request.user).filter(public_id=public_id, lines__order__code=code).distinct()
    return get_object_or_404(mine)


@require_POST
@login_required
def check_in(request: PersonRequest, public_id: str, code: str) -> HttpResponse:
    """Guests of a booking are there: all of them, or as many as was said."""
    departure = _departure_of_order(request, public_id, code)
    at = timezone.now()
    scan = take_scan(departure=departure, asked=ticked_on_page(request.POST, code=code, at=at), by=request.user, at=at)
    if scan.result != Scan.Result.OK:
        messages.error(request, RESULT_WORDS[Scan.Result(scan.result)])
    return redirect("manifest", public_id=departure.public_id)


@require_POST
@login_required
def undo_check_in(request: PersonRequest, public_id: str, code: str) -> HttpResponse:
    """The wrong name was ticked: the newest check-in of this booking is taken back."""
    departure = _departure_of_order(request, public_id, code)
    newest = departure.scans.filter(order__code=code, result=Scan.Result.OK, undone_at__isnull=True).last()
    if newest:
        undo_scan(scan=newest, by=request.user, at=timezone.now())
    return redirect("manifest", public_id=departure.public_id)


@require_safe
@login_required
def my_enquiries(request: PersonRequest) -> HttpResponse:
    """Where questions stood before there was one inbox for everything: old letters lead here."""
    return redirect("my_inbox")
