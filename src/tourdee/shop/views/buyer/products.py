"""A product's page, and the wish to hear of it again when it is sold out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tourdee.core.network import visitor_address

from ...actions.stock_notes import TooManyNotes, ask_for_stock
from ...forms.buyer.stock_note import StockNoteForm
from ...models import Product, Shop
from ...queries.storefront import product_page, visible_product
from ...queries.storefront.found import found_product
from .moved import leads_to_new_address


@leads_to_new_address("product")
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The product's page; an unpublished one for its owner alone."""
    shown = visible_product(slug, public_id, request.user)
    if shown is None:
        raise Http404
    form = StockNoteForm(request.POST or None, auto_id="note_%s")
    if request.method == "POST" and form.is_valid() and _asked(request, shown, form):
        return redirect(f"{request.path}?asked=1#tell-me")
    public = shown.status == Product.Status.PUBLISHED and shown.shop.status == Shop.Status.OPEN
    page = product_page(shown)
    context = {"page": page, "preview": not public, "found": found_product(page), "stock_note": form}
    return render(request, "shop/product.html", context | {"asked": "asked" in request.GET})


def _asked(request: HttpRequest, shown: Product, form: StockNoteForm) -> bool:
    try:
        ask_for_stock(
            product=shown, email=form.cleaned_data["email"], language=(get_language() or "th")[:2],
            source=visitor_address(request), at=timezone.now(),
        )  # fmt: skip
    except TooManyNotes as refused:
        form.add_error(None, refused.message)
        return False
    return True
