"""An order's own page behind its secret link: pay, send the slip, see the tickets, cancel, review.

The link stands in for signing in, so these pages are kept by no cache, shown by no search engine, and their address is
told to no other site. The policy is ``same-origin`` and not ``no-referrer``: with that, browsers send ``Origin: null``
with every form, which the guard against forged forms rightly refuses.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.pictures import BadPicture
from tourdee.core.qr import qr_png_bytes, qr_svg
from tourdee.core.text import whole_number

from ...actions.orders import CannotCancel, TryAgain, cancel_order
from ...actions.reviews import CannotReview, ReviewedBefore, write_review
from ...actions.slips import SlipUsedBefore, TooManySlips, receive_slip
from ...forms.buyer.orders import ReviewForm, SlipForm
from ...models import Order, OrderLine
from ...queries.calendar import calendar_file
from ...queries.money import refund_quote
from ...queries.order_page import OrderPage
from ...queries.orders import order_by_secret
from ...queries.promises import Promises, deposit_words, promises_of_order
from ...queries.receipts import receipts_on
from ...queries.tickets import ticket_text

View = Callable[..., HttpResponse]


def behind_secret(view: View) -> View:
    """The view gets the page of the order instead of its secret; an unknown secret is 404."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, **named: Any) -> HttpResponse:
        order = order_by_secret(secret)
        if order is None:
            raise Http404
        response = view(request, OrderPage(order, timezone.now()), **named)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def _again(page: OrderPage, at: str = "") -> HttpResponse:
    return redirect(reverse("order_status", args=[page.order.secret]) + at)


def _shown(request: HttpRequest, page: OrderPage, *, status: int = 200, **forms: Any) -> HttpResponse:
    label = _("PromptPay code for this order")
    context = {
        "page": page,
        "order": page.order,
        "qr": qr_svg(page.promptpay_text, label=label) if page.is_payable else "",
        "check_in": qr_svg(ticket_text(page.order), label=_("Ticket of this order"))
        if page.face == "confirmed"
        else "",
        "slip_form": SlipForm(auto_id="slip_%s"),
        "reviews": [(one, ReviewForm(auto_id=f"review_{one.place}_%s")) for one in page.to_review],
        "receipts": receipts_on(page.order),
        "promises": _promises(page),
        "deposit": deposit_words(page.order),
        "here": f"{settings.SITE_URL}{reverse('order_status', args=[page.order.secret])}",
    }
    return render(request, "shop/order.html", context | forms, status=status)


def _promises(page: OrderPage) -> list[Promises]:
    """What was agreed to in a basket is said to who never saw one, before they pay."""
    in_person = page.order.channel in {Order.Channel.CHAT, Order.Channel.COUNTER}
    to_pay = page.face == "waiting" or page.order.on_the_day_satang
    return promises_of_order(page.order, page.lines, page.at) if to_pay and (in_person or page.was_offered) else []


@require_safe
@behind_secret
def status(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """Third page of the checkout, and the order's page for ever after. Who was asked nothing yet, because the order was
    made in a chat, first says where the goods shall go."""
    if page.face == "waiting" and page.needs_address:
        return redirect("order_details", secret=page.order.secret)
    return _shown(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def slip(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """Take the picture of a slip. It proves nothing by itself: the seller looks for the money."""
    form = SlipForm(request.POST, request.FILES, auto_id="slip_%s")
    if request.method != "POST" or not page.takes_slips:
        return _again(page, "#slip")
    if form.is_valid():
        try:
            receive_slip(order=page.order, upload=form.cleaned_data["slip"], at=page.at)
            return _again(page)
        except BadPicture as bad:
            form.add_error("slip", str(bad))
        except (SlipUsedBefore, TooManySlips, TryAgain) as refused:
            form.add_error("slip", refused.message)
    return _shown(request, page, slip_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def cancel(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """First what would come back, to the satang; then, by a form, the cancellation itself."""
    if not page.can_cancel:
        return _again(page)
    quote = refund_quote(page.order, page.at)
    agreed = whole_number(request.POST.get("refund", "")[:20])
    if request.method == "POST" and agreed == quote.total_satang:
        with suppress(CannotCancel):  # then the order's page says what has become of it
            cancel_order(order=page.order, by="buyer", at=page.at)
        return _again(page)
    context = {"page": page, "order": page.order, "quote": quote, "changed": request.method == "POST"}
    return render(request, "shop/cancel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def review(request: HttpRequest, page: OrderPage, place: int) -> HttpResponse:
    """The buyer's word about one line of the order."""
    chosen = next((one for one in page.to_review if one.place == place), None)
    if request.method != "POST" or chosen is None:
        return _again(page)
    form = ReviewForm(request.POST, auto_id=f"review_{place}_%s")
    if form.is_valid() and _written(chosen.line, form, page):
        messages.success(request, _("Thank you! Your review stands on the shop's page."))
        return _again(page)
    forms = [(one, form if one is chosen else ReviewForm(auto_id=f"review_{one.place}_%s")) for one in page.to_review]
    return _shown(request, page, reviews=forms)


def _written(line: OrderLine, form: ReviewForm, page: OrderPage) -> bool:
    try:
        write_review(line=line, at=page.at, **form.said())
    except (CannotReview, ReviewedBefore) as refused:
        form.add_error(None, refused.message)
        return False
    return True


@require_safe
@behind_secret
def qr(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """The PromptPay code as a picture, to be opened in the bank's app on the same phone."""
    if not page.is_payable:
        raise Http404
    return _download(qr_png_bytes(page.promptpay_text), f"promptpay-{page.order.code}.png", "image/png")


@require_safe
@behind_secret
def calendar(request: HttpRequest, page: OrderPage, number: int) -> HttpResponse:
    """One departure for the buyer's calendar."""
    ticket = next((ticket for ticket in page.tickets if ticket.number == number), None)
    if ticket is None or page.face != "confirmed":
        raise Http404
    url = f"{settings.SITE_URL}{reverse('order_status', args=[page.order.secret])}"
    text = calendar_file(page.order, ticket, url=url, at=page.at)
    return _download(text.encode(), f"tourdee-{page.order.code}.ics", "text/calendar; charset=utf-8")


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
