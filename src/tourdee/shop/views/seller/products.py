"""Products: made, changed, published, hidden."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...actions import catalogue, publishing
from ...forms.seller_products import ProductForm, variant_forms
from ...forms.suggested_price import SuggestedPrice
from ...models import Product, Shop
from ...queries import selling
from ...queries.english import missing_english
from ...queries.publishing import faults_of
from .access import PersonRequest, with_shop
from .refusals import refused
from .suggested import taken_over
from .to_do import say_not_ready, to_do


def own_products(request: PersonRequest) -> QuerySet[Product]:
    """Nobody else's products exist."""
    return Product.objects.filter(shop__owner=request.user).select_related("shop__business", "shop__owner")


@require_safe
@login_required
def my_product(request: PersonRequest, public_id: str) -> HttpResponse:
    """One product: its parts, what is missing, and the button that publishes it."""
    product = get_object_or_404(own_products(request), public_id=public_id)
    faults = faults_of(product)
    context = {
        "product": product,
        "to_do": to_do(product, faults),
        "faulty": {fault.part for fault in faults},
        "variants": product.variants.filter(is_active=True),
        "pictures": list(product.pictures.all()),
        "english": missing_english(product),
    }
    return render(request, "shop/seller/product.html", context)


@require_http_methods(["GET", "POST"])
@with_shop
def new_product(request: PersonRequest, shop: Shop) -> HttpResponse:
    """A draft. Prices and pictures follow on its page."""
    form = ProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        product = catalogue.create_product(shop=shop, details=form.details())
        messages.success(request, _("Saved as a draft. Now add price, stock and pictures."))
        return redirect("my_product", public_id=product.public_id)
    return render(request, "shop/seller/product_form.html", {"form": form, "product": None})


@require_http_methods(["GET", "POST"])
@login_required
def edit_product(request: PersonRequest, public_id: str) -> HttpResponse:
    """What the product says."""
    product = get_object_or_404(own_products(request), public_id=public_id)
    form = ProductForm(request.POST or None, initial=ProductForm.values_of(product))
    if request.method == "POST" and form.is_valid():
        act, details = catalogue.edit_product, form.details()
        if not refused(form, lambda: act(product=product, details=details, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("my_product", public_id=product.public_id)
    return render(request, "shop/seller/product_form.html", {"form": form, "product": product})


@require_http_methods(["GET", "POST"])
@login_required
def product_variants(request: PersonRequest, public_id: str) -> HttpResponse:
    """Variants with price and stock; the calculations of topic 3 beside them fill in a price."""
    product = get_object_or_404(own_products(request), public_id=public_id)
    rows, help = variant_forms(product, request.POST or None), selling.price_help(request.user, "product")
    takes = SuggestedPrice(request.POST, rows=rows, help=help)
    if takes.is_bound:
        rows = taken_over(request, rows, takes)
    elif request.method == "POST" and rows.is_valid():
        act = catalogue.set_variants
        if not refused(rows, lambda: act(product=product, rows=rows.rows(), by=request.user, at=timezone.now())):
            messages.success(request, _("Prices and stock saved."))
            return redirect("my_product", public_id=product.public_id)
    context = {"product": product, "rows": rows, "help": help, "takes": takes}
    return render(request, "shop/seller/product_variants.html", context)


@require_POST
@login_required
def publish_product(request: PersonRequest, public_id: str) -> HttpResponse:
    """Make it public, or say what is missing."""
    product = get_object_or_404(own_products(request), public_id=public_id)
    try:
        publishing.publish_product(product=product, by=request.user, at=timezone.now())
    except publishing.NotReady:
        say_not_ready(request)
    else:
        messages.success(request, _("Published. Share it with your friends and guests."))
    return redirect("my_product", public_id=product.public_id)


@require_POST
@login_required
def hide_product(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take it from the market."""
    product = get_object_or_404(own_products(request), public_id=public_id)
    publishing.hide_product(product=product, by=request.user, at=timezone.now())
    messages.success(request, _("Hidden. Orders that were placed go on."))
    return redirect("my_product", public_id=product.public_id)


@require_POST
@login_required
def delete_product(request: PersonRequest, public_id: str) -> HttpResponse:
    """A draft that nobody needs."""
    product = get_object_or_404(own_products(request), public_id=public_id)
    try:
        catalogue.delete_draft(item=product)
    except catalogue.CannotDelete:
        messages.error(request, _("This was published or ordered, so it stays. You can hide it."))
        return redirect("my_product", public_id=product.public_id)
    messages.success(request, _("Deleted."))
    return redirect("my_shop")
