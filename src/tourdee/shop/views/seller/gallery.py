"""The pictures of a tour or product."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...actions import gallery
from ...forms.seller_products import PicturesForm
from ...forms.seller_tours import PictureWordsForm
from ...models import Picture, Product, Tour
from .access import PersonRequest
from .products import own_products
from .refusals import reasons_against, refused
from .tours import own_tours


@require_http_methods(["GET", "POST"])
@login_required
def tour_pictures(request: PersonRequest, public_id: str) -> HttpResponse:
    """Pictures of a tour."""
    return _page(request, get_object_or_404(own_tours(request), public_id=public_id))


@require_http_methods(["GET", "POST"])
@login_required
def product_pictures(request: PersonRequest, public_id: str) -> HttpResponse:
    """Pictures of a product."""
    return _page(request, get_object_or_404(own_products(request), public_id=public_id))


def _page(request: PersonRequest, item: Tour | Product) -> HttpResponse:
    form = PicturesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploads = form.cleaned_data["pictures"]
        if not refused(form, lambda: gallery.add_pictures(item=item, uploads=uploads, at=timezone.now())):
            messages.success(request, _("Pictures added."))
            return _back(item)
    shown = [(row, PictureWordsForm(initial={"alt_th": row.alt_th, "alt_en": row.alt_en}, prefix=row.public_id))
             for row in item.pictures.all()]  # fmt: skip
    context = {"item": item, "form": form, "pictures": shown, "is_tour": isinstance(item, Tour)}
    return render(request, "shop/seller/pictures.html", context)


def _back(item: Tour | Product) -> HttpResponse:
    name = "tour_pictures" if isinstance(item, Tour) else "product_pictures"
    return redirect(name, public_id=item.public_id)


def _own(request: PersonRequest, public_id: str) -> tuple[Picture, Tour | Product]:
    mine = Q(tour__shop__owner=request.user) | Q(product__shop__owner=request.user)
    rows = Picture.objects.filter(mine).select_related("tour__shop__business", "product__shop__business")
    picture = get_object_or_404(rows, public_id=public_id)
    item = picture.tour or picture.product
    if item is None:
        raise Http404
    return picture, item


@require_POST
@login_required
def describe_picture(request: PersonRequest, public_id: str) -> HttpResponse:
    """What it shows."""
    picture, item = _own(request, public_id)
    form = PictureWordsForm(request.POST, prefix=picture.public_id)
    if form.is_valid():
        gallery.describe_picture(picture=picture, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return _back(item)


@require_POST
@login_required
def move_picture(request: PersonRequest, public_id: str) -> HttpResponse:
    """Earlier, later, or to the front."""
    picture, item = _own(request, public_id)
    to = request.POST.get("to", "")
    if to in {"front", "up", "down"}:
        gallery.move_picture(picture=picture, to=to)
    return _back(item)


@require_POST
@login_required
def delete_picture(request: PersonRequest, public_id: str) -> HttpResponse:
    """Gone for good, unless it is the last one of something public."""
    picture, item = _own(request, public_id)
    reasons = reasons_against(lambda: gallery.delete_picture(picture=picture, at=timezone.now()))
    for reason in reasons:
        messages.error(request, reason)
    if not reasons:
        messages.success(request, _("Deleted."))
    return _back(item)
