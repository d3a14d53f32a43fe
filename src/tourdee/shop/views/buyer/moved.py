"""A shop that has another address now: what was printed or pasted before leads there."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from ...queries.storefront import slug_now

View = Callable[..., HttpResponse]


def leads_to_new_address(name: str) -> Callable[[View], View]:
    """For views with a shop's ``slug``, by their ``name`` in the addresses. One query, where nothing is found."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **more: str) -> HttpResponse:
            try:
                return view(request, slug, **more)
            except Http404:
                now = slug_now(slug) if request.method in {"GET", "HEAD"} else ""
                if not now:
                    raise
                query = f"?{request.GET.urlencode()}" if request.GET else ""
                address = reverse(name, kwargs={"slug": now, **more})
                return HttpResponsePermanentRedirect(address + query)

        return guarded

    return wrap
