"""Guests who pay on the day: the sum, a code to scan, and what is written down when the money is there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tourdee.core.money import baht
from tourdee.core.qr import qr_svg
from tourdee.core.text import whole_number

from ...actions.conflicts import TryAgain
from ...actions.counter import CASH, TRANSFER
from ...actions.on_the_day import NothingToTake, RestChanged, take_rest
from ...actions.payments import PaymentTwice
from ...models import Departure, Order
from ...queries import selling
from ...queries.order_page import OrderPage
from ...queries.orders import order_by_secret
from .access import PersonRequest
from .orders import payable_orders


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_money(request: PersonRequest, code: str) -> HttpResponse:
    """What the guest still pays; a button for cash and one for a transfer that the seller sees in the bank app. For
    anybody who is not paid the page does not exist."""
    order = get_object_or_404(payable_orders(request), code=code)
    departure = _departure(request)
    if request.method == "POST":
        _taken(request, order)
        return redirect("manifest", departure.public_id) if departure else redirect("my_order", code)
    whole = order_by_secret(order.secret)
    assert whole
    page = OrderPage(whole, timezone.now())
    qr = qr_svg(page.promptpay_text, label=_("PromptPay code for this order")) if page.is_payable else ""
    context = {"page": page, "order": whole, "departure": departure, "qr": qr}
    return render(request, "shop/seller/take_money.html", context)


def _departure(request: PersonRequest) -> Departure | None:
    """The list of guests from which one came and to which one goes back."""
    asked = (request.POST.get("departure") or request.GET.get("departure", ""))[:16].replace("\0", "")
    return selling.departures_for(request.user).filter(public_id=asked).first() if asked else None


def _taken(request: PersonRequest, order: Order) -> None:
    how = CASH if request.POST.get("how") == CASH else TRANSFER
    shown = whole_number(request.POST.get("shown", "")[:20])
    try:
        take_rest(order=order, by=request.user, how=how, shown_satang=shown or 0, at=timezone.now())
    except (NothingToTake, RestChanged, PaymentTwice, TryAgain) as refused:
        messages.error(request, refused.message)
    else:
        said = _("Written down: %(amount)s of %(name)s.") % {"amount": baht(shown or 0), "name": order.buyer_name}
        messages.success(request, said)
