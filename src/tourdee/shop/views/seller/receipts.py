"""Receipts and tax forms of the seller's business."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.spreadsheets import XLSX, Sheet, download, workbook
from tourdee.legal import queries as legal
from tourdee.legal.models import Business

from ... import tables
from ...models import Receipt
from ...queries import tax
from ...queries.etax import CannotTell, etax_xml, has_etax
from ...queries.receipt_paper import receipt_pdf
from ...queries.receipts import receipts_of
from .access import PersonRequest
from .books import EARLIEST, as_file, asked_month, months_beside, with_books

A_PAGE = 40


@require_safe
@with_books
def my_receipts(request: PersonRequest, business: Business) -> HttpResponse:
    """What was written in a month, the newest first."""
    month = asked_month(request)
    written = receipts_of(request.user).filter(at__gte=month.starts_at, at__lt=month.ends_at)
    page = Paginator(written, A_PAGE).get_page(request.GET.get("page"))
    rows = [(receipt, has_etax(receipt)) for receipt in page]
    context = {
        "page": page,
        "rows": rows,
        "business": business,
        "vat": business.charges_vat(bangkok_day(timezone.now())),
    }
    return render(request, "shop/seller/books/receipts.html", context | months_beside(month))


def _mine(request: PersonRequest, public_id: str) -> Receipt:
    return get_object_or_404(receipts_of(request.user), public_id=public_id)


@require_safe
@with_books
def receipt_file(request: PersonRequest, business: Business, public_id: str) -> HttpResponse:
    """One document as PDF."""
    receipt = _mine(request, public_id)
    return download(receipt_pdf(receipt), f"{receipt.code}.pdf", "application/pdf")


@require_safe
@with_books
def receipt_xml(request: PersonRequest, business: Business, public_id: str) -> HttpResponse:
    """Its e-Tax data alone."""
    receipt = _mine(request, public_id)
    try:
        return download(etax_xml(receipt), f"{receipt.code}.xml", "application/xml")
    except CannotTell:
        raise Http404 from None


def _asked_year(request: PersonRequest) -> int:
    today = bangkok_day(timezone.now())
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today.year
    if not EARLIEST <= year <= today.year:
        raise Http404
    return year


@require_safe
@with_books
def my_taxes(request: PersonRequest, business: Business) -> HttpResponse:
    """A year by month, what each tax form asks, and the tables for it."""
    year = _asked_year(request)
    lines = tax.months(tax.papers_of_year(business, year))
    this_year = bangkok_day(timezone.now()).year
    gross = sum(line.received - line.taken_back for line in lines)
    context = {
        "business": business,
        "year": year,
        "years": range(this_year, max(EARLIEST, this_year - 4), -1),
        "lines": [(date(year, line.month, 1), line) for line in lines if line.received or line.taken_back],
        "half": tax.half_year(lines),
        "whole": tax.whole_year(lines),
        "gross": gross,
        "must_register": gross > tax.VAT_FROM_SATANG and not business.vat_from,
        "nearly": tax.VAT_WARN_SATANG <= gross <= tax.VAT_FROM_SATANG and not business.vat_from,
        "vat": business.vat_from is not None,
        "rate": legal.vat_rate_on(bangkok_day(timezone.now())),
    }
    return render(request, "shop/seller/books/taxes.html", context)


@require_safe
@with_books
def income_file(request: PersonRequest, business: Business, kind: str) -> HttpResponse:
    """Every receipt and note of a year (``half=1``: January to June); in XLSX with a sheet by month."""
    year, half = _asked_year(request), request.GET.get("half") == "1"
    until = date(year, 7, 1) if half else date(year + 1, 1, 1)
    papers = list(tax.papers_between(business, date(year, 1, 1), until))
    table, name = tables.income_table(papers), f"tourdee-income-{year}{'-h1' if half else ''}"
    if kind != "xlsx":
        return as_file(table, name, kind, title=pgettext("tax", "Income"))
    sheets = [Sheet(pgettext("tax", "Income"), *table), Sheet(_("By month"), *tables.months_table(tax.months(papers)))]
    return download(workbook(sheets), f"{name}.xlsx", XLSX)


@require_safe
@with_books
def vat_file(request: PersonRequest, business: Business, kind: str) -> HttpResponse:
    """The sales tax report of a month, behind ภ.พ.30."""
    month = asked_month(request)
    table = tables.vat_table(tax.vat_papers(business, month.first, month.until))
    return as_file(table, f"tourdee-vat-{month.first:%Y-%m}", kind, title=_("Sales tax report"))
