"""Selling while one talks: choose what, type a name, send a link or take the money."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.qr import qr_svg
from tourdee.core.text import whole_number

from ...actions import chat_orders, counter
from ...actions.conflicts import TryAgain
from ...actions.orders import CannotCancel, CannotDeliver, KeyReused, NotOnDelivery, Refused, cancel_order
from ...forms.days import day_asked
from ...forms.seller_discount import discount_of
from ...forms.seller_in_person import ON_DELIVERY, ChatForm, CounterForm, InPersonForm, as_typed
from ...models import Order, Shop
from ...queries.baskets import Basket
from ...queries.chat_orders import priced_again
from ...queries.in_person import (
    MOST_DATES,
    ToSell,
    departure_to_sell,
    departures_to_sell,
    paste_texts,
    pay_address,
    to_sell,
    tours_to_sell,
    variants_to_sell,
    what_it_costs,
)
from ...queries.order_page import OrderPage
from ...queries.orders import order_by_secret
from .access import PersonRequest, with_shop
from .orders import seen_orders

CHAT, COUNTER = "chat", "counter"
REFUSED = (Refused, CannotDeliver, TryAgain, chat_orders.HoldTooLong, chat_orders.CannotChange)


@require_safe
@with_shop
def sell(request: PersonRequest, shop: Shop, way: str = CHAT) -> HttpResponse:
    """What shall it be: a date (of a day or later, if asked), or goods alone."""
    at = timezone.now()
    since = day_asked(request.GET.get("from", ""), bangkok_day(at))
    tours = tours_to_sell(shop, at)
    chosen = request.GET.get("tour", "")
    tour = chosen if chosen in {one.public_id for one in tours} else ""
    departures = departures_to_sell(shop, at, since, tour)
    context = {
        "way": way,
        "guest": request.GET.get("name", "")[:120],
        "departures": departures,
        "tours": tours,
        "tour": tour,
        "since": since,
        "more_since": bangkok_day(departures[-1].starts_at) if len(departures) == MOST_DATES else None,
        "has_goods": bool(variants_to_sell(shop)),
    }
    return render(request, "shop/seller/sell.html", context)


def _chosen(request: PersonRequest, shop: Shop, at: datetime) -> ToSell:
    return to_sell(shop, departure_to_sell(shop, request.GET.get("departure", ""), at))


def _known(request: PersonRequest) -> dict[str, str]:
    """The guest's name, where a talk with them led here."""
    return {"name": request.GET.get("name", "").replace("\0", "")[:120]}


def _page(request: PersonRequest, way: str, form: InPersonForm, **more: Any) -> HttpResponse:
    context = {"way": way, "form": form, "departure": form.departure, "key": _sent_key(request) or _new_key(), **more}
    return render(request, "shop/seller/sell_form.html", context)


def _sent_key(request: PersonRequest) -> str:
    return request.POST.get("key", "")[:64]


def _new_key() -> str:
    return secrets.token_urlsafe(18)


def _sum(
    request: PersonRequest, way: str, form: InPersonForm, priced: Callable[..., Basket], **more: Any
) -> HttpResponse:
    """The form with what it would cost, before anything is sold."""
    if form.is_valid():
        try:
            more["basket"] = priced(**form.asked())
        except REFUSED as refused:
            _say(form, refused)
    return _page(request, way, form, **more)


def _say(form: InPersonForm, refused: Any) -> None:
    """Where the eye is: what is wrong with the way to pay stands at that choice."""
    at_choice = isinstance(refused, NotOnDelivery) and "how" in form.fields
    form.add_error("how" if at_choice else None, refused.message)


def _shown(request: PersonRequest) -> int | None:
    """The total that the seller was shown, where they asked for it."""
    return whole_number(request.POST.get("shown", "")[:20])


