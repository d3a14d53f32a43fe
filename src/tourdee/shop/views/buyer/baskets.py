"""The basket: first of the three pages of the checkout. Opening it changes nothing; only sending its form does."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...forms.buyer.basket import TypedLine, proposed_lines, typed_lines, typed_wishes
from ...forms.buyer.delivery import TypedDelivery, typed_delivery
from ...models import Shop, Tour
from ...queries.basket_page import basket_page
from ...queries.basket_shops import shop_named, shop_selling, tour_of
from ...queries.baskets import PUBLIC_ID, Item, Wishes
from ...queries.shipping import Delivery
from .kept_basket import KeptBasket, changed, keep_basket, read_basket


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """What lies in the basket, with what a tour's or product's page proposes for it."""
    kept = read_basket(request)
    if request.method == "POST":
        return _changed(request, kept)
    proposed = proposed_lines(request.GET)
    asked = "departure" in request.GET or "variant" in request.GET
    notice = _("Please choose how many.") if asked and not proposed else ""
    tour = tour_of(request.GET.get("departure", "")) if notice else None
    error = _("Please type the postcode to which the goods are sent.") if "place" in request.GET else ""
    return _shown(request, kept, proposed, notice=notice, tour=tour, place=TypedDelivery(kept.delivery, error=error))


def _changed(request: HttpRequest, kept: KeptBasket) -> HttpResponse:
    """Post, redirect, get. What can't be understood is shown again as it was typed."""
    lines, shop = typed_lines(request.POST), request.POST.get("shop", "")
    if not lines or not PUBLIC_ID.fullmatch(shop):
        return redirect("cart")
    wishes = typed_wishes(request.POST, kept.wishes)
    if any(line.error for line in lines):
        return _shown(request, replace(kept, wishes=wishes), [line for line in lines if line.quantity != 0])
    if kept.items and kept.shop != shop and "replace" not in request.POST:
        return redirect(_proposal(lines))
    begun = KeptBasket() if "replace" in request.POST else kept
    place = typed_delivery(request.POST, begun.delivery)
    now = changed(begun, shop, {line.key: line.quantity or 0 for line in lines}, wishes, place.delivery)
    unclear = place.error or place.found
    response = _shown(request, now, [], place=place) if unclear else redirect(_onward(request, now))
    keep_basket(response, now)
    return response


def _onward(request: HttpRequest, now: KeptBasket) -> str:
    """To the details, back among the shop's things, or the basket again."""
    if "onward" in request.POST and now.items:
        return reverse("checkout_details")
    shop = shop_named(now.shop) if "look" in request.POST and now.items else None
    return reverse("shop", args=[shop.slug]) if shop else reverse("cart")


def _proposal(lines: list[TypedLine]) -> str:
    """The page that asks whether to begin a new basket with these lines."""
    query: list[tuple[str, str]] = []
    for line in lines:
        departure, category, variant, extra = line.key
        if not extra:
            named = [("variant", variant)] if variant else [("departure", departure), ("category", category)]
            query += [*named, ("quantity", line.typed)]
    return f"{reverse('cart')}?{urlencode(query)}"


def _shown(
    request: HttpRequest, kept: KeptBasket, typed: list[TypedLine], *, notice: str = "",
    place: TypedDelivery | None = None, tour: Tour | None = None,
) -> HttpResponse:  # fmt: skip
    at = timezone.now()
    shop = shop_selling(typed[0].item) if typed else None
    if typed and shop is None:
        typed, notice = [], _("This is no longer on sale.")
    other = shop_named(kept.shop) if kept.items and shop and kept.shop != shop.public_id else None
    shop = shop or (shop_named(kept.shop) if kept.items else None)
    context: dict[str, Any] = {"notice": notice, "other": other, "is_new": bool(typed), "place": place, "tour": tour}
    if shop:
        context |= _lines(shop, kept, typed, other, at)
    return render(request, "shop/basket.html", context)


def _lines(shop: Shop, kept: KeptBasket, typed: list[TypedLine], other: Shop | None, at: Any) -> dict[str, Any]:
    """The kept lines and the proposed ones together; apart where they would be paid to different people."""
    items, delivery = _together(() if other else kept.items, typed), _delivery(kept, shop)
    page = basket_page(shop=shop, items=items, at=at, wishes=Wishes() if other else kept.wishes, delivery=delivery)
    apart = page.is_mixed and bool(typed) and bool(kept.items)
    if apart:
        page = basket_page(shop=shop, items=[line.item for line in typed], at=at, delivery=delivery)
    errors = {line.name: line for line in typed}
    rows = [(row, errors.get(row.name)) for row in page.rows]
    options = [(one, [(extra, errors.get(extra.name)) for extra in one.extras]) for one in page.bookings]
    return {"page": page, "rows": rows, "options": options, "apart": apart}


def _delivery(kept: KeptBasket, shop: Shop) -> Delivery:
    """The postcode stays when another shop is looked at, the way need not be offered there."""
    return kept.delivery if kept.shop == shop.public_id else Delivery(postcode=kept.delivery.postcode)


def _together(items: tuple[Item, ...], typed: list[TypedLine]) -> list[Item]:
    lines = {item.key: item for item in items}
    lines.update({line.key: line.item for line in typed})
    return list(lines.values())
