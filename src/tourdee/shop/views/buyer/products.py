"""A product's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...models import Product, Shop
from ...queries.storefront import product_page, visible_product


@require_safe
def product(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The product's page; an unpublished one for its owner alone."""
    found = visible_product(slug, public_id, request.user)
    if found is None:
        raise Http404
    public = found.status == Product.Status.PUBLISHED and found.shop.status == Shop.Status.OPEN
    return render(request, "shop/product.html", {"page": product_page(found), "preview": not public})