@require_http_methods(["GET", "POST"])
@with_shop
def sell_in_chat(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The order is made while chatting; what comes of it is a link to paste."""
    at = timezone.now()
    form = ChatForm(request.POST or None, initial=_known(request), to_sell=_chosen(request, shop, at))
    if "sum" in request.POST:
        return _sum(request, CHAT, form, partial(what_it_costs, shop, at=at))
    if request.method == "POST" and form.is_valid():
        try:
            order = chat_orders.make_chat_order(
                shop=shop, by=request.user, buyer=form.guest(), items=form.items(), hold=form.for_how_long(),
                idempotency_key=_sent_key(request), at=at, agreed=form.agreed(),
                shown_satang=_shown(request),
            )  # fmt: skip
        except REFUSED as refused:
            _say(form, refused)
        else:
            return redirect("chat_order", code=order.code)
    return _page(request, CHAT, form)


@require_http_methods(["GET", "POST"])
@with_shop
def sell_at_counter(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The guest stands here, or is on the telephone."""
    at = timezone.now()
    form = CounterForm(request.POST or None, to_sell=_chosen(request, shop, at))
    if "sum" in request.POST:
        return _sum(request, COUNTER, form, partial(what_it_costs, shop, at=at, ships=False))
    if request.method == "POST" and form.is_valid():
        try:
            order = _sold(request, shop, form, at)
        except REFUSED as refused:
            _say(form, refused)
        else:
            return redirect("counter_order", code=order.code)
    return _page(request, COUNTER, form)


def _sold(request: PersonRequest, shop: Shop, form: CounterForm, at: datetime) -> Order:
    typed = form.cleaned_data
    order = counter.sell_at_counter(
        shop=shop, by=request.user, buyer=form.buyer(), items=form.items(), how=typed["how"],
        idempotency_key=_sent_key(request), at=at, wishes=form.wishes(), discount=form.discount(),
        shown_satang=_shown(request),
    )  # fmt: skip
    if typed.get("handed_over"):
        counter.hand_over(order=order, by=request.user, at=at)
    return order


# ------------------------------------------------------------------ after it was made
def _own(request: PersonRequest, code: str, channel: str) -> OrderPage:
    order = get_object_or_404(seen_orders(request).filter(shop__owner=request.user), code=code, channel=channel)
    whole = order_by_secret(order.secret)
    assert whole
    return OrderPage(whole, timezone.now())


@require_safe
@login_required
def chat_order(request: PersonRequest, code: str) -> HttpResponse:
    """The text to paste, the link, and what has become of it."""
    page = _own(request, code, Order.Channel.CHAT)
    link = pay_address(page.order)
    context = {
        "page": page,
        "order": page.order,
        "link": link,
        "texts": paste_texts(page.order, page.lines),
        "code": qr_svg(link, label=_("Code of the pay link")),
        "may_change": chat_orders.may_change(page.order),
    }
    return render(request, "shop/seller/chat_order.html", context)


@require_safe
@login_required
def chat_status(request: PersonRequest, code: str) -> HttpResponse:
    """What the open page asks for again and again."""
    page = _own(request, code, Order.Channel.CHAT)
    return render(request, "shop/seller/_chat_status.html", {"page": page, "order": page.order})


@require_http_methods(["GET", "POST"])
@login_required
def change_chat_order(request: PersonRequest, code: str) -> HttpResponse:
    """Other things, other numbers, more time, as long as nothing is paid. What is sent again is for the act to know."""
    page = _own(request, code, Order.Channel.CHAT)
    saves = request.method == "POST" and "sum" not in request.POST
    if not saves and not chat_orders.may_change(page.order):
        messages.error(request, chat_orders.CannotChange().message)
        return redirect("chat_order", code=code)
    seats = next((line for line in page.lines if line.departure), None)
    offered = to_sell(page.order.shop, seats.departure if seats else None)
    form = ChatForm(request.POST or None, initial=_begun(page), to_sell=offered)
    more = {"order": page.order, "gone": form.no_longer_offered(page.lines)}
    if "sum" in request.POST:
        return _sum(request, CHAT, form, partial(priced_again, page.order, at=page.at), **more)
    if saves and form.is_valid():
        try:
            _change(request, page, form)
        except KeyReused as used:
            form.add_error(None, used.message)
            more["key"] = _new_key()
        except REFUSED as refused:
            _say(form, refused)
        else:
            return redirect("chat_order", code=code)
    return _page(request, CHAT, form, **more)


def _begun(page: OrderPage) -> dict[str, Any]:
    order = page.order
    parcel = getattr(order, "parcel", None)
    known = {
        "name": order.buyer_name, "phone": order.buyer_phone, "note": order.note, "language": order.language,
        "address": parcel.label if parcel and parcel.postcode else "",
    }  # fmt: skip
    how = {"how": ON_DELIVERY} if order.pay_by == Order.PayBy.ON_DELIVERY else {}
    return as_typed(page.lines) | discount_of(order) | known | how


def _change(request: PersonRequest, page: OrderPage, form: ChatForm) -> None:
    """Raises what the act raises."""
    chat_orders.change_chat_order(
        order=page.order, by=request.user, buyer=form.guest(), items=form.items(), hold=form.for_how_long(),
        idempotency_key=_sent_key(request), at=page.at, agreed=form.agreed(), shown_satang=_shown(request),
    )  # fmt: skip
    messages.success(request, _("Changed. The link stays the same."))


@require_POST
@login_required
def withdraw_chat_order(request: PersonRequest, code: str) -> HttpResponse:
    """The guest thought better of it; seats and goods are free again."""
    page = _own(request, code, Order.Channel.CHAT)
    try:
        if not chat_orders.may_change(page.order):
            raise CannotCancel
        cancel_order(order=page.order, by="seller", at=page.at, actor=request.user)
    except (CannotCancel, TryAgain) as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Withdrawn. The link no longer takes money."))
    return redirect("my_order", code=code)


@require_safe
@login_required
def counter_order(request: PersonRequest, code: str) -> HttpResponse:
    """Big enough to be seen across the table: the sum, the code, and two buttons."""
    page = _own(request, code, Order.Channel.COUNTER)
    shown = page.is_payable and (page.face == "waiting" or page.order.on_the_day_satang)
    qr = qr_svg(page.promptpay_text, label=_("PromptPay code for this order")) if shown else ""
    mine = page.order.seller.owner_id == request.user.pk
    return render(
        request, "shop/seller/counter_order.html", {"page": page, "order": page.order, "qr": qr, "mine": mine}
    )


@require_POST
@login_required
def counter_paid(request: PersonRequest, code: str) -> HttpResponse:
    """The money is there, in the hand or in the bank."""
    page = _own(request, code, Order.Channel.COUNTER)
    order = get_object_or_404(Order, pk=page.order.pk, seller__owner=request.user)
    how = counter.CASH if request.POST.get("how") == counter.CASH else counter.TRANSFER
    try:
        counter.take_counter_money(order=order, by=request.user, how=how, at=page.at)
    except (counter.NotAtCounter, TryAgain) as refused:
        messages.error(request, refused.message)
    return redirect("counter_order", code=code)
