"""What is shared outside: short links, and the pictures that go with links."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tourdee.core.jpeg import as_jpeg

from ...models import Picture, Shop, ShortLink, Tour
from ...queries.share_picture import draw_share_picture, share_picture_file
from ...queries.sharing import card_of, shared_item


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """To the item's page in the visitor's language; what is no longer shown leads to its shop."""
    link = get_object_or_404(ShortLink.objects.select_related("shop", "tour__shop", "product__shop"), code=code.lower())
    path = _path(link)
    if not request.path.startswith("/en/") and translation.get_language_from_request(request) == "en":
        path = f"/en{path}"
    response = redirect(path)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _path(link: ShortLink) -> str:
    item = link.tour or link.product
    shop = item.shop if item else link.shop
    assert shop
    if item is None or item.status != "published":
        return reverse("shop", args=[shop.slug])
    return reverse("tour" if isinstance(item, Tour) else "product", args=[shop.slug, item.public_id])


@require_safe
def share_picture(request: HttpRequest, kind: str, public_id: str, digest: str) -> HttpResponse:
    """The picture for a shared link. Once drawn it is a file; another digest than the present one leads to the present
    picture, so nobody can have pictures drawn at will."""
    file = share_picture_file(kind, public_id, (get_language() or "th")[:2], digest)
    if not file.is_file():
        item = shared_item(kind, public_id)
        if item is None:
            raise Http404
        card = card_of(item, timezone.now())
        if card.digest != digest:
            return redirect("share_picture", kind=kind, public_id=public_id, digest=card.digest)
        file = draw_share_picture(card)
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def picture_jpeg(request: HttpRequest, public_id: str) -> HttpResponse:
    """A picture of something public as JPEG, for services that take no WebP. It never changes, so it is fetched once."""
    found = get_object_or_404(Picture.objects.select_related("tour__shop", "product__shop"), public_id=public_id)
    item = found.tour or found.product
    public = item is not None and item.status == item.Status.PUBLISHED and item.shop.status == Shop.Status.OPEN
    return _jpeg(found.path if public else "", "public, max-age=31536000, immutable")


@require_safe
def cover_jpeg(request: HttpRequest, public_id: str) -> HttpResponse:
    """An open shop's cover as JPEG. The address stays when the cover changes, so it is asked for again every hour."""
    shop = get_object_or_404(Shop, public_id=public_id, status=Shop.Status.OPEN)
    return _jpeg(shop.cover, "public, max-age=3600")


def _jpeg(path: str, kept: str) -> HttpResponse:
    body = as_jpeg(path)
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type="image/jpeg")
    response.headers["Cache-Control"] = kept
    return response
