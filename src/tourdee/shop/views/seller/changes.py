"""The seller makes a booking smaller or moves it, for a guest who called, or for a reason of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tourdee.core.dates import bangkok_day
from tourdee.core.text import whole_number

from ...actions.conflicts import TryAgain
from ...actions.orders import Refused
from ...actions.part_cancellation import CannotGiveUp, RefundChanged, give_up_part
from ...actions.reschedule import CannotMove, reschedule
from ...forms.changes import kept_by_place
from ...forms.days import day_asked
from ...queries.change_pages import fewer_page, move_page
from .access import PersonRequest
from .orders import payable_orders


@require_http_methods(["GET", "POST"])
@login_required
def fewer(request: PersonRequest, code: str) -> HttpResponse:
    """All of the price comes back for what the seller takes out; it is shown before it is done."""
    order = get_object_or_404(payable_orders(request), code=code)
    typed = request.POST if request.method == "POST" else request.GET
    wanted = fewer_page(order, kept_by_place(typed), timezone.now(), by_seller=True)
    if request.method == "POST" and wanted.quote:
        shown = whole_number(request.POST.get("refund", "")[:20])
        try:
            give_up_part(
                order=order, keep={line.pk: kept for _place, line, kept in wanted.rows}, by="seller",
                at=timezone.now(), shown_refund_satang=-1 if shown is None else shown, actor=request.user,
            )  # fmt: skip
        except (CannotGiveUp, RefundChanged, TryAgain) as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("Done, and the buyer is told."))
            return redirect("my_order", code=code)
    return render(request, "shop/seller/fewer.html", {"order": order, "wanted": wanted})


@require_http_methods(["GET", "POST"])
@login_required
def move(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Another date, after the cut-off too; the difference in price is shown before it is done."""
    order = get_object_or_404(payable_orders(request), code=code)
    typed = request.POST if request.method == "POST" else request.GET
    at = timezone.now()
    since = day_asked(typed.get("from", ""), bangkok_day(at))
    wanted = move_page(order, number, typed.get("to", "")[:16], at, by_seller=True, since=since)
    if wanted is None:
        raise Http404
    if request.method == "POST" and wanted.quote:
        difference = wanted.quote.difference_satang
        try:
            if request.POST.get("difference") != str(difference):
                raise CannotMove
            reschedule(
                order=order, departure=wanted.departure, to=wanted.quote.departure, by="seller", at=at,
                shown_difference_satang=difference, actor=request.user,
            )  # fmt: skip
        except (CannotMove, Refused, TryAgain) as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("Done, and the buyer is told."))
            return redirect("my_order", code=code)
    return render(request, "shop/seller/move.html", {"order": order, "wanted": wanted})
