"""The seller's books: entries, days, receipts, what the tax forms ask, what a gateway paid out."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.spreadsheets import CSV, XLSX, Sheet, csv_text, download, workbook
from tourdee.legal import queries as legal
from tourdee.legal.models import Business

from ... import tables
from ...actions import books
from ...forms.books import PayoutForm
from ...models.books import MONEY, OWED_BY_US, OWED_TO_US, Account
from ...queries import ledger
from .access import PersonRequest

A_PAGE = 60
ALL_MONEY = "money"
EARLIEST = 2020


def with_books(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the person's own business; who has none is led to open a shop."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        business = legal.business_of(request.user)
        if business is None:
            return redirect("my_shop")
        return view(request, business, *args, **kwargs)

    return guarded


def asked_month(request: HttpRequest) -> ledger.Span:
    """The month of the address (``2026-11``), this one where none is named."""
    today = bangkok_day(timezone.now())
    typed = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{typed}-01") if typed else today
    except ValueError:
        raise Http404 from None
    if not EARLIEST <= first.year <= today.year + 1:
        raise Http404
    return ledger.month_of(first)


def _asked_days(request: HttpRequest, month: ledger.Span) -> ledger.Span:
    """One day of the month, or all of it."""
    typed = request.GET.get("day", "")
    try:
        day = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Http404 from None
    return ledger.day_span(day) if day and month.first <= day < month.until else month


def _asked_accounts(request: HttpRequest) -> tuple[str, tuple[str, ...]]:
    chosen = request.GET.get("account", ALL_MONEY)
    return (chosen, (chosen,)) if chosen in Account.values else (ALL_MONEY, MONEY)


def months_beside(month: ledger.Span) -> dict[str, Any]:
    """For the links to the month before and after."""
    today = bangkok_day(timezone.now())
    return {
        "month": month.first,
        "month_before": ledger.month_of(month.first - timedelta(days=1)).first,
        "month_after": month.until if month.until <= today else None,
    }


@require_safe
@with_books
def my_books(request: PersonRequest, business: Business) -> HttpResponse:
    """The month at a glance, the entries of an account with its balance after each, the newest first."""
    month = asked_month(request)
    span = _asked_days(request, month)
    account, accounts = _asked_accounts(request)
    found = ledger.entries(business, span, accounts)
    lines = ledger.days(business, month)
    now = ledger.balances(business)
    context = {
        "page": Paginator(found[::-1], A_PAGE).get_page(request.GET.get("page")),
        "account": account,
        "accounts": [(ALL_MONEY, _("All money")), *Account.choices],
        "day": span.first if span != month else None,
        "total": ledger.total_of(lines, month.first),
        "stands": [
            (Account(name).label, abs(now[name])) for name in (*MONEY, *OWED_TO_US, *OWED_BY_US) if now.get(name)
        ],
        "has_gateway": Account.GATEWAY in now,
    }
    return render(request, "shop/seller/books/books.html", context | months_beside(month))


@require_safe
@with_books
def books_file(request: PersonRequest, business: Business, kind: str) -> HttpResponse:
    """The entries that the page shows, as CSV or XLSX."""
    span = _asked_days(request, asked_month(request))
    table = tables.entries_table(ledger.entries(business, span, _asked_accounts(request)[1]))
    return as_file(table, f"tourdee-books-{span.first:%Y-%m}", kind, title=_("Books"))


def as_file(table: tables.Table, name: str, kind: str, *, title: str) -> HttpResponse:
    """A table to take away. Raises Http404 for a kind that we do not write."""
    header, rows = table
    if kind == "csv":
        return download(csv_text(header, rows), f"{name}.csv", CSV)
    if kind == "xlsx":
        return download(workbook([Sheet(title, header, rows)]), f"{name}.xlsx", XLSX)
    raise Http404


@require_safe
@with_books
def my_days(request: PersonRequest, business: Business) -> HttpResponse:
    """The daily summary of a month, to print."""
    month = asked_month(request)
    lines = ledger.days(business, month)
    context = {"business": business, "lines": lines, "total": ledger.total_of(lines, month.first)}
    return render(request, "shop/seller/books/days.html", context | months_beside(month))


@require_safe
@with_books
def days_file(request: PersonRequest, business: Business, kind: str) -> HttpResponse:
    """The daily summary as CSV or XLSX."""
    month = asked_month(request)
    table = tables.days_table(ledger.days(business, month))
    return as_file(table, f"tourdee-days-{month.first:%Y-%m}", kind, title=_("Day by day"))


@require_http_methods(["GET", "POST"])
@with_books
def payout(request: PersonRequest, business: Business) -> HttpResponse:
    """Money that waited at a gateway has arrived."""
    form = PayoutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            books.record_payout(business=business, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (books.PayoutTwice, books.NotAPayout) as refused:
            form.add_error("satang", refused.message)
        else:
            messages.success(request, _("Recorded."))
            return redirect("my_books")
    waiting = ledger.balances(business).get(Account.GATEWAY, 0)
    return render(request, "shop/seller/books/payout.html", {"form": form, "waiting": waiting})
