"""The short link of a chat order, and what its buyer fills in that the seller did not know."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.places import places_of
from tourdee.core.text import whole_number

from ...actions.chat_orders import CannotChange, complete_details
from ...actions.conflicts import TryAgain
from ...actions.orders import Refused
from ...forms.buyer.delivery import typed_delivery
from ...forms.buyer.details import DetailsForm, Needs
from ...queries.chat_orders import delivery_of, may_change, shipping_again
from ...queries.delivery_page import ways_of
from ...queries.order_page import OrderPage
from ...queries.orders import order_by_pay_code
from ...queries.shipping import HAND_OVER, POST, CannotDeliver, Delivery
from .checkout import agreement
from .orders import behind_secret

CODE = re.compile(r"[a-z0-9]{10}")


@never_cache
@require_safe
def pay_link(request: HttpRequest, code: str) -> HttpResponse:
    """To the order's own page. Capital letters and blanks of a telephone's keyboard do no harm."""
    code = code.lower()
    order = order_by_pay_code(code) if CODE.fullmatch(code) else None
    if order is None:
        raise Http404
    response = redirect("order_status", secret=order.secret)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def details(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """First how and where to the goods are to come, then name, telephone and house; sent again, it is corrected."""
    if not page.takes_details:
        return redirect("order_status", secret=page.order.secret)
    typed = typed_delivery(request.POST or request.GET, delivery_of(page.order))
    form = _form(request, page, typed.delivery)
    if request.method == "POST" and form.is_valid() and _completed(request, page, form, typed.delivery):
        return redirect("order_status", secret=page.order.secret)
    priced = _priced(page, typed.delivery)
    context = {"page": page, "order": page.order, "form": form, "place": typed, "ways": priced, **priced}
    return render(request, "shop/order/details.html", context)


def _priced(page: OrderPage, delivery: Delivery) -> dict[str, Any]:
    """The ways of the shop and the new total, where it can still change; ``unsure``: the place is not known."""
    order = page.order
    if not page.goods or not may_change(order):
        return {"total": order.total_satang}
    try:
        parcel = shipping_again(order, page.lines, delivery)
    except CannotDeliver as refused:
        return {"total": order.total_satang, "delivery": ways_of(order.shop, delivery, refused.message), "unsure": True}
    assert parcel
    return {
        "total": order.total_satang - order.shipping_satang + parcel.satang,
        "delivery": ways_of(order.shop, delivery),
        "unsure": parcel.way == POST and not delivery.postcode,
    }


def _form(request: HttpRequest, page: OrderPage, delivery: Delivery) -> DetailsForm:
    order = page.order
    known = {
        "name": order.buyer_name, "phone": order.buyer_phone, "email": order.buyer_email, "note": order.note,
        "house": delivery.house, "subdistrict": delivery.subdistrict,
    }  # fmt: skip
    by_post = page.goods and may_change(order) and delivery.way != HAND_OVER
    needs = Needs(goods=bool(page.goods), places=places_of(delivery.postcode) if by_post else ())
    return DetailsForm(request.POST or None, initial=known, needs=needs, notice_link=agreement())


def _completed(request: HttpRequest, page: OrderPage, form: DetailsForm, delivery: Delivery) -> bool:
    shown = whole_number(request.POST.get("total", "")[:20])
    chosen = form.delivery(delivery)
    try:
        complete_details(
            order=page.order, buyer=form.buyer(chosen), delivery=chosen, shown_satang=-1 if shown is None else shown,
            at=page.at,
        )  # fmt: skip
    except (CannotChange, Refused, TryAgain) as refused:
        form.add_error(None, refused.message)
        return False
    return True
