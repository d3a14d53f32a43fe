"""A tour's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...queries.storefront import tour_page, tour_version


@require_safe
def tour(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    version = tour_version(slug, public_id)
    if version is None:
        raise Http404
    page = tour_page(version.row_id, timezone.now())
    if not version.public and page.shop.owner_id != request.user.pk:
        raise Http404
    return render(request, "shop/tour.html", {"page": page, "preview": not version.public})
