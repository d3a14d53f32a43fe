"""The market of all open shops."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tourdee.core.province_map import province_map as map_of
from tourdee.core.provinces import province_name

from ...forms.buyer.market import MarketForm
from ...queries.storefront import (
    MOST_LISTED,
    MarketFilters,
    market_products,
    market_tours,
    named_community,
    product_cards,
    tour_cards,
    tours_by_province,
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
    context["from_day"] = filters.day.isoformat() if filters.day else ""  # a tour's page begins with it
    context["community"] = named_community(filters.community) if filters.community else None
    return render(request, "shop/market.html", context)


def _teasers(filters: MarketFilters) -> dict[str, Any]:
    at = timezone.now()
    only_tours = filters.day or filters.language or filters.audience
    products = [] if only_tours else product_cards(market_products(filters, first=TEASER)[:TEASER])
    return {"tours": tour_cards(market_tours(filters, at, first=TEASER)[:TEASER], at), "products": products}


def _page_of(request: HttpRequest, filters: MarketFilters) -> dict[str, Any]:
    at, is_product = timezone.now(), filters.kind == "product"
    rows = market_products(filters) if is_product else market_tours(filters, at)
    page: Page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "")[:6])
    cards = product_cards(page.object_list) if is_product else tour_cards(page.object_list, at)
    return {"page": page, "cards": cards, "most_listed": MOST_LISTED}


@require_safe
def province_map(request: HttpRequest) -> HttpResponse:
    """Where tours and workshops are on sale; a province leads to what it has."""
    numbers = tours_by_province(timezone.now())
    language = get_language() or "th"
    drawing = map_of(_("Provinces with tours"), numbers, language=language, link=_in_province, say=_so_many)
    named = sorted(
        (province_name(code, language), _in_province(code), _so_many(number)) for code, number in numbers.items()
    )
    return render(request, "shop/map.html", {"drawing": drawing, "provinces": named})


def _in_province(code: int) -> str:
    return f"{reverse('market')}?province={code}"


def _so_many(number: int) -> str:
    return ngettext("%(number)s tour or workshop", "%(number)s tours or workshops", number) % {"number": number}


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
