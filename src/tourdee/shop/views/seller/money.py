"""The money of an order: found or not found, paid back; the order cancelled, moved, sent."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...actions import cancellation, conflicts, deposits, fulfilment, gateway_refunds, money, no_seat, slips
from ...forms.seller_orders import (
    AmountForm,
    CancelForm,
    GatewayRefundForm,
    ManualPaymentForm,
    NewDateForm,
    RefundForm,
    RefusalForm,
)
from ...forms.seller_parcels import ShipForm
from ...models import Order, Slip, Way
from ...queries import selling
from ...queries.gateways import charge_of
from ...queries.money import refund_quote
from .access import PersonRequest
from .orders import order_page, payable_orders, seen_orders

MORE_TIME = timedelta(days=3)  # for the rest after a deposit
REFUSED = (
    slips.Underpaid, slips.SlipDecided, slips.ReasonNeeded, money.NotAnAmount, money.PaymentTwice, conflicts.TryAgain,
    cancellation.CannotCancel, cancellation.TooMuchRefund, cancellation.RefundTwice, fulfilment.CannotShip,
    no_seat.CannotResolve, no_seat.NothingLeft, deposits.NothingIsDue,
)  # fmt: skip


def _done(request: PersonRequest, order: Order, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it, say how it went, and show the order as it is now."""
    try:
        act()
    except REFUSED as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, said)
    return redirect("my_order", code=order.code)


def _waiting_slip(request: PersonRequest, public_id: str) -> Slip:
    mine = Slip.objects.filter(order__seller__owner=request.user).select_related("order__shop__owner")
    return get_object_or_404(mine, public_id=public_id)


@require_POST
@login_required
def accept_slip(request: PersonRequest, public_id: str) -> HttpResponse:
    """The money is in the bank: so much of it."""
    slip = _waiting_slip(request, public_id)
    form = AmountForm(request.POST)
    if not form.is_valid():
        order = get_object_or_404(payable_orders(request), pk=slip.order_id)
        return order_page(request, order, amount_form=form)
    typed = form.cleaned_data
    return _done(request, slip.order, lambda: slips.accept_slip(
        slip=slip, by=request.user, satang=typed["satang"], part=typed["part"], at=timezone.now(),
    ), _("Recorded."))  # fmt: skip


@require_POST
@login_required
def refuse_slip(request: PersonRequest, public_id: str) -> HttpResponse:
    """The money is not there; the buyer hears why."""
    slip = _waiting_slip(request, public_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        order = get_object_or_404(payable_orders(request), pk=slip.order_id)
        return order_page(request, order, refusal_form=form)
    reason = form.reason(slip.order.language)
    return _done(request, slip.order, lambda: slips.refuse_slip(
        slip=slip, by=request.user, reason=reason, at=timezone.now(),
    ), _("Refused, and the buyer is told why."))  # fmt: skip


@require_POST
@login_required
def record_payment(request: PersonRequest, code: str) -> HttpResponse:
    """Money that came without a slip."""
    order = get_object_or_404(payable_orders(request), code=code)
    form = ManualPaymentForm(request.POST)
    if not form.is_valid():
        return order_page(request, order, manual_form=form)
    typed = form.cleaned_data
    return _done(request, order, lambda: money.record_manual_payment(
        order=order, by=request.user, satang=typed["satang"], reference=typed["reference"],
        how=typed["how"] or Way.BANK, at=timezone.now(),
    ), _("Recorded."))  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def cancel_order(request: PersonRequest, code: str) -> HttpResponse:
    """The seller cancels: first the refund is shown, then it is done."""
    order = get_object_or_404(payable_orders(request), code=code)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _done(request, order, lambda: cancellation.cancel_order(
            order=order, by="seller", reason=reason, actor=request.user, at=timezone.now(),
        ), _("Cancelled, and the buyer is told."))  # fmt: skip
    quote = refund_quote(order, timezone.now(), whole=True)
    return render(request, "shop/seller/cancel_order.html", {"order": order, "form": form, "quote": quote})


@require_POST
@login_required
def record_refund(request: PersonRequest, code: str) -> HttpResponse:
    """Money went back."""
    order = get_object_or_404(payable_orders(request), code=code)
    form = RefundForm(request.POST)
    if not form.is_valid():
        return order_page(request, order, refund_form=form)
    typed = form.cleaned_data
    return _done(request, order, lambda: cancellation.record_refund(
        order=order, satang=typed["satang"], reference=typed["reference"], way=typed["way"] or Way.BANK,
        by=request.user, at=timezone.now(),
    ), _("Refund recorded."))  # fmt: skip


@require_POST
@login_required
def gateway_refund(request: PersonRequest, public_id: str) -> HttpResponse:
    """Money goes back through the gateway that it came by."""
    charge = charge_of(request.user, public_id)
    if charge is None:
        raise Http404
    form = GatewayRefundForm(request.POST)
    if not form.is_valid():
        order = get_object_or_404(payable_orders(request), pk=charge.order_id)
        return order_page(request, order, gateway_refund_form=form)
    return _done(request, charge.order, lambda: gateway_refunds.ask_refund(
        charge=charge, satang=form.cleaned_data["satang"], by=request.user, at=timezone.now(),
    ), _("Asked for. You see here when it is done."))  # fmt: skip


@require_POST
@login_required
def resolve_no_seat(request: PersonRequest, code: str) -> HttpResponse:
    """A buyer paid and has no seat: another date, the same again, or everything back."""
    order = get_object_or_404(payable_orders(request), code=code)
    refund = request.POST.get("do") == "refund"
    dates = selling.other_dates(order, timezone.now())
    form = NewDateForm(request.POST, choices=selling.date_choices(dates))
    if not refund and not form.is_valid():
        return order_page(request, order, date_form=form)
    chosen = "" if refund else form.cleaned_data["departure"]
    departure = next((one for one in dates if one.public_id == chosen), None)
    return _done(request, order, lambda: no_seat.resolve_paid_no_seat(
        order=order, by=request.user, departure=departure, refund=refund, at=timezone.now(),
    ), _("Done, and the buyer is told."))  # fmt: skip


@require_POST
@login_required
def ship_order(request: PersonRequest, code: str) -> HttpResponse:
    """The goods are on their way."""
    order = get_object_or_404(seen_orders(request), code=code)
    form = ShipForm(request.POST)
    if not form.is_valid():
        return order_page(request, order, ship_form=form)
    typed = form.cleaned_data
    return _done(request, order, lambda: fulfilment.ship_order(
        order=order, by=request.user, carrier=typed["carrier"], tracking=typed["tracking"], at=timezone.now(),
    ), _("Saved, and the buyer is told."))  # fmt: skip


@require_POST
@login_required
def give_more_time(request: PersonRequest, code: str) -> HttpResponse:
    """The rest after a deposit may come three days later."""
    order, now = get_object_or_404(payable_orders(request), code=code), timezone.now()
    until = max(now, order.rest_due_at or now) + MORE_TIME
    return _done(request, order, lambda: deposits.give_more_time(
        order=order, until=until, by=request.user, at=now,
    ), _("Saved, and the buyer is reminded in time."))  # fmt: skip
