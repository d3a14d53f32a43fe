"""A tour's page, kept by its version for everybody who is not signed in."""

from collections.abc import Hashable
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.pagecache import kept_page

from ...forms.days import day_asked
from ...queries.storefront import TourPage, tour_page, tour_version
from ...queries.storefront.found import found_tour
from .moved import leads_to_new_address


@leads_to_new_address("tour")
@require_safe
def tour(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The version is read first: what is rendered after it may be newer than its label, never older. ``?from=`` lists the
    dates from a day on; such a page is kept by nobody."""
    version = tour_version(slug, public_id)
    if version is None or not (version.public or request.user.pk == version.owner_id):
        raise Http404

    @cache
    def page() -> TourPage:
        now = timezone.now()
        return tour_page(version, now, day_asked(request.GET.get("from", ""), bangkok_day(now)))

    def printed() -> HttpResponse:
        context = {"page": page(), "preview": not version.public, "found": found_tour(page())}
        return render(request, "shop/tour.html", context)

    if not version.public:
        return printed()
    return kept_page(
        request, key=("tour", version.row_id), version=version.state,
        valid_until=lambda: page().changes_at, render=printed, ask=lambda: _state(slug, public_id),
    )  # fmt: skip


def _state(slug: str, public_id: str) -> Hashable:
    """What the kept page is compared with; whether it is public stands in it."""
    version = tour_version(slug, public_id)
    return version and version.state
