"""The short link of a chat order, and what its buyer fills in that the seller did not know."""

import re
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.places import places_of
from tourdee.core.text import whole_number

from ...actions.chat_orders import CannotChange, complete_details
from ...actions.conflicts import TryAgain
from ...actions.orders import NotOnDelivery, Refused
from ...forms.buyer.delivery import typed_delivery
from ...forms.buyer.details import NOW, ON_DELIVERY, DetailsForm, Needs
from ...models import Order
from ...queries.chat_orders import delivery_of, may_change, things_of
from ...queries.delivery_page import DeliveryPage, ways_of
from ...queries.guest_pays import WaysToPay, ways_to_pay
from ...queries.order_page import OrderPage
from ...queries.orders import order_by_pay_code
from ...queries.shipping import HAND_OVER, CannotDeliver, Delivery
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


@dataclass(frozen=True)
class Priced:
    """The ways of the shop to send and to be paid, where the order can still change; else nothing but its total."""

    pay: WaysToPay
    delivery: DeliveryPage | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def details(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """First how and where to the goods are to come, then name, telephone and house, and how it is paid; sent again, it
    is corrected."""
    if not page.takes_details:
        return redirect("order_status", secret=page.order.secret)
    typed = typed_delivery(request.POST or request.GET, delivery_of(page.order))
    priced = _priced(page, typed.delivery)
    form = _form(request, page, typed.delivery, priced.pay)
    if request.method == "POST" and form.is_valid() and _completed(request, page, form, typed.delivery):
        return redirect("order_status", secret=page.order.secret)
    context = {
        "page": page, "order": page.order, "form": form, "place": typed, "priced": priced, "pay": priced.pay,
        "things": things_of(page.lines),
    }  # fmt: skip
    return render(request, "shop/order/details.html", context)


def _priced(page: OrderPage, delivery: Delivery) -> Priced:
    order = page.order
    as_it_is = WaysToPay(order.total_satang)
    if not page.goods or not may_change(order):
        return Priced(as_it_is)
    try:
        return Priced(ways_to_pay(order, page.lines, delivery), ways_of(order.shop, delivery))
    except CannotDeliver as refused:
        return Priced(replace(as_it_is, sure=False), ways_of(order.shop, delivery, refused.message))


def _form(request: HttpRequest, page: OrderPage, delivery: Delivery, pay: WaysToPay) -> DetailsForm:
    """A form that was sent with the choice keeps it, so that it is said why it cannot be made any more."""
    order = page.order
    known = {
        "name": order.buyer_name, "phone": order.buyer_phone, "email": order.buyer_email, "note": order.note,
        "house": delivery.house, "subdistrict": delivery.subdistrict,
        "pay_by": ON_DELIVERY if order.pay_by == Order.PayBy.ON_DELIVERY else NOW,
    }  # fmt: skip
    by_post = page.goods and may_change(order) and delivery.way != HAND_OVER
    in_cash = pay.on_delivery if pay.on_delivery is not None else _number(request, "total_on_delivery")
    needs = Needs(
        goods=bool(page.goods), places=places_of(delivery.postcode) if by_post else (), on_delivery=in_cash,
        now=pay.now, fee=pay.fee,
    )  # fmt: skip
    return DetailsForm(request.POST or None, initial=known, needs=needs, notice_link=agreement())


def _completed(request: HttpRequest, page: OrderPage, form: DetailsForm, delivery: Delivery) -> bool:
    chosen = form.delivery(delivery)
    shown = _number(request, "total_on_delivery" if chosen.on_delivery else "total")
    try:
        complete_details(
            order=page.order, buyer=form.buyer(chosen), delivery=chosen, shown_satang=-1 if shown is None else shown,
            at=page.at, shown_things=request.POST.get("things", ""),
        )  # fmt: skip
    except (CannotChange, Refused, TryAgain) as refused:
        form.add_error("pay_by" if isinstance(refused, NotOnDelivery) else None, refused.message)
        return False
    return True


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.POST.get(name, "")[:20])
