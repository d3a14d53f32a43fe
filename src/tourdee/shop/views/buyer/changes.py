"""A buyer changes a booking: fewer people, another date. What it costs or gives back is shown before it is done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from ...queries.change_pages import FewerPage, MovePage, fewer_page, move_page
from ...queries.order_page import OrderPage
from .orders import behind_secret


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def fewer(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """First how many stay, then what comes back, then, by a form, it is done."""
    if not page.can_shrink:
        return redirect("order_status", secret=page.order.secret)
    typed = request.POST if request.method == "POST" else request.GET
    wanted = fewer_page(page.order, kept_by_place(typed), page.at)
    if request.method == "POST" and wanted.quote and _given_up(request, page, wanted):
        return redirect("order_status", secret=page.order.secret)
    asked = any(name.startswith("keep-") for name in typed)
    return render(
        request, "shop/change/fewer.html", {"page": page, "order": page.order, "wanted": wanted, "asked": asked}
    )


def _given_up(request: HttpRequest, page: OrderPage, wanted: FewerPage) -> bool:
    shown = whole_number(request.POST.get("refund", "")[:20])
    try:
        give_up_part(
            order=page.order, keep={line.pk: kept for _place, line, kept in wanted.rows}, by="buyer", at=page.at,
            shown_refund_satang=-1 if shown is None else shown,
        )  # fmt: skip
    except (CannotGiveUp, RefundChanged, TryAgain) as refused:
        messages.error(request, refused.message)
        return isinstance(refused, CannotGiveUp)
    messages.success(request, _("Done. Your order is smaller now."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def move(request: HttpRequest, page: OrderPage, number: int) -> HttpResponse:
    """First the dates with room, then the difference in price, then, by a form, the move."""
    typed = request.POST if request.method == "POST" else request.GET
    since = day_asked(typed.get("from", ""), bangkok_day(page.at))
    wanted = move_page(page.order, number, typed.get("to", "")[:16], page.at, since=since)
    if wanted is None:
        return redirect("order_status", secret=page.order.secret)
    if request.method == "POST" and wanted.quote and _moved(request, page, wanted):
        return redirect("order_status", secret=page.order.secret)
    return render(request, "shop/change/move.html", {"page": page, "order": page.order, "wanted": wanted})


def _moved(request: HttpRequest, page: OrderPage, wanted: MovePage) -> bool:
    assert wanted.quote
    if request.POST.get("difference") != str(wanted.quote.difference_satang):
        messages.error(request, _("The price has changed meanwhile. Please look once more."))
        return False
    try:
        reschedule(
            order=page.order, departure=wanted.departure, to=wanted.quote.departure, by="buyer", at=page.at,
            shown_difference_satang=wanted.quote.difference_satang,
        )  # fmt: skip
    except (CannotMove, Refused, TryAgain) as refused:
        messages.error(request, refused.message)
        return isinstance(refused, CannotMove)
    messages.success(request, _("Done. Here is your new date."))
    return True
