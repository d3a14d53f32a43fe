"""The files that Meta and Google fetch: public, like the shop's pages, for they say nothing that those do not say."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tourdee.core.dates import bangkok_day
from tourdee.shop.models import Shop

from ..actions.feeds import note_visit
from ..queries.checked import checked_feed, feed_version
from ..readers import READERS, Reader
from ..writing import FORMATS

LANGUAGES = {"th", "en"}


@require_safe
@gzip_page
def feed(request: HttpRequest, slug: str, reader: str, ending: str) -> HttpResponse:
    """A shop's feed, whole or not at all: half a feed would tell the reader that the rest is gone. Who has it already is
    told so (304) before any item is read."""
    kind = FORMATS.get((reader, ending))
    shop = get_object_or_404(Shop.objects.select_related("owner", "business"), slug=slug, status=Shop.Status.OPEN)
    language = request.GET.get("lang", "th")
    if kind is None or language not in LANGUAGES:
        raise Http404
    now, known = timezone.now(), READERS[reader]
    note_visit(shop=shop, reader=known, agent=request.headers.get("User-Agent", ""), at=now)
    version = feed_version(shop, known, bangkok_day(now), language)
    etag = f'"{hashlib.sha256(f"{version}.{ending}".encode()).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag) or _file(shop, known, ending, language, version, etag)


def _file(shop: Shop, reader: Reader, ending: str, language: str, version: str, etag: str) -> HttpResponse:
    kind = FORMATS[reader.slug, ending]
    with translation.override(language):
        body = kind.write(shop, checked_feed(shop, reader, bangkok_day(timezone.now()), language), version)
    response = HttpResponse(body, content_type=kind.content_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = f'inline; filename="{shop.slug}-{reader.slug}-{language}.{ending}"'
    return response
