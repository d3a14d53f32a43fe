"""Parcels for the seller: what waits, its papers, numbers for many at once, and money that the carrier collects."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.spreadsheets import download

from ...actions import conflicts, fulfilment, on_delivery
from ...forms.seller_parcels import CameBackForm, TrackingForm, TrackingLine
from ...queries.parcel_papers import A4, A6, labels_pdf, packing_list_pdf
from ...queries.parcels import chosen, parcels_of, parcels_sent_on, parcels_to_send, parcels_underway, pick_list
from .access import PersonRequest
from .orders import order_page, payable_orders

PDF = "application/pdf"


@require_safe
@login_required
def my_parcels(request: PersonRequest) -> HttpResponse:
    """What waits to be packed, what to take from the shelf, and what was sent today."""
    waiting = parcels_to_send(request.user)
    context = {
        "waiting": waiting,
        "picks": pick_list(waiting),
        "underway": parcels_underway(request.user),
        "sent": parcels_sent_on(request.user, bangkok_day(timezone.now())),
    }
    return render(request, "shop/seller/parcels.html", context)


@require_safe
@login_required
def labels(request: PersonRequest, size: str) -> HttpResponse:
    """Labels of the parcels that were ticked, or of all that wait."""
    if size not in {A6, A4}:
        raise Http404
    orders = _ticked(request)
    return download(labels_pdf(orders, size=size), f"labels-{size}-{_today()}.pdf", PDF)


@require_safe
@login_required
def packing_list(request: PersonRequest) -> HttpResponse:
    """The same parcels, to pack by."""
    return download(packing_list_pdf(_ticked(request), at=timezone.now()), f"packing-list-{_today()}.pdf", PDF)


def _ticked(request: PersonRequest) -> list[Any]:
    """Of what waits and what was sent today; anything else does not exist."""
    today = bangkok_day(timezone.now())
    waiting, sent = parcels_to_send(request.user), parcels_sent_on(request.user, today)
    codes = request.GET.getlist("order")
    orders = chosen([*waiting, *sent], codes) if codes else waiting
    if not orders:
        raise Http404
    return orders


def _today() -> str:
    return bangkok_day(timezone.now()).isoformat()


@require_http_methods(["GET", "POST"])
@login_required
def tracking_numbers(request: PersonRequest) -> HttpResponse:
    """Numbers for many parcels: pasted, looked at, sent. Nothing is sent while one line is wrong."""
    form = TrackingForm(request.POST or None)
    lines: list[TrackingLine] = []
    if request.method == "POST" and form.is_valid():
        lines = form.matched(parcels_of(request.user))
        if "send" in request.POST and not any(line.problem for line in lines):
            return _send_all(request, lines)
    context = {"form": form, "lines": lines, "fine": bool(lines) and not any(line.problem for line in lines)}
    return render(request, "shop/seller/tracking.html", context)


def _send_all(request: PersonRequest, lines: list[TrackingLine]) -> HttpResponse:
    """Each order in a transaction of its own; sent again the same number changes nothing."""
    at, sent = timezone.now(), 0
    for line in lines:
        try:
            fulfilment.ship_order(order=line.order, by=request.user, at=at, carrier=line.carrier, tracking=line.number)
            sent += 1
        except (fulfilment.CannotShip, conflicts.TryAgain) as refused:
            messages.error(request, f"{line.text}: {refused.message}")
    said = ngettext("%(number)s parcel is on its way, the buyer is told.",
                    "%(number)s parcels are on their way, the buyers are told.", sent)  # fmt: skip
    messages.success(request, said % {"number": sent})
    return redirect("my_parcels")


@require_POST
@login_required
def collected(request: PersonRequest, code: str) -> HttpResponse:
    """The carrier has passed the money on."""
    order = get_object_or_404(payable_orders(request), code=code)
    try:
        on_delivery.record_collected(order=order, by=request.user, at=timezone.now())
        messages.success(request, _("Recorded: the money has come."))
    except (on_delivery.NotUnderway, conflicts.TryAgain) as refused:
        messages.error(request, refused.message)
    return redirect("my_order", code=code)


@require_POST
@login_required
def came_back(request: PersonRequest, code: str) -> HttpResponse:
    """Nobody took the parcel."""
    order = get_object_or_404(payable_orders(request), code=code)
    form = CameBackForm(request.POST)
    if not form.is_valid():
        return order_page(request, order, came_back_form=form)
    try:
        on_delivery.record_came_back(order=order, by=request.user, at=timezone.now(), fit=form.cleaned_data["fit"])
        messages.success(request, _("Recorded. The order is closed."))
    except (on_delivery.NotUnderway, conflicts.TryAgain) as refused:
        messages.error(request, refused.message)
    return redirect("my_order", code=code)
