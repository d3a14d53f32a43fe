"""The receipts of an order behind its secret link: to keep, and to have written to a company."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.spreadsheets import download

from ...actions.conflicts import TryAgain
from ...actions.receipts import CannotExchange, exchange_receipt
from ...forms.buyer.receipts import ReceiptForm
from ...models import Receipt
from ...queries.order_page import OrderPage
from ...queries.receipt_paper import receipt_pdf
from ...queries.receipts import can_be_exchanged, receipts_of_order
from .orders import behind_secret


def _receipt(page: OrderPage, public_id: str) -> Receipt:
    found = next((one for one in receipts_of_order(page.order) if one.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


@require_safe
@behind_secret
def receipt(request: HttpRequest, page: OrderPage, public_id: str) -> HttpResponse:
    """One receipt as PDF."""
    found = _receipt(page, public_id)
    return download(receipt_pdf(found), f"{found.code}.pdf", "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def exchange(request: HttpRequest, page: OrderPage, public_id: str) -> HttpResponse:
    """The buyer's name, address and tax id; then a new receipt is written and the old one no longer counts."""
    old = _receipt(page, public_id)
    if not can_be_exchanged(old):
        return _back(page)
    tax_invoice = old.kind in Receipt.WITH_VAT
    initial = {"name": old.buyer_name, "address": old.buyer_address}
    form = ReceiptForm(request.POST or None, tax_invoice=tax_invoice, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            exchange_receipt(receipt=old, buyer=form.buyer(), at=page.at)
            return _back(page)
        except (CannotExchange, TryAgain) as refused:
            form.add_error(None, refused.message)
    context = {"page": page, "order": page.order, "receipt": old, "form": form, "tax_invoice": tax_invoice}
    return render(request, "shop/exchange_receipt.html", context)


def _back(page: OrderPage) -> HttpResponse:
    return redirect(reverse("order_status", args=[page.order.secret]) + "#receipts")
