"""Paying an order through a gateway: choose, wait a moment for its code or page, pay, see it confirmed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tourdee.core.qr import qr_svg

from ...actions.charges import CannotPay, ask_to_pay
from ...actions.conflicts import TryAgain
from ...models import GatewayCharge
from ...payment_methods import mode
from ...queries.gateways import offers_for
from ...queries.order_page import OrderPage
from ...queries.slip_answers import wanted_satang
from .orders import behind_secret

STATUS = GatewayCharge.Status
LOOK_AGAIN_SECONDS = {STATUS.ASKED: "2", STATUS.OPEN: "10"}


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def pay(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """The charge in hand, as it stands; a form asks for one. It works without scripts: the page looks again by itself."""
    if request.method == "POST":
        return _asked(request, page)
    charge = page.order.charges.select_related("service").first()
    if charge is None or charge.status == STATUS.PAID:
        return redirect("order_status", secret=page.order.secret)
    label = _("PromptPay code for this order")
    context = {
        "page": page, "order": page.order, "charge": charge, "mode": mode(),
        "qr": qr_svg(charge.code, label=label) if charge.status == STATUS.OPEN and charge.code else "",
        "offers": offers_for(page.order, wanted_satang(page.order)),
    }  # fmt: skip
    response = render(request, "shop/order_pay.html", context)
    if seconds := LOOK_AGAIN_SECONDS.get(STATUS(charge.status)):
        response.headers["Refresh"] = seconds
    return response


def _asked(request: HttpRequest, page: OrderPage) -> HttpResponse:
    chosen = request.POST.get("method", "")
    offer = next((one for one in offers_for(page.order, wanted_satang(page.order)) if one.method == chosen), None)
    if offer is None:
        return redirect("order_status", secret=page.order.secret)
    try:
        ask_to_pay(order=page.order, service=offer.service, method=offer.method, at=page.at)
    except (CannotPay, TryAgain):  # then the order's page says what has become of it
        return redirect("order_status", secret=page.order.secret)
    return redirect("order_pay", secret=page.order.secret)
