"""The market of all open shops."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...forms.buyer.market import MarketForm
from ...queries.storefront import (
    MarketFilters,
    market_products,
    market_tours,
    named_community,
    product_cards,
    tour_cards,
)

PAGE_SIZE = 24
TEASER = 8  # of each kind on the first tab


@require_safe
def market(request: HttpRequest) -> HttpResponse:
    """Tours, workshops and products: newest of each on the first tab, one kind by pages on the others."""
    form = MarketForm(request.GET or None, auto_id="f_%s") if request.GET else MarketForm({}, auto_id="f_%s")
    filters = form.filters()
    listed = _page_of(request, filters) if filters.kind else _teasers(filters)
    context = {"form": form, "filters": filters, "tabs_of_market": _tabs(request, filters), **listed}
    context["community"] = named_community(filters.community) if filters.community else None
    return render(request, "shop/market.html", context)


def _teasers(filters: MarketFilters) -> dict[str, Any]:
    at = timezone.now()
    products = [] if filters.day else product_cards(market_products(filters)[:TEASER])
    return {"tours": tour_cards(market_tours(filters, at)[:TEASER], at), "products": products}


def _page_of(request: HttpRequest, filters: MarketFilters) -> dict[str, Any]:
    at, is_product = timezone.now(), filters.kind == "product"
    rows = market_products(filters) if is_product else market_tours(filters, at)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "")[:6])
    cards = product_cards(page.object_list) if is_product else tour_cards(page.object_list, at)
    return {"page": page, "cards": cards}


def _tabs(request: HttpRequest, filters: MarketFilters) -> list[dict[str, Any]]:
    """The tabs keep what was searched for; only the page number starts anew."""
    kinds = [("", _("All")), ("tour", _("Tours")), ("workshop", _("Workshops")), ("product", _("Products"))]
    return [
        {"url": _with_kind(request, kind), "label": label, "current": filters.kind == kind} for kind, label in kinds
    ]


def _with_kind(request: HttpRequest, kind: str) -> str:
    query = request.GET.copy()
    for name in ("page", "kind"):
        query.pop(name, None)
    if kind:
        query["kind"] = kind
    return "?" + query.urlencode()
