"""Orders for the seller: found, read, taken out as a table."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.pictures import private_picture
from tourdee.core.spreadsheets import CSV, csv_text, download

from ...carriers import NAMES, tracking_page
from ...forms.seller_orders import (
    AmountForm,
    CancelForm,
    GatewayRefundForm,
    ManualPaymentForm,
    NewDateForm,
    RefundForm,
    RefusalForm,
)
from ...forms.seller_parcels import CameBackForm, ShipForm
from ...models import Order, OrderLine, Slip
from ...queries import selling
from ...queries.gateways import failed_refunds, open_refunds, refundable_charges
from ...queries.moves import can_move
from ...queries.order_list import CHANNELS, NEWEST, SORTS, Asked, listed
from ...queries.order_page import OrderPage
from ...queries.orders import orders_of, orders_to_handle_for, payable_orders_of
from ...queries.parcels import parcel_of
from ...queries.receipts import receipts_on
from .access import PersonRequest

A_PAGE = 20
MOST_ROWS = 5000
STATUS = Order.Status


@require_safe
@login_required
def my_orders(request: PersonRequest) -> HttpResponse:
    """By status with counts; found by code, name or phone; what waits stands above."""
    asked = _asked(request)
    now = timezone.now()
    page = Paginator(_orders(request, asked), A_PAGE).get_page(request.GET.get("page"))
    counts = selling.order_counts(orders_of(request.user))
    context = {
        "page": page,
        "statuses": [("", _("All"), sum(counts.values())), *((one.value, _status(one), counts[one]) for one in STATUS)],
        "status": asked.status,
        "words": asked.words,
        "any": any(counts.values()),
        "asked": asked,
        "channels": CHANNELS.items(),
        "sorts": SORTS.items(),
        "to_handle": orders_to_handle_for(request.user, now),
        "departures": selling.departures_soon(request.user, now)[:3],
    }
    return render(request, "shop/seller/orders.html", context)


def _asked(request: PersonRequest) -> Asked:
    asked = request.GET
    status, channel, sort = asked.get("status", ""), asked.get("channel", ""), asked.get("sort", "")
    return Asked(
        status=status if status in STATUS.values else "",
        words=asked.get("q", "")[:80],
        channel=channel if channel in Order.Channel.values else "",
        sort=sort if sort in SORTS else NEWEST,
    )


def _orders(request: PersonRequest, asked: Asked) -> QuerySet[Order]:
    return listed(orders_of(request.user, status=asked.status, words=asked.words), asked)


def _status(status: str) -> str:
    return str(selling.order_status_words(status))


@require_safe
@login_required
def my_orders_csv(request: PersonRequest) -> HttpResponse:
    """The same orders as a table, a line for each thing ordered."""
    orders = _orders(request, _asked(request))[:MOST_ROWS]
    header = [_("Order number"), _("Placed"), _("Status"), _("Sold by way of"), _("Buyer"), _("Phone"), _("E-mail"),
              _("What"), _("Quantity"), _("Unit price"), _("Total"), _("Paid"), _("Refunded")]  # fmt: skip
    rows = [_row(order, line) for order in orders for line in order.lines.all()]
    name = f"tourdee-orders-{bangkok_day(timezone.now()).isoformat()}.csv"
    return download(csv_text(header, rows), name, CSV)


def _row(order: Order, line: OrderLine) -> list[Any]:
    return [
        order.code, order.placed_at, _status(order.status), str(CHANNELS[Order.Channel(order.channel)]),
        order.buyer_name, order.buyer_phone, order.buyer_email,
        line.name_th, line.quantity, *(Decimal(satang) / 100 for satang in
        (line.unit_price_satang, order.total_satang, order.paid_satang, order.refunded_satang)),
    ]  # fmt: skip


def seen_orders(request: PersonRequest) -> QuerySet[Order]:
    """Orders of the own shop, and those paid to the own business."""
    return orders_of(request.user).select_related("shop__owner", "seller__owner")


def payable_orders(request: PersonRequest) -> QuerySet[Order]:
    """Orders whose money comes to the own business; only its owner can look into the bank."""
    return payable_orders_of(request.user).select_related("shop__owner", "seller__owner")


@require_safe
@login_required
def my_order(request: PersonRequest, code: str) -> HttpResponse:
    """One order: who, what, the money, and what can be done now."""
    return order_page(request, get_object_or_404(seen_orders(request), code=code))


def order_page(request: PersonRequest, order: Order, **bound: Any) -> HttpResponse:
    """The page with its forms; ``bound`` are those that were refused, with what was typed."""
    now = timezone.now()
    page = OrderPage(order, now)
    missing = order.missing_satang
    pays_me = order.seller.owner_id == request.user.pk
    waiting = [slip for slip in order.slips.all() if slip.status == Slip.Status.WAITING]
    others = selling.other_dates(order, now) if order.status == STATUS.PAID_NO_SEAT else []
    context = {
        "order": order,
        "status_words": _status(order.status),
        "pays_me": pays_me,
        "missing": missing,
        "waiting": waiting if pays_me else [],
        "decided": [slip for slip in order.slips.all() if slip.status != Slip.Status.WAITING] if pays_me else [],
        "amount_form": AmountForm(),  # empty: who types the amount has looked into the bank
        "manual_form": ManualPaymentForm(initial={"satang": missing or None}),
        "refusal_form": RefusalForm(),
        "gateway_refund_form": GatewayRefundForm(),
        "refundable": refundable_charges(order) if pays_me else [],
        "open_refunds": open_refunds(order) if pays_me else [],
        "failed_refunds": failed_refunds(order) if pays_me else [],
        "refund_form": RefundForm(initial={"satang": order.refund_due_satang or None}),
        "ship_form": ShipForm(initial={"carrier": order.carrier, "tracking": order.tracking_number}),
        "date_form": NewDateForm(choices=selling.date_choices(others)),
        "other_dates": others,
        "cancel_form": CancelForm(),
        "carriers": NAMES,
        "tracking_page": tracking_page(order.carrier, order.tracking_number),
        "parcel": parcel_of(order),
        "came_back_form": CameBackForm(),
        "returns": order.returns.prefetch_related("lines__line"),
        "has_goods": any(line.variant_id for line in order.lines.all()),
        "notes": order.notes.all(),
        "movable": [ticket.number for ticket in page.tickets if can_move(order, ticket.lines, now, by_seller=True)],
        "can_shrink": page.can_shrink,
        "receipts": receipts_on(order) if pays_me else [],
    }
    return render(request, "shop/seller/order.html", context | bound)


@require_safe
@login_required
def slip_picture(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """A slip, for whoever is paid; for anybody else it does not exist."""
    slip = get_object_or_404(Slip, public_id=public_id, order__seller__owner=request.user)
    return private_picture(slip.picture)
